import { describe, expect } from '@jest/globals';
import { SECOND_MS } from '../../src/domain/model/time.ts';
import type { Control } from '../../src/sandbox/control.ts';
import { withOutage } from '../support/program-outage.ts';
import { pagesOf } from '../support/program-pages.ts';
import { story } from '../support/program-story.ts';
import { type Daemon, hasty } from '../support/program-world.ts';
import { until } from '../support/until.ts';

const TENANTS = 20;
const SLOT_MS = 5 * SECOND_MS;
const READERS = 400;
const CROWDED_MS = 15 * SECOND_MS;
/** A busy machine may be late with half of them. Without a bound for the pages, a third was made. */
const LEAST_SHARE = 0.5;

describe('a crowd of readers', () => {
  // One after the other: two crowds at once would be the machine's test.
  describe.each(['SQLite', 'PostgreSQL'] as const)('on %s', (database) => {
    story(
      'keeps no poll waiting, and gets its pages or is asked to come again',
      { database, tenants: TENANTS, settings: { POLL_SCHEDULE: '*/5 * * * * *', POLL_SPREAD: 'on' } },
      async (world) => {
        await world.importTenants();
        const pages = await pagesOf(world);
        const daemon = await world.daemon();
        await until('all have been polled', () => pollsOf(world.control) >= TENANTS);

        const before = { polls: pollsOf(world.control), at: Date.now() };
        const health: number[] = [];
        const reading = Array.from({ length: READERS }, (_, index) => {
          return readAgainAndAgain(daemon, pages[index % pages.length] ?? '', before.at + CROWDED_MS);
        });
        const all = Promise.all(reading);
        for (let looks = 1; looks <= 3; looks += 1) {
          for (const path of ['/livez', '/readyz']) health.push((await fetch(daemon.url + path)).status);
        }
        const statuses = new Set((await all).flat());
        const due = ((Date.now() - before.at) / SLOT_MS) * TENANTS;

        expect(pollsOf(world.control) - before.polls).toBeGreaterThan(due * LEAST_SHARE);
        expect([...statuses].toSorted()).toEqual([200, 503]);
        expect(new Set(health)).toEqual(new Set([200]));
        expect(await daemon.request(pages[0] ?? '')).toMatchObject({ status: 200 });
      },
    );
  });
});

describe("an owner's page while the database is away", () => {
  story('is a page that asks to try again', { database: 'SQLite', tenants: 1, settings: hasty }, async (world) => {
    await world.importTenants();
    const [page = ''] = await pagesOf(world);
    await withOutage(world, async (outage) => {
      const daemon = await world.daemon(outage.env);
      const { body } = await daemon.request(`${page}/preferences`);
      const form = /name="form" value="([^"]+)"/.exec(body)?.[1] ?? '';
      const choice = { method: 'POST', body: new URLSearchParams({ form, language: '', reminders: 'off' }) };
      const headers = { 'accept-language': 'fr-CA,fr;q=0.9' };

      await outage.begin();
      const refused = await fetch(`${daemon.url}${page}/preferences`, { ...choice, headers });
      expect([refused.status, refused.headers.get('content-type')]).toEqual([503, 'text/html; charset=utf-8']);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      await expect(refused.text()).resolves.toContain('Veuillez réessayer dans quelques minutes.');
      // Who only reads needs no lock of SQLite.
      const read = await fetch(daemon.url + page);
      expect([200, 503]).toContain(read.status);
      expect(read.headers.get('content-type')).toBe('text/html; charset=utf-8');

      await outage.end();
      await until('it is done at the next try', async () => {
        return (await daemon.request(`${page}/preferences`, choice)).status === 200;
      });
    });
  });
});

/** The statuses of one reader's requests, one after the other until it is time; a broken connection is none. */
async function readAgainAndAgain({ url }: Daemon, page: string, end: number): Promise<readonly number[]> {
  const statuses: number[] = [];
  while (Date.now() < end) {
    const response = await fetch(url + page);
    await response.arrayBuffer();
    statuses.push(response.status);
  }
  return statuses;
}

function pollsOf(control: Control): number {
  return Object.values(control.counters().connectionsByTenant).reduce((sum, polls) => sum + polls, 0);
}
