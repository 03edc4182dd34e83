const LOCAL_PART = /^[^\s@<>(),;:"[\]\\\p{Cc}\p{Cf}]{1,64}$/u;
const DOMAIN_LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u;
const LONGEST = 254;

/** One bare address. Quoted local parts and addresses in brackets are refused: nobody has them, typing errors do. */
export function isEmailAddress(text: string): boolean {
  const [local, domain, ...more] = text.split('@');
  if (local === undefined || domain === undefined || more.length > 0 || text.length > LONGEST) return false;
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
