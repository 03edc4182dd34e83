/** Numbers from 0 (inclusive) to 1 (exclusive); the same seed gives the same ones in the same order. */
export type Random = () => number;

/** mulberry32 over an FNV-1a hash of the seed: small, quick, and good enough for names and ids. */
export function seededRandom(seed: string): Random {
  let state = hashOf(seed);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function pick<T>(random: Random, list: readonly T[]): T {
  const found = list[Math.floor(random() * list.length)];
  if (found === undefined) throw new RangeError('There is nothing to pick from.');
  return found;
}

/** `length` characters of `alphabet`, the first of them never a zero. */
export function pickText(random: Random, alphabet: string, length: number): string {
  const withoutZero = [...alphabet].filter((character) => character !== '0');
  const rest = Array.from({ length: length - 1 }, () => pick(random, [...alphabet]));
  return pick(random, withoutZero) + rest.join('');
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash;
}
