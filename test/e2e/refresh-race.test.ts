import { describe, expect, it } from '@jest/globals';
import { withWorld } from '../support/program-world.ts';
import { raceForGrant } from '../support/refresh-race.ts';

/** One with each moment at which a process is killed; `REFRESH_ROUNDS=200` for the long run, whose figures are printed. */
const EACH_MOMENT_ONCE = 5;
const ROUNDS = Number(process.env.REFRESH_ROUNDS ?? EACH_MOMENT_ONCE);
const sandbox = { reuseRevokes: true, refreshTokens: 'rotating' } as const;

describe('ten processes that refresh one tenant’s grant at the same moment, at a slow token endpoint', () => {
  it.each(['SQLite', 'PostgreSQL'] as const)(
    'lose it only with a process that is killed before it has stored the answer, and say so, on %s',
    async (database) => {
      await withWorld({ database, tenants: 1, sandbox, settings: { DIGEST_AT: 'off' } }, async (world) => {
        const figures = await raceForGrant(world, { rounds: ROUNDS, seed: `race on ${database}` });
        if (ROUNDS > EACH_MOMENT_ONCE) process.stdout.write(`${database}: ${JSON.stringify(figures)}\n`);
        expect(figures).toMatchObject({ rounds: ROUNDS, lostOtherwise: 0, reusedWithoutKill: 0, failures: [] });
        expect(figures.killed).toBeGreaterThan(0);
      });
    },
    60_000 + ROUNDS * 30_000,
  );
});
