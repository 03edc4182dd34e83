// The reader's time zone, in which the server writes times; without this script they are in UTC.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && !document.cookie.includes(`linkwatch_zone=${zone}`)) {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on pages without TLS.
  document.cookie = `linkwatch_zone=${zone}; path=/; max-age=31536000; samesite=lax`;
}

// A page that refreshes itself looks stale when it could not, or when nothing has come for three times as long as it
// should have taken: a request may hang. Any other page says after some minutes that it is old.
const isLive = document.querySelector('[hx-trigger]') !== null;
const STALE_MS = 45_000;
const OLD_MS = 300_000;
let freshAt = Date.now();

const show = (isStale) => document.documentElement.classList.toggle('stale', isStale);
document.addEventListener('htmx:error', () => show(true));
document.addEventListener('htmx:after:request', ({ detail }) => {
  const isOk = detail?.ctx?.response?.raw?.ok ?? detail?.ctx?.response?.status < 400;
  if (isOk !== false) freshAt = Date.now();
  show(isOk === false);
});
// Whoever has scrolled down keeps what is before the eyes, whatever a refresh puts above it; at the top new trouble
// shows itself.
let kept = null;
document.addEventListener('htmx:before:swap', () => {
  const { activeElement: focused, body } = document;
  const seen = focused && focused !== body ? focused : document.elementFromPoint(innerWidth / 2, innerHeight / 2);
  kept = scrollY > 0 && seen ? { seen, top: seen.getBoundingClientRect().top } : null;
});
document.addEventListener('htmx:after:swap', () => {
  if (kept?.seen.isConnected) scrollBy({ top: kept.seen.getBoundingClientRect().top - kept.top, behavior: 'instant' });
  kept = null;
});

setInterval(() => {
  const age = Date.now() - freshAt;
  if (isLive && age > STALE_MS) show(true);
  if (!isLive && age > OLD_MS) document.documentElement.classList.add('old');
}, 5_000);
