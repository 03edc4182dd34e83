import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DatabaseName } from '../support/store-fixtures.ts';
import { signals, stopAt } from './boundary.ts';
import { type BoundaryStage, openBoundaryStage } from './boundary-stage.ts';

/** A process takes its time to start, so each database has its part; `npm run boundaries` stops at every answer. */
const places = [
  { place: 'http', every: 2, least: 1 },
  { place: 'smtp', every: 2, least: 2 },
  { place: 'statement', every: 40, least: 1 },
] as const;

export function boundariesContract(name: DatabaseName, first: 1 | 2): void {
  describe(`a round and its mail on ${name}, stopped before the program makes anything of an answer`, () => {
    let stage: BoundaryStage;
    beforeAll(async () => {
      stage = await openBoundaryStage(name);
    });
    afterAll(() => stage.close());

    const stops = signals.flatMap((signal) => places.map((place) => ({ signal, ...place })));
    it.each(stops)('by $signal at each $place, lose nothing and double one mail at most', async (stop) => {
      const { place, signal, every, least } = stop;
      let points = 0;
      for (let nth = first; ; nth += every) {
        const { isReached, violations } = await stopAt(stage, { place, nth, signal });
        expect({ nth, violations }).toEqual({ nth, violations: [] });
        if (!isReached) break;
        points += 1;
      }
      expect(points).toBeGreaterThanOrEqual(least);
    });
  });
}
