/** No database stores a NUL character, nor half a character, in a text. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}
