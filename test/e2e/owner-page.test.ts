import { describe, expect } from '@jest/globals';
import type { IncidentsAnswer } from '../support/program-answers.ts';
import { breakConnection, repairConnection, tenantAt } from '../support/program-connections.ts';
import { OPERATOR } from '../support/program-places.ts';
import { story } from '../support/program-story.ts';
import { type Daemon, hasty, type World } from '../support/program-world.ts';
import { until } from '../support/until.ts';

const PUBLIC_URL = 'https://watch.agency.example/linkwatch';
/** Nothing is polled but what is due again soon, or asked for. */
const settings = { ...hasty, PUBLIC_URL, POLL_SCHEDULE: '0 0 1 1 *', REMIND_AFTER: '2s' };
/** Checks are at least a minute apart. */
const A_MINUTE_MS = 61_000;
/** While a round asks, the next poll is when its claim would run out. */
const LONGER_THAN_A_LEASE_MS = 15 * 60_000;

describe("the owner's page", () => {
  story(
    'finds a repair at once, silences reminders, and tells the operator when the last owner leaves',
    { database: 'SQLite', tenants: 1, settings },
    async (world) => {
      const { control, mails } = world;
      const account = tenantAt(control, 0);
      await world.importTenants();
      const daemon = await world.daemon();
      await until('it has been polled', async () => (await world.database.raw.db.connection.count()) === 3);

      breakConnection(control, account);
      await askToPoll(world);
      await until('the alert is told', async () => {
        const told = await world.database.raw.db.notification.count({ where: { state: 'sent' } });
        return told === 1 && mails().length === 1;
      });
      const page = new URL(/^https:\S+\/o\/[^/\s]+$/m.exec(mails()[0]?.text ?? '')?.[0] ?? '').pathname.replace(
        '/linkwatch',
        '',
      );
      await expectNothingChangedByOpening(world, daemon, page);

      expect(await press(daemon, page, 'snooze', { length: 'until_fixed' })).toContain('No more reminders about this');
      await aMinuteLater(world);
      await until('a reminder was due, and was not sent', async () => (await decisionsOf(world)).includes('snoozed'));
      expect(mails()).toHaveLength(1);

      expect(await press(daemon, page, 'check')).toContain('something still needs you');
      expect(await press(daemon, page, 'check')).toContain('less than a minute ago');
      await aMinuteLater(world);
      repairConnection(control, account);
      expect(await press(daemon, page, 'check')).toContain('To be sure, we will check once more');
      await until('the thanks arrive, in spite of the snooze', () => mails().length === 2);
      expect(mails()[1]?.text).toContain('Facebook works again');

      expect(await press(daemon, page, 'preferences', { language: 'fr', reminders: 'off' })).toContain(
        '<html lang="fr">',
      );
      expect(await press(daemon, page, 'not-mine')).toContain('Ce sont finalement les miens');
      await until('the operator is told', () => mails().length === 3);
      expect(mails()[2]?.to).toEqual([OPERATOR]);

      await press(daemon, page, 'return');
      await aMinuteLater(world);
      breakConnection(control, account, 'instagram');
      await press(daemon, page, 'check');
      await until('the alert arrives, in French', () => mails().length === 4);
      expect(mails()[3]?.html).toContain('lang="fr"');
    },
  );
});

/** Once all re-checks are done: one that is still due would count as the latest look. */
async function aMinuteLater({ database, letTimePass }: World): Promise<void> {
  await until('no poll is due soon', async () => {
    const tenant = await database.raw.db.tenant.findFirst();
    return (tenant?.nextPollAt?.getTime() ?? 0) > Date.now() + LONGER_THAN_A_LEASE_MS;
  });
  await letTimePass(A_MINUTE_MS);
}

/** As the schedule does when its time has come. */
async function askToPoll({ run }: World): Promise<void> {
  expect(await run(['poll'])).toMatchObject({ exitCode: 0 });
}

/** Opens the confirm page, and sends its form as a browser does, following where it leads. */
async function press(daemon: Daemon, page: string, action: string, choices: Readonly<Record<string, string>> = {}) {
  const { body } = await daemon.request(`${page}/${action}`);
  const form = /name="form" value="([^"]+)"/.exec(body)?.[1] ?? '';
  const sent = await daemon.request(`${page}/${action}`, {
    method: 'POST',
    body: new URLSearchParams({ form, ...choices }),
  });
  expect([action, sent.status]).toEqual([action, 200]);
  return sent.body;
}

async function expectNothingChangedByOpening(world: World, daemon: Daemon, page: string): Promise<void> {
  const { notification } = world.database.raw.db;
  await until('no mail is being sent', async () => (await notification.count({ where: { state: 'pending' } })) === 0);
  const before = await rowsOf(world);
  const { body } = await daemon.request(page);
  const links = [...body.matchAll(/href="\.\/[^"/]+\/([^"]+)"/g)].map(([, action]) => action);
  expect(links).toContain('check');
  for (const action of links) {
    expect(await daemon.request(`${page}/${action}`)).toMatchObject({ status: 200 });
    await daemon.request(`${page}/${action}`, { method: 'HEAD' });
    const forged = await daemon.request(`${page}/${action}`, {
      method: 'POST',
      body: new URLSearchParams({ form: 'x' }),
    });
    expect(forged.status).toBe(403);
  }
  expect(await rowsOf(world)).toEqual(before);
}

async function rowsOf({ database }: World) {
  const { contact, incident, notification, poll } = database.raw.db;
  return [
    await contact.findMany(),
    (await incident.findMany()).map(({ state, snoozedUntil }) => ({ state, snoozedUntil })),
    (await notification.findMany()).map(({ id, state }) => ({ id, state })),
    await poll.count(),
  ];
}

async function decisionsOf({ json }: World): Promise<readonly string[]> {
  const { incidents } = await json<IncidentsAnswer>(['incidents']);
  return incidents.map(({ decision }) => decision);
}
