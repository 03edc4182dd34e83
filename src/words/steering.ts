/** Marks of writing direction. */
const STEERING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Without the marks that could make one account look like another. */
export function withoutSteering(text: string): string {
  return text.replaceAll(STEERING, '');
}
