import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyTextFor } from './any-text.ts';
import { excessOf } from './growth.ts';
import { longTextsFor } from './long-texts.ts';
import { crashOf } from './reader.ts';
import { ownReaders, readers } from './readers.ts';

/* A failure prints its seed and the shortest text; FUZZ_SEED=2 and FUZZ_RUNS=10000 look further. */
const runs = { seed: Number(process.env.FUZZ_SEED ?? 1), numRuns: Number(process.env.FUZZ_RUNS ?? 150) };

describe('what comes from outside', () => {
  it.each([...readers, ...ownReaders])('is read or refused in words, whatever it is: $name', async (reader) => {
    await fc.assert(
      fc.asyncProperty(anyTextFor(reader), async (text) => {
        expect(await crashOf(reader, text)).toBeNull();
      }),
      runs,
    );
  });

  it.each(readers)('takes work in proportion to its length: $name', async (reader) => {
    const limits = { short: 16 * 1024, long: 64 * 1024, most: 2 };
    const slow: unknown[] = [];
    for (const text of longTextsFor(reader)) {
      const excess = await excessOf(reader, text, limits);
      if (excess !== null) slow.push({ pump: text.pump, cut: text.cut, excess });
    }
    expect(slow).toEqual([]);
  });
});
