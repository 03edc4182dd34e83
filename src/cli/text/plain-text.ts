/** Marks of writing direction. */
const STEERING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text from elsewhere, made safe for a terminal: escape sequences could move the cursor or set colours, and marks of
 * writing direction could make one account look like another.
 */
export function plain(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(STEERING, '')
    .trim();
}

/** The same for a text of several lines, whose layout stays. */
export function plainLines(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n\t]+/gu, ' ').replaceAll(STEERING, '');
}

/** The same for a cell of a file, which keeps its own spaces and line breaks. */
export function plainCell(text: string): string {
  return text.replaceAll(/[^\P{Cc}\r\n\t]+/gu, '').replaceAll(STEERING, '');
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** 12,345 */
export function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

/** A share of one as a percentage that never rounds up to 100 %: one missed minute must stay visible. */
export function percentage(share: number | null): string {
  if (share === null) return 'not observed';
  const hundredths = Math.floor(share * 10_000 + 1e-6);
  return `${(hundredths / 100).toFixed(hundredths % 100 === 0 ? 0 : 2)} %`;
}
