import { existsSync, renameSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect } from '@jest/globals';
import { MINUTE_MS } from '../../src/domain/model/time.ts';
import type { MonitorView } from '../../src/monitoring/views.ts';
import { breakConnection, tenantAt } from '../support/program-connections.ts';
import { story } from '../support/program-story.ts';
import { hasty, type World } from '../support/program-world.ts';
import { storedPolls } from '../support/stored-polls.ts';
import { until } from '../support/until.ts';

const RECHECK_AFTER_MS = 15 * MINUTE_MS;
const MISTYPED = 'mistyped-password-0815';

describe('A database that is not there', () => {
  story('is named by every command but those that make one', { database: 'SQLite' }, async (world) => {
    const elsewhere = { DATABASE_URL: `file:${world.folder}/typo/linkwatch.db` };
    const commands = [
      ['status'],
      ['tenant', 'list'],
      ['poll'],
      ['incidents'],
      ['mail', 'list'],
      ['tenant', 'export'],
      ['replay'],
      ['mail', 'hold', '--all'],
    ];
    for (const command of commands) {
      const { exitCode, stderr } = await world.run(command, { env: elsewhere });
      expect({ command, exitCode, stderr }).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('typo') });
      expect(stderr).toContain('There is no database of Linkwatch yet');
    }
    const { stdout } = await world.run(['doctor'], { env: elsewhere });
    expect(stdout).toMatch(/FAIL {2}database: SQLite .*typo.*there is no database/);
    expect(stdout).not.toContain('prisma');
    expect(existsSync(join(world.folder, 'typo'))).toBe(false);

    const { exitCode } = await world.run(['db', 'migrate'], { env: elsewhere });
    expect(exitCode).toBe(0);
    expect((await world.run(['status'], { env: elsewhere })).stdout).toContain('`linkwatch connect` adds one');
  });

  story(
    'is said by the daemon that begins with an empty one',
    { database: 'SQLite', migrated: false },
    async (world) => {
      const daemon = await world.daemon();
      await until('it says so', () => daemon.stderr().includes('started without any tenant'));
      expect(daemon.stderr()).toContain('"msg":"database opened"');
    },
  );

  story('is noticed by the daemon within seconds, which works on no ghost', { database: 'SQLite' }, async (world) => {
    await world.importTenants();
    const daemon = await world.daemon();
    await until('it polls', async () => (await world.database.raw.db.connection.count()) === 6);
    const { key } = await world.json<{ key: string }>(['api-key', 'create', '--json']);
    const file = fileURLToPath(world.database.url);
    renameSync(file, `${file}.away`);
    await until('it is not ready', async () => (await daemon.request('/readyz')).status === 503);
    expect((await daemon.request('/readyz')).body).toContain('removed or replaced');
    const answer = await daemon.request('/api/v1/tenants', { headers: { authorization: `Bearer ${key}` } });
    expect(answer.status).toBe(503);
    await until('it says what to do', () => daemon.stderr().includes('put the right file there, and start it again'));
    breakConnection(world.control, tenantAt(world.control, 0));
    await until('it says so', () => daemon.stderr().includes('was removed or replaced while Linkwatch had it open'));
    expect(world.mails()).toEqual([]);
    renameSync(`${file}.away`, file);
    await until('it is ready again', async () => (await daemon.request('/readyz')).status === 200);
  });
});

describe('A database that can be read alone', () => {
  story('is noticed by the daemon within seconds, and by every command', { database: 'PostgreSQL' }, async (world) => {
    await world.importTenants();
    const daemon = await world.daemon();
    await until('it polls', async () => (await world.database.raw.db.connection.count()) === 6);
    expect((await daemon.request('/readyz')).status).toBe(200);
    await makeReadOnly(world, 'on');
    await until('it is not ready', async () => (await daemon.request('/readyz')).status === 503);
    expect((await daemon.request('/readyz')).body).toContain('may not be written to');
    expect((await daemon.request('/livez')).status).toBe(200);
    expect(await monitorOf(world)).toMatchObject({
      ok: false,
      problems: [{ what: 'database', severity: 'critical', detail: 'the database may not be written to' }],
    });
    await makeReadOnly(world, 'off');
    await until('it is ready again', async () => (await daemon.request('/readyz')).status === 200);
  });
});

/** As after a failover to a copy; sessions that are open keep to what they began with. */
async function makeReadOnly({ database: { url, raw } }: World, state: 'on' | 'off'): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  await raw.db.$executeRawUnsafe('SET default_transaction_read_only = off');
  await raw.db.$transaction([
    raw.db.$executeRawUnsafe('SET TRANSACTION READ WRITE'),
    raw.db.$executeRawUnsafe(`ALTER DATABASE "${name}" SET default_transaction_read_only = ${state}`),
  ]);
  await raw.db.$queryRawUnsafe(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  );
}

describe('The state of the monitor', () => {
  story(
    'says that mail cannot leave, to whoever asks, and the heartbeat stops',
    { database: 'SQLite', settings: { ...hasty, POLL_SCHEDULE: '*/2 * * * * *' }, secrets: [MISTYPED] },
    async (world) => {
      const { control } = world;
      const beats = await countBeats();
      const wrong = { SMTP_URL: (world.env.SMTP_URL ?? '').replace(/:[^:@]+@/, `:${MISTYPED}@`) };
      try {
        await world.importTenants();
        const daemon = await world.daemon({ ...wrong, HEARTBEAT_URL: beats.url });
        await until('the heartbeat goes', () => beats.count() > 1);
        breakConnection(control, tenantAt(control, 0));
        await until('it is not ready', async () => (await daemon.request('/readyz')).status === 503);
        const before = beats.count();
        const polls = (await storedPolls(world.database.raw)).length;
        await until('it polls on', async () => (await storedPolls(world.database.raw)).length > polls + 4);
        expect(beats.count()).toBeLessThanOrEqual(before + 1);

        expect(await monitorOf(world)).toMatchObject({
          ok: false,
          problems: [{ what: 'mail', severity: 'critical', detail: expect.stringContaining('535') }],
          mail: { pending: 1, lastResponse: expect.stringContaining('535') },
        });
        const port = new URL(daemon.url).port;
        const health = await world.run(['health'], { env: { HTTP_PORT: port } });
        expect(health).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('refuses all mail') });
        const { stdout } = await world.run(['doctor']);
        expect(stdout).toMatch(/FAIL {2}mail that waits: the mail server refuses all mail, and 1 mail waits/);
      } finally {
        beats.close();
      }
    },
  );

  story('says that mail is held, and since when', { database: 'PostgreSQL' }, async (world) => {
    await world.importTenants();
    await world.json(['poll']);
    expect(await monitorOf(world)).toMatchObject({ ok: true, problems: [], holds: [], outage: null });
    await world.json(['mail', 'hold', '--all']);
    expect(await monitorOf(world)).toMatchObject({
      ok: false,
      problems: [{ what: 'hold', severity: 'warning', since: expect.any(String) }],
      holds: [{ kind: 'command', network: null, since: expect.any(String) }],
    });
    expect((await world.run(['doctor'])).stdout).toContain('FAIL  holds: owners’ mail is held by command');
    expect((await world.run(['status'])).stdout).toContain('linkwatch mail release --all');
  });

  story('says that nobody polls any more', { database: 'SQLite' }, async (world) => {
    await world.importTenants();
    await world.json(['poll']);
    await world.letTimePass(2 * 60 * MINUTE_MS + RECHECK_AFTER_MS);
    expect(await monitorOf(world)).toMatchObject({
      problems: [
        { what: 'rounds', severity: 'critical', detail: expect.stringMatching(/^2 tenants should have been polled/) },
      ],
    });
  });
});

type Printed<T> = { readonly [Key in keyof T]: Key extends `${string}At` | 'since' ? string | null : Printed<T[Key]> };

async function monitorOf(world: World): Promise<Printed<MonitorView>> {
  return (await world.json<{ monitor: Printed<MonitorView> }>(['status'])).monitor;
}

/** A dead-man's switch. */
async function countBeats() {
  let count = 0;
  const server = createServer((_request, response) => {
    count += 1;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, count: () => count, close: () => server.close() };
}
