/**
 * Text from upstream as it may be stored and shown: null when there is nothing to read in it. A NUL, which
 * PostgreSQL refuses, and halves of characters become replacement characters; the rest stays as it is.
 */
export function storedText(text: string | null | undefined, maxLength: number): string | null {
  if (text === null || text === undefined || text.trim() === '') return null;
  return text.slice(0, maxLength).replaceAll('\0', '\ufffd').toWellFormed();
}
