/** For plain text and subjects, where some readers show a no-break or thin space as a box. */
export function plainSpaces(text: string): string {
  return text.replaceAll(/[\u00A0\u2009\u202F]/g, ' ');
}
