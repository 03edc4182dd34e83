import { describe, expect } from '@jest/globals';
import { SECOND_MS } from '../../src/domain/model/time.ts';
import { FAILURES_TO_OPEN } from '../../src/domain/polling/breaker.ts';
import type { ScriptedAnswer } from '../../src/sandbox/script.ts';
import { story } from '../support/program-story.ts';
import { hasty, type World } from '../support/program-world.ts';
import type { DatabaseName } from '../support/store-fixtures.ts';
import { storedPolls } from '../support/stored-polls.ts';
import { until } from '../support/until.ts';

const TENANTS = 20;
/** How far apart probes are: RECHECK_AFTER, where that is less than half a minute. */
const PROBE_MS = SECOND_MS;
const CONCURRENCY = 4;
/**
 * Polls that may come back after it has opened: those on their way in both daemons, and those that the other daemon
 * sends before it has read that it is open, or has met as many failures itself.
 */
const LATE_POLLS = 2 * CONCURRENCY + FAILURES_TO_OPEN;

const settings = {
  ...hasty,
  RECHECK_AFTER: `${PROBE_MS}ms`,
  OUTAGE_AFTER: '1h',
  REQUEST_TIMEOUT: '2s',
  POLL_CONCURRENCY: `${CONCURRENCY}`,
  CONSTANT_CONTACT_REQUESTS_PER_SECOND: '20',
};

const silences: readonly (readonly [string, DatabaseName, ScriptedAnswer])[] = [
  ['answers 503', 'SQLite', { kind: 'status', status: 503 }],
  ['hangs', 'PostgreSQL', { kind: 'hang' }],
  ['resets every connection', 'PostgreSQL', { kind: 'reset' }],
];

describe('A Constant Contact that', () => {
  for (const [manner, database, answer] of silences) {
    story(
      `${manner} is asked by single probes of two daemons together, and by all when it is back, on ${database}`,
      { database, tenants: TENANTS, settings },
      async (world) => {
        await world.importTenants();
        // SQLite has one process alone.
        await Promise.all((database === 'SQLite' ? [1] : [1, 2]).map(() => world.daemon()));
        await until('every tenant is polled', async () => (await polledSince(world, 0)).length === TENANTS);

        world.control.script({ route: 'connections', answer });
        const opened = await until('the breaker opens', async () => (await breakerOf(world)).openSince);
        const openSince = opened.getTime();
        await until('some probes are sent', async () => (await pollsSince(world, openSince)).length >= LATE_POLLS + 4);
        await expectProbesAlone(world, openSince);

        world.control.clearScript();
        const mendedAt = Date.now();
        await until('it closes', async () => (await breakerOf(world)).openSince === null);
        await until('all are answered again', async () => (await polledSince(world, mendedAt)).length === TENANTS);
        expect(world.mails()).toEqual([]);
      },
    );
  }
});

async function breakerOf({ database }: World) {
  return (await database.raw.db.breaker.findUnique({ where: { id: 1 } })) ?? { openSince: null };
}

async function pollsSince({ database }: World, since: number) {
  return (await storedPolls(database.raw)).filter(({ at }) => at > since);
}

/** The tenants that were answered. */
async function polledSince(world: World, since: number): Promise<readonly string[]> {
  const polls = await pollsSince(world, since);
  return [...new Set(polls.filter(({ outcome }) => outcome !== 'failed').map(({ tenantId }) => tenantId))];
}

/** Besides the late polls, one for each probe. */
async function expectProbesAlone(world: World, openSince: number): Promise<void> {
  const polls = await pollsSince(world, openSince);
  const lastAt = polls.at(-1)?.at ?? openSince;
  expect(polls.length).toBeLessThanOrEqual((lastAt - openSince) / PROBE_MS + 1 + LATE_POLLS);
}
