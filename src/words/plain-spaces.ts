/** Ordinary spaces for plain text and subjects: some mail programs show a no-break or thin space as a box. */
export function plainSpaces(text: string): string {
  return text.replaceAll(/[\u00A0\u2009\u202F]/g, ' ');
}
