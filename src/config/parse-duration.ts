import { durationFromText } from '../domain/model/duration.ts';
import { DAY_MS } from '../domain/model/time.ts';
import { accepted, type Parse, type Parsed, rejected } from './variable.ts';

const INSTEAD = 'a whole number with its unit: 500ms, 30s, 15m, 2h, 3d';
const LONGEST_MS = 36_500 * DAY_MS;

/** Gives ms. Bounds are written as durations themselves, so that a message can name them. */
export function duration(bounds: Readonly<{ min?: string; max?: string }> = {}): Parse<number> {
  const minMs = bounds.min === undefined ? 0 : durationOf(bounds.min);
  const maxMs = bounds.max === undefined ? LONGEST_MS : durationOf(bounds.max);
  return (text) => {
    const parsed = parseDuration(text);
    if (!parsed.ok) return parsed;
    if (parsed.value < minMs) return rejected(`it is shorter than ${bounds.min}`, `at least ${bounds.min}`);
    return parsed.value > maxMs ? rejected('it is too long', `at most ${bounds.max ?? '36500d'}`) : parsed;
  };
}

/** `2d,7d`: each later than the one before. `off` gives an empty list. */
export const ascendingDurations: Parse<readonly number[]> = (text) => {
  const instead = 'durations in ascending order, such as 2d,7d,12d, or off';
  if (text === 'off') return accepted([]);
  const values: number[] = [];
  for (const part of text.split(',')) {
    const parsed = duration({ min: '1ms' })(part.trim());
    if (!parsed.ok) return rejected('an entry is not a duration longer than nothing', instead);
    if (parsed.value <= (values.at(-1) ?? 0)) return rejected('the entries do not ascend', instead);
    values.push(parsed.value);
  }
  return accepted(values);
};

export function parseDuration(text: string): Parsed<number> {
  const ms = durationFromText(text);
  return ms === null ? rejected('it is not a duration', INSTEAD) : accepted(ms);
}

function durationOf(text: string): number {
  const parsed = parseDuration(text);
  if (!parsed.ok) throw new Error(`${text} is not a duration`);
  return parsed.value;
}
