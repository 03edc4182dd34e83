// The reader's time zone, in which the server writes times; without this script they are in UTC.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && !document.cookie.includes(`linkwatch_zone=${zone}`)) {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on pages without TLS.
  document.cookie = `linkwatch_zone=${zone}; path=/; max-age=31536000; samesite=lax`;
}

// A page that could not be refreshed looks stale.
const stale = () => document.documentElement.classList.add('stale');
document.addEventListener('htmx:error', stale);
document.addEventListener('htmx:after:request', ({ detail }) => {
  const isOk = detail?.ctx?.response?.raw?.ok ?? detail?.ctx?.response?.status < 400;
  document.documentElement.classList.toggle('stale', isOk === false);
});
