import type { Instant } from './time.ts';

/**
 * The times of polls that found nothing new, packed into a text of two or three characters each: how much longer each
 * interval is than the one before, in ms. Polls come regularly, so that is little.
 */
const SIGNS = [...'!#$%&()*+-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~'];
/** The first half of the signs ends a number; one of the other half says that it goes on. */
const BASE = SIGNS.length / 2;
const valueOfSign = new Map(SIGNS.map((sign, value) => [sign, value]));

export function packRepeat(longerByMs: number): string {
  let rest = longerByMs < 0 ? -2 * longerByMs - 1 : 2 * longerByMs;
  let packed = SIGNS[rest % BASE] ?? '';
  for (rest = Math.floor(rest / BASE); rest > 0; rest = Math.floor(rest / BASE)) {
    packed = `${SIGNS[BASE + (rest % BASE)]}${packed}`;
  }
  return packed;
}

/** The times of the polls after the first one. */
export function unpackRepeats(first: Instant, packed: string): readonly Instant[] {
  const times: Instant[] = [];
  let [at, intervalMs, number] = [first, 0, 0];
  for (const sign of packed) {
    const value = valueOfSign.get(sign) ?? 0;
    number = number * BASE + (value % BASE);
    if (value >= BASE) continue;
    intervalMs += number % 2 === 1 ? -(number + 1) / 2 : number / 2;
    at += intervalMs;
    times.push(at);
    number = 0;
  }
  return times;
}
