/** Long enough for a server's answer, short enough for a table's row. */
const RESPONSE_LENGTH = 500;

/** A server's answer on one line of limited length. */
export function oneLine(text: string): string {
  const line = text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
  const short = line.length <= RESPONSE_LENGTH ? line : `${line.slice(0, RESPONSE_LENGTH - 1)}…`;
  // Half a character, as a cut may leave it, is a text that PostgreSQL refuses.
  return short.toWellFormed();
}
