import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './time.ts';

const unitMs = new Map([
  ['ms', 1],
  ['s', SECOND_MS],
  ['m', MINUTE_MS],
  ['h', HOUR_MS],
  ['d', DAY_MS],
]);

/** Milliseconds of `500ms`, `30s`, `15m`, `2h` or `3d`; null for a text that is no duration. */
export function durationFromText(text: string): number | null {
  const [, amount = '', unit = ''] = /^(\d+)(ms|s|m|h|d)$/.exec(text) ?? [];
  const factor = unitMs.get(unit);
  return factor === undefined ? null : Number(amount) * factor;
}
