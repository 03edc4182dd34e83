import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, SECOND_MS } from '../../src/domain/model/time.ts';

const unitMs: Readonly<Record<string, number>> = { d: DAY_MS, h: HOUR_MS, m: MINUTE_MS, s: SECOND_MS };

/** `ms('2d1h30m')` in milliseconds. */
export function ms(text: string): number {
  return [...text.matchAll(/(\d+)([dhms])/g)].reduce((sum, [, count, unit]) => sum + Number(count) * unitOf(unit), 0);
}

/** The opposite of `ms`, in whole seconds: `clock(ms('90m'))` is `1h30m`. */
export function clock(durationMs: number): string {
  let rest = Math.round(durationMs / SECOND_MS) * SECOND_MS;
  const adapters = Object.entries(unitMs).map(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count === 0 ? '' : `${count}${unit}`;
  });
  return adapters.join('') || '0s';
}

/** An instant from what a clock in UTC shows: `utc('2026-03-08 06:59')`. */
export function utc(text: string): Instant {
  return Date.parse(`${text.replace(' ', 'T')}Z`);
}

function unitOf(unit: string | undefined): number {
  return unitMs[unit ?? ''] ?? Number.NaN;
}
