import { describe, expect } from '@jest/globals';
import { DAY_MS, MINUTE_MS } from '../../src/domain/model/time.ts';
import type { RoundAnswer, TenantsAnswer } from '../support/program-answers.ts';
import { breakConnection, tenantAt } from '../support/program-connections.ts';
import { OPERATOR } from '../support/program-places.ts';
import { story } from '../support/program-story.ts';
import type { World } from '../support/program-world.ts';
import type { DatabaseName } from '../support/store-fixtures.ts';

const RECHECK_AFTER_MS = 15 * MINUTE_MS;
const OUTAGE_AFTER_MS = 15 * MINUTE_MS;

type Outage = Readonly<{
  database: DatabaseName;
  manner: string;
  kind: string;
  begin(world: World): Promise<void> | void;
  end(world: World): Promise<void> | void;
}>;

const outages: readonly Outage[] = [
  {
    database: 'SQLite',
    manner: 'answers 503',
    kind: 'server',
    begin: ({ control }) => control.script({ answer: { kind: 'status', status: 503 } }),
    end: ({ control }) => control.clearScript(),
  },
  {
    database: 'PostgreSQL',
    manner: 'is not there',
    kind: 'connection',
    begin: ({ upstream }) => upstream.cut(),
    end: ({ upstream }) => upstream.mend(),
  },
  {
    database: 'SQLite',
    manner: "stands behind a firewall's page",
    kind: 'invalid_response',
    begin: ({ control }) =>
      control.script({ answer: { kind: 'raw', status: 403, body: '<html>Request blocked.</html>' } }),
    end: ({ control }) => control.clearScript(),
  },
];

describe('while Constant Contact fails', () => {
  for (const { database, manner, kind, begin, end } of outages) {
    const name = `because it ${manner}, the operator alone hears when it began and when it is over, on ${database}`;
    story(name, { database, tenants: 4, settings: { GROUP_WAIT: '0s' } }, async (world) => {
      await world.importTenants();
      await world.json(['poll']);
      await tellOfOneBreak(world);

      await begin(world);
      await expectOutage(world, kind);
      await end(world);
      await expectReturn(world);

      const owner = [tenantAt(world.control, 0).contactEmail];
      expect(world.mails().map(({ to }) => to)).toEqual([owner, [OPERATOR], [OPERATOR], owner]);
    });
  }
});

/** So that there is something to be reminded of in vain. */
async function tellOfOneBreak({ control, json, letTimePass, mails }: World): Promise<void> {
  breakConnection(control, tenantAt(control, 0));
  await json(['poll']);
  await letTimePass(RECHECK_AFTER_MS);
  await json(['poll']);
  expect(mails()).toHaveLength(1);
}

/** Long enough for a reminder to come due, and for everything that was seen before to be out of date. */
async function expectOutage({ json, letTimePass, mails, database }: World, kind: string): Promise<void> {
  const before = mails().length;
  const changes = await database.raw.db.change.count();
  const poll = () => json<RoundAnswer>(['poll']);
  expect(await poll()).toMatchObject({ polled: 4, failed: 4, changes: [], mail: { sent: 0, pending: 0 } });
  await letTimePass(OUTAGE_AFTER_MS);
  expect(await poll()).toMatchObject({ failed: 4, changes: [], mail: { sent: 1, pending: 0 } });
  await letTimePass(6 * DAY_MS);
  expect(await poll()).toMatchObject({ failed: 4, changes: [], mail: { sent: 0 } });

  expect(mails().slice(before)).toMatchObject([
    { to: [OPERATOR], subject: 'Constant Contact: polls fail for 4 of 4 accounts' },
  ]);
  const { tenants } = await json<TenantsAnswer>(['tenant', 'list']);
  expect(tenants).toEqual(
    Array(4).fill(
      expect.objectContaining({
        state: 'active',
        health: 'unobserved',
        failing: expect.objectContaining({ kind }),
        connections: { total: 3, healthy: 0, waiting: 0, broken: 0, removed: 0, unobserved: 3 },
      }),
    ),
  );
  expect(await database.raw.db.change.count()).toBe(changes);
}

/** What was well is well again without a word; what was broken before is reminded of, now that it was seen. */
async function expectReturn({ json, letTimePass, mails }: World): Promise<void> {
  const poll = () => json<RoundAnswer>(['poll']);
  const seen = { polled: 4, failed: 0, incidents: { opened: 0, closed: 0 } };
  expect(await poll()).toMatchObject({ ...seen, mail: { sent: 1, pending: 0 } });
  expect(mails().at(-1)).toMatchObject({ to: [OPERATOR], subject: 'Constant Contact answers again' });
  await letTimePass(RECHECK_AFTER_MS);
  expect(await poll()).toMatchObject({ ...seen, changes: [], mail: { sent: 1, pending: 0 } });
  expect(mails().at(-1)?.text).toContain('still needs to be reconnected');
  const { tenants } = await json<TenantsAnswer>(['tenant', 'list']);
  expect(tenants.map(({ health }) => health).toSorted()).toEqual(['broken', 'healthy', 'healthy', 'healthy']);
}
