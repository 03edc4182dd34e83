const LOCAL_PART = /^[^\s@<>(),;:"[\]\\\p{Cc}\p{Cf}\p{Cs}]{1,64}$/u;
const DOMAIN_LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u;
/** RFC 5321, in characters: a path has 256 octets, two of them brackets. */
export const ADDRESS_LENGTH = 254;

/** One bare address. Quoted local parts and addresses in brackets are refused: nobody has them, typing errors do. */
export function isEmailAddress(text: string): boolean {
  const [local, domain, ...more] = text.split('@');
  if (local === undefined || domain === undefined || more.length > 0 || text.length > ADDRESS_LENGTH) return false;
  return isLocalPart(local) && isMailDomain(domain);
}

function isLocalPart(text: string): boolean {
  return LOCAL_PART.test(text) && !text.startsWith('.') && !text.endsWith('.') && !text.includes('..');
}

function isMailDomain(text: string): boolean {
  const labels = text.split('.');
  if (!labels.every((label) => DOMAIN_LABEL.test(label))) return false;
  return text === 'localhost' || (labels.length > 1 && !/^\d+$/.test(labels.at(-1) ?? ''));
}

/** A mail address with the name beside it; '' when there is none. The domain is as mail carries it: in ASCII. */
export type Mailbox = Readonly<{ name: string; address: string }>;

const NAMED_ADDRESS = /^(?:"((?:[^"\\]|\\.)*)"\s*|([^<>"\\]*))<([^<>]*)>$/u;

/**
 * `alerts@example.com`, `Acme (Support) <alerts@example.com>` or `"Acme \"A\"" <alerts@example.com>`. Null for anything
 * else: a quotation mark without its partner may hide where a name ends.
 */
export function parseMailbox(text: string): Mailbox | null {
  const [, quoted, plain = '', bracketed = text] = NAMED_ADDRESS.exec(text) ?? [];
  const address = asciiAddress(bracketed);
  if (address === null || /\p{Cc}/u.test(text)) return null;
  return { name: (quoted?.replaceAll(/\\(.)/gu, '$1') ?? plain).trim(), address };
}

/** The address with letters beyond ASCII in its domain in punycode. Null when it is no address. */
export function asciiAddress(text: string): string | null {
  if (!isEmailAddress(text)) return null;
  const at = text.lastIndexOf('@');
  const domain = URL.parse(`http://${text.slice(at + 1)}`)?.hostname;
  return domain === undefined ? null : `${text.slice(0, at)}@${domain}`;
}
