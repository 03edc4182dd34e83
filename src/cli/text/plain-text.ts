import { withoutSteering } from '../../words/steering.ts';

/**
 * Text from elsewhere, made safe for a terminal: escape sequences could move the cursor or set colours, and marks of
 * writing direction could make one account look like another.
 */
export function plain(text: string): string {
  return withoutSteering(text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')).trim();
}

/** The same for a text of several lines, whose layout stays. */
export function plainLines(text: string): string {
  return withoutSteering(text.replaceAll(/[^\P{Cc}\n\t]+/gu, ' '));
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** 12,345 */
export function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
