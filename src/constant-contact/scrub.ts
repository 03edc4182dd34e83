const REDACTED = '[redacted]';
const MAX_BYTES = 2048;
/** Okta's opaque tokens have 43 characters and its JWTs hundreds; the ids worth keeping (UUIDs) have 36. */
const TOKEN_LENGTH = 40;
const LONG_RUN = /[\w.-]{20,}/g;
const AUTHORIZATION = /\b(bearer|basic)(\s+)[^\s"'<>,;]+/gi;
const NAMED_SECRET =
  /(?<![a-z0-9_])(access_token|refresh_token|id_token|client_secret|password)([\\"']*\s*[:=]\s*[\\"']*)[^\s\\"'&,}]+/gi;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to go; PostgreSQL refuses a NUL in a text.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/**
 * Text from upstream made fit to be stored and shown: without the given secrets in any spelling, without anything
 * that looks like a token, and cut to 2 KB last, so that no cut leaves half a token behind.
 */
export function scrub(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const spelling of spellingsOf(secrets)) clean = clean.replaceAll(spelling, REDACTED);
  clean = clean
    .replaceAll(NAMED_SECRET, `$1$2${REDACTED}`)
    .replaceAll(AUTHORIZATION, `$1$2${REDACTED}`)
    .replaceAll(LONG_RUN, (run) => (looksLikeToken(run) ? REDACTED : run))
    .replaceAll(CONTROL, ' ');
  return firstBytes(clean.toWellFormed(), MAX_BYTES);
}

/** Longest first: a secret may contain another. */
function spellingsOf(secrets: readonly string[]): readonly string[] {
  const spellings = secrets.flatMap((secret) => [
    secret,
    encodeURIComponent(secret.toWellFormed()),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('base64'),
  ]);
  return [...new Set(spellings)].filter((each) => each !== '').sort((a, b) => b.length - a.length);
}

function looksLikeToken(run: string): boolean {
  const isJwt = run.startsWith('eyJ');
  return isJwt || run.split('.').some((part) => part.length >= TOKEN_LENGTH && /\d/.test(part));
}

function firstBytes(text: string, limit: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= limit) return text;
  // A cut inside a character leaves replacement characters at the end.
  return `${bytes
    .subarray(0, limit - 3)
    .toString()
    .replace(/\ufffd+$/, '')}…`;
}
