import { accepted, type Parse, REDACTED, rejected, shown } from './variable.ts';

export const ENCODE = 'the URL with the special characters of user and password percent-encoded (@ is %40, / is %2F)';

export const smtpUrl: Parse<string> = (text) => {
  const instead = 'smtp://user:password@host:587 or smtps://user:password@host:465';
  const url = tryUrl(text);
  if (url === null || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '') {
    return rejected('it is not an smtp:// or smtps:// URL with a host', instead);
  }
  return hidesPassword(url) ? rejected('its password is not percent-encoded', ENCODE) : accepted(text);
};

/** Without http:// as well, as other programs read it. */
export const proxyUrl: Parse<string> = (text) => {
  const url = tryUrl(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.hostname === '') {
    return rejected('it is not an http:// or https:// proxy', 'http://user:password@proxy.example.com:3128');
  }
  return hidesPassword(url) ? rejected('its password is not percent-encoded', ENCODE) : accepted(url.href);
};

/** The base of other URLs: nothing may follow its path. Gives it without the slash at its end. */
export const baseUrl: Parse<string> = (text) => {
  const page = pageUrl(text);
  if (!page.ok) return page;
  return /[?#]/.test(text)
    ? rejected('other URLs are made from it, so it cannot have ? or #', 'https://host/path and nothing more')
    : accepted(text.replace(/\/+$/, ''));
};

export const pageUrl: Parse<string> = (text) => {
  const url = tryUrl(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    return rejected('it is not an http:// or https:// URL', 'a whole URL, such as https://example.com');
  }
  return url.username !== '' || url.password !== '' || hidesPassword(url)
    ? rejected('it contains a user or a password, which would be shown to others', 'the URL without them')
    : accepted(text);
};

/** Host and path stay readable; user, password and parameters do not. What cannot be read safely is hidden whole. */
export function redactUrl(text: string): string {
  if (text.startsWith('file:')) return text.split('?')[0] ?? text;
  const url = tryUrl(text);
  if (url === null || url.host === '' || hidesPassword(url)) return REDACTED;
  const user = url.username !== '' || url.password !== '' ? `${REDACTED}@` : '';
  const parameters = url.search !== '' ? `?${REDACTED}` : '';
  return `${url.protocol}//${user}${url.host}${url.pathname}${parameters}`;
}

/** For a URL that is no secret, unless somebody put a password into it. */
export function redactUser(text: string): string {
  return text.includes('@') ? redactUrl(text) : shown(text);
}

/** For a URL whose path is the secret, such as a heartbeat's. */
export function redactPath(text: string): string {
  const url = tryUrl(text);
  return url === null || url.host === '' || hidesPassword(url) ? REDACTED : `${url.protocol}//${url.host}/${REDACTED}`;
}

export function tryUrl(text: string): URL | null {
  return /\s/.test(text) ? null : URL.parse(text);
}

/** An @ after the host: a / or # in the password ended it early, and what is taken for the host belongs to it. */
export function hidesPassword(url: URL): boolean {
  return `${url.pathname}${url.search}${url.hash}`.includes('@');
}
