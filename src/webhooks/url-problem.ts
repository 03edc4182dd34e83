import { isIP } from 'node:net';
import { isPublicAddress } from './public-addresses.ts';

const LONGEST_URL = 2000;

/**
 * Why nothing is sent to this URL, as far as the URL alone tells; null when nothing speaks against it. The address that
 * its host's name stands for is checked when it is connected to.
 */
export function webhookUrlProblem(text: string, { allowPrivate }: Readonly<{ allowPrivate: boolean }>): string | null {
  if (text.length > LONGEST_URL) return `it is longer than ${LONGEST_URL} characters`;
  const url = /\s/.test(text) ? null : URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return 'it is no https:// URL';
  if (url.username !== '' || url.password !== '')
    return 'it contains a user or a password; the signature proves who sends';
  if (url.hash !== '') return 'what follows # is never sent';
  if (allowPrivate) return null;
  if (url.protocol !== 'https:') return 'it must be https://, unless WEBHOOK_ALLOW_PRIVATE=on';
  return isPrivateHost(url.hostname) ? PRIVATE : null;
}

export const PRIVATE = 'it leads to a private address; WEBHOOK_ALLOW_PRIVATE=on lets Linkwatch send there';

/** `hostname` as URLs have it: IPv6 in brackets, IPv4 always as four numbers, names in lower case. */
function isPrivateHost(hostname: string): boolean {
  const host = hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  if (isIP(host) !== 0) return !isPublicAddress(host);
  return host === 'localhost' || host.endsWith('.localhost') || !host.includes('.');
}
