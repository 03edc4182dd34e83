import type { Instant } from '../../domain/model/time.ts';

export function dateOf(at: Instant): Date {
  return new Date(at);
}

export function dateOrNull(at: Instant | null): Date | null {
  return at === null ? null : new Date(at);
}

export function instantOrNull(date: Date | null): Instant | null {
  return date === null ? null : date.getTime();
}

/** A time that SQL computed: PostgreSQL gives a date, SQLite the milliseconds as it stores them. */
export function instantOfRaw(value: unknown): Instant {
  return value instanceof Date ? value.getTime() : Number(value);
}

/** Durations exceed 32 bits after 24 days; a stretched interval need not be a whole number. */
export function bigMs(ms: number): bigint {
  return BigInt(Math.round(ms));
}

/** Words of a closed list, none of which contains a space. */
export function wordsToText(words: readonly string[]): string {
  return words.join(' ');
}

export function wordsFromText<Word extends string>(text: string): readonly Word[] {
  return text === '' ? [] : (text.split(' ') as Word[]);
}

/** For words of this program; nothing from outside may be put into SQL so. */
export function sqlList(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(', ');
}

/** For lists in an order that no database's collation decides. */
export function ascending<Value extends string | number>(a: Value, b: Value): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
