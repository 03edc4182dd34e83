import { describe, expect } from '@jest/globals';
import { breakConnection, repairConnection, tenantAt } from '../support/program-connections.ts';
import { OPERATOR } from '../support/program-places.ts';
import { story, storyOnBoth } from '../support/program-story.ts';
import { type Daemon, hasty, type World } from '../support/program-world.ts';
import { until } from '../support/until.ts';

const STOP_MS = 20_000;
const PUBLIC_URL = 'https://watch.agency.example/linkwatch';

describe('the daemon', () => {
  storyOnBoth(
    'polls by its schedule, tells, reminds and thanks once each, and serves the links of its mail',
    { migrated: false, settings: { ...hasty, REMIND_AFTER: '1s', PUBLIC_URL } },
    async (world) => {
      const { control, mails, run } = world;
      const owner = tenantAt(control, 0);
      const [tenantId = ''] = await world.importTenants();
      const daemon = await world.daemon();
      expect(await daemon.request('/livez')).toMatchObject({ status: 200 });
      expect(await daemon.request('/readyz')).toMatchObject({ status: 200 });
      await until('every tenant has been polled', async () => (await world.database.raw.db.connection.count()) === 6);

      breakConnection(control, owner);
      await until('the alert and its reminder arrive', () => mails().length >= 2);
      await expectLivingLinks(world, daemon);
      repairConnection(control, owner);
      await until('the thanks arrive', () => mails().length >= 3);
      expect((await run(['health'], { env: { HTTP_PORT: new URL(daemon.url).port } })).exitCode).toBe(0);

      const rounds = roundsOf(daemon.stderr());
      await until('two more rounds', () => roundsOf(daemon.stderr()) >= rounds + 2);
      expect(mails().map(({ text }) => text.split('\n')[0])).toEqual([
        'Facebook needs to be reconnected',
        'Facebook still needs to be reconnected',
        'Facebook works again',
      ]);

      await unsubscribeByOneClick(world, daemon, tenantId);
      await until('the operator hears that nobody is left', () => mails().length >= 4);
      expect(mails()[3]?.to).toEqual([OPERATOR]);
      breakConnection(control, owner, 'instagram');
      await until('its alert comes to the operator instead', () => mails().length >= 5);
      expect(mails().slice(3)).toMatchObject([{ to: [OPERATOR] }, { to: [OPERATOR] }]);
    },
  );

  story(
    'ends without the requests that still wait for the key’s limit',
    { database: 'SQLite', tenants: 12, settings: { ...hasty, CONSTANT_CONTACT_REQUESTS_PER_SECOND: '1' } },
    async ({ control, importTenants, daemon }) => {
      await importTenants();
      const { kill, ended } = await daemon();
      await until('the first tenants are asked', () => control.counters().requests.connections >= 2);

      kill('SIGTERM');
      const { exitCode, stderr } = await ended;
      expect(exitCode).toBe(0);
      expect(control.counters().requests.connections).toBeLessThan(6);
      expect(stderr).not.toMatch(/"level":"error"|MaxListeners/);
    },
  );

  for (const [signal, on] of [
    ['SIGTERM', 'PostgreSQL'],
    ['SIGINT', 'SQLite'],
  ] as const) {
    const name = `ends at ${signal} with what is in flight finished and stored`;
    story(name, { database: on, settings: hasty }, async ({ control, importTenants, daemon, database }) => {
      await importTenants();
      control.script({ route: 'connections', answer: { kind: 'usual', delayMs: 1_500 } });
      const { kill, ended } = await daemon();
      await until('both tenants are asked', () => control.counters().requests.connections === 2);

      kill(signal);
      expect(await ended).toMatchObject({ exitCode: 0, signal: null });
      expect(control.counters().requests.connections).toBe(2);
      expect(await database.raw.db.poll.count({ where: { outcome: 'observed' } })).toBe(2);
    });
  }

  const endless = { ...hasty, REQUEST_TIMEOUT: '5m' };
  story(
    'ends within 20 seconds though an answer never comes',
    { database: 'SQLite', settings: endless },
    async (world) => {
      const { control } = world;
      await world.importTenants();
      control.script({ route: 'connections', answer: { kind: 'hang' } });
      const daemon = await world.daemon();
      await until('an answer does not come', () => control.counters().requests.connections > 0);

      const askedAt = Date.now();
      daemon.kill('SIGTERM');
      await until('it ends', () => !daemon.isRunning());
      expect(Date.now() - askedAt).toBeLessThan(STOP_MS);
      expect(await daemon.ended).toMatchObject({ exitCode: 0, signal: null });
    },
  );
});

/** The mail's links, opened as readers, link scanners and mail programs open them. */
async function expectLivingLinks({ mails, database, control }: World, daemon: Daemon): Promise<void> {
  const contacts = () => database.raw.db.contact.findMany({ orderBy: { id: 'asc' } });
  const before = await contacts();
  const [alert] = mails();
  const page = linkIn(/^https:\S+\/o\/[^/\s]+$/m, alert?.text);
  const unsubscribe = linkIn(/(?<=^List-Unsubscribe: <)[^>]+/m, alert?.source);
  expect(unsubscribe).toBe(`${page}/unsubscribe`);

  const opened = await daemon.request(page);
  expect(opened).toMatchObject({ status: 200, body: expect.stringContaining(tenantAt(control, 0).name) });
  expect(await daemon.request(unsubscribe)).toMatchObject({ status: 200 });
  for (const method of ['HEAD', 'PUT', 'DELETE']) await daemon.request(unsubscribe, { method });
  expect(await daemon.request(unsubscribe, oneClick('List-Unsubscribe=Two-Clicks'))).toMatchObject({ status: 403 });
  expect(await daemon.request(`${page.slice(0, -3)}/unsubscribe`, oneClick())).toMatchObject({ status: 404 });
  expect(await contacts()).toEqual(before);
  expect(daemon.stderr()).not.toContain(page.split('/o/')[1]);
}

async function unsubscribeByOneClick({ mails, json }: World, daemon: Daemon, tenantId: string): Promise<void> {
  const unsubscribe = linkIn(/(?<=^List-Unsubscribe: <)[^>]+/m, mails()[0]?.source);
  expect(await daemon.request(unsubscribe, oneClick())).toMatchObject({ status: 200 });
  expect(await daemon.request(unsubscribe, oneClick())).toMatchObject({ status: 200 });
  expect(await json(['tenant', 'show', tenantId])).toMatchObject({
    contacts: [{ role: 'owner', state: 'unsubscribed' }],
  });
}

/** Without the base that a reverse proxy takes away. */
function linkIn(pattern: RegExp, text = ''): string {
  const [link = ''] = pattern.exec(text) ?? [];
  expect(link).toContain(PUBLIC_URL);
  return link.slice(PUBLIC_URL.length);
}

function oneClick(body = 'List-Unsubscribe=One-Click'): RequestInit {
  return { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } };
}

function roundsOf(log: string): number {
  return log.split('\n').filter((line) => line.includes('"round finished"')).length;
}
