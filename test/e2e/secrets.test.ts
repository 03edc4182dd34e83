import { describe, expect, it } from '@jest/globals';
import { breakConnection, repairConnection, tenantAt } from '../support/program-connections.ts';
import { leaksIn, storedRows } from '../support/program-secrets.ts';
import { storyOnBoth } from '../support/program-story.ts';
import { type Daemon, hasty, type World, withWorld } from '../support/program-world.ts';
import { until } from '../support/until.ts';

const PUBLIC_URL = 'https://watch.agency.example';
const settings = { ...hasty, PUBLIC_URL, LOG_LEVEL: 'trace' };

/** Whatever only prints. Each is printed for people and for programs. */
const commands: readonly (readonly string[])[] = [
  ...['status', 'doctor', 'config', 'incidents', 'history'].map((name) => [name]),
  ['tenant', 'list'],
  ['tenant', 'export'],
  ['mail', 'list'],
  ['incidents', '--state', 'all'],
  ['replay'],
];

describe('a whole run, from the import to the thanks', () => {
  storyOnBoth(
    'says no token, key or password, in any log, mail, page, export or answer, however Constant Contact words its errors',
    { tenants: 3, settings, ownProcesses: true },
    async (world) => {
      const { control, mails } = world;
      const [broken, dead, echoed] = [0, 1, 2].map((index) => tenantAt(control, index));
      if (!broken || !dead || !echoed) throw new Error('there are three accounts');
      const [id = '', deadId = ''] = await world.importTenants();
      const daemon = await world.daemon();
      await until('all were polled', async () => (await world.database.raw.db.connection.count()) === 9);

      breakConnection(control, broken);
      control.revoke(dead.id);
      // An error that repeats what was sent, as careless servers do.
      const { accessToken, refreshToken } = echoed.tokens;
      const body = `{"error_key":"bad","error_message":"Bearer ${accessToken} and ${refreshToken} and ${world.env.CONSTANT_CONTACT_CLIENT_SECRET}"}`;
      control.script({ tenantId: echoed.id, answer: { kind: 'raw', status: 400, body } });
      control.expireAccessTokens(echoed.id);
      await until('both owners are told', () =>
        [broken, dead].every(({ contactEmail }) => mails().some(({ to }) => to.includes(contactEmail))),
      );
      await readPages(world, daemon, broken.contactEmail);
      await printEverything(world, [id, deadId]);
      await readApi(world, daemon);

      control.clearScript();
      repairConnection(control, broken);
      await until('the thanks arrive', () => mails().some(({ subject }) => subject.includes('works again')));
      await world.run(['poll']);
      daemon.kill('SIGTERM');
      await daemon.ended;
      await world.run(['tenant', 'remove', deadId, '--purge']);
    },
  );
});

/** The owner's page by the link of the mail, addresses that do not exist, and those of programs. */
async function readPages({ mails }: World, daemon: Daemon, owner: string): Promise<void> {
  const text = mails().find(({ to }) => to.includes(owner))?.text ?? '';
  const links = [...text.matchAll(/https:\/\/watch\.agency\.example(\S+)/g)].map(([, path = '']) => path);
  expect(links.length).toBeGreaterThan(1);
  for (const path of [...links, '/livez', '/readyz', '/metrics', '/connect?token=forged', '/nothing']) {
    await daemon.request(path);
  }
}

const lists = ['tenants', 'incidents', 'mail', 'events', 'audit', 'monitor', 'api-keys'];

/** Every list that programs read, with a key that may read everything and is itself said nowhere. */
async function readApi({ json, database }: World, daemon: Daemon): Promise<void> {
  const { key } = await json<{ key: string }>(['api-key', 'create', '--role', 'admin', '--name', 'scan']);
  const headers = { authorization: `Bearer ${key}` };
  for (const list of lists) {
    const { status, body } = await daemon.request(`/api/v1/${list}`, { headers });
    expect({ list, status, saysTheKey: body.includes(key) }).toEqual({ list, status: 200, saysTheKey: false });
  }
  const elsewhere = [...(await storedRows(database.raw)), { where: 'the log', text: daemon.stderr() }];
  expect(leaksIn(elsewhere, [key])).toEqual([]);
}

async function printEverything({ run }: World, ids: readonly string[]): Promise<void> {
  const ofTenants = ids.flatMap((id) => [
    ['tenant', 'show', id],
    ['history', id],
  ]);
  for (const command of [...commands, ...ofTenants]) {
    await run(command);
    await run([...command, '--json']);
  }
}

describe('the scan itself', () => {
  it('finds a planted secret wherever it is said', async () => {
    const options = { database: 'SQLite', settings: { DIGEST_AT: 'off' } } as const;
    const planted = withWorld(options, async (world) => {
      const [id = ''] = await world.importTenants();
      await world.json(['tenant', 'update', id, '--name', 'client-secret-word-7712']);
      await world.run(['poll']);
      await world.run(['tenant', 'export']);
    });
    await expect(planted).rejects.toThrow(/A secret was said in: .*tenant export.*table Tenant/s);
  });
});
