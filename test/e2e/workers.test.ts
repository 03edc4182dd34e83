import { describe, expect } from '@jest/globals';
import { MINUTE_MS, SECOND_MS } from '../../src/domain/model/time.ts';
import { breakConnection, repairConnection, tenantAt } from '../support/program-connections.ts';
import { withOutage } from '../support/program-outage.ts';
import { story, storyOnBoth } from '../support/program-story.ts';
import { clockAhead, workersOf } from '../support/program-workers.ts';
import { type Daemon, hasty, type World } from '../support/program-world.ts';
import { storedPolls } from '../support/stored-polls.ts';
import { startTransactionPooler } from '../support/transaction-pooler.ts';
import { until } from '../support/until.ts';

const TENANTS = 12;
const shared = { tenants: TENANTS, settings: { ...hasty, FLEET_MIN: '1000' } } as const;
const options = { ...shared, database: 'PostgreSQL' } as const;
/** A worker is missed after a minute, and looks for others each ten seconds. */
const MISSED_MS = 3 * MINUTE_MS;

describe('several workers on PostgreSQL', () => {
  story('need no hand when one is killed and another is frozen, and tell every owner once', options, async (world) => {
    const { control, mails, database } = world;
    await world.importTenants();
    const [killed, frozen, last] = await threeWorkers(world);
    await untilAllPolled(world);
    expect(await workersOf(world)).toMatchObject(Array(3).fill({ isAlive: true }));

    await untilWaitingForAnswers(world);
    killed.kill('SIGKILL');
    frozen.kill('SIGSTOP');
    control.clearScript();
    for (const tenant of control.tenants()) breakConnection(control, tenant);
    const told = () => new Set(mails().map(({ to }) => to[0])).size;
    await until('every owner is told by the one that is left', () => told() === TENANTS, MISSED_MS);
    const known = () => database.raw.db.worker.count();
    await until('the other two are missed', async () => (await known()) === 1, MISSED_MS);
    expect(await workersOf(world)).toHaveLength(1);

    frozen.kill('SIGCONT');
    await until('it is there again', async () => (await known()) === 2);
    for (const tenant of control.tenants()) repairConnection(control, tenant);
    await until('every owner is thanked', () => mails().length >= 2 * TENANTS, MISSED_MS);
    for (const worker of [frozen, last]) worker.kill('SIGTERM');
    for (const worker of [frozen, last]) expect(await worker.ended).toMatchObject({ exitCode: 0, signal: null });
    expect(await workersOf(world)).toEqual([]);
    const ids = mails().map(({ source }) => messageIdOf(source));
    expect(new Set(ids).size).toBe(2 * TENANTS);
  });

  story('go on when the schema of their queue is dropped, and make it anew', options, async (world) => {
    const { control, mails, database } = world;
    await world.importTenants();
    const workers = await threeWorkers(world);
    await untilAllPolled(world);
    const { db } = database.raw;
    const hasQueue = async () => {
      const [row] = await db.$queryRawUnsafe<readonly { there: boolean }[]>(
        `SELECT to_regclass('pgboss.queue') IS NOT NULL AND (SELECT count(*) FROM pg_tables WHERE schemaname = 'pgboss') > 0 AS there`,
      );
      return row?.there ?? false;
    };
    await until('the queue is there', hasQueue);
    await db.$executeRawUnsafe('DROP SCHEMA pgboss CASCADE');
    for (const tenant of control.tenants()) breakConnection(control, tenant);
    await until('every owner is told', () => mails().length >= TENANTS);
    await until('the queue is there again', hasQueue);
    await until('it was said so', () => workers.some((worker) => worker.stderr().includes('the queue is there again')));
    for (const worker of workers) worker.kill('SIGTERM');
    for (const worker of workers) expect(await worker.ended).toMatchObject({ exitCode: 0, signal: null });
    expect(mails()).toHaveLength(TENANTS);
  });

  story('outlive their database: cut, and back', options, async (world) => {
    await withOutage(world, async (outage) => {
      await world.importTenants();
      const workers = await Promise.all([world.daemon(outage.env), world.daemon(outage.env)]);
      await untilAllPolled(world);
      await outage.begin();
      await until('they notice', () => workers.every((worker) => worker.stderr().includes('a scheduled job failed')));
      await outage.end();
      for (const tenant of world.control.tenants()) breakConnection(world.control, tenant);
      await until('every owner is told', () => world.mails().length >= TENANTS);
      await until(
        'both report again',
        async () => (await workersOf(world)).filter(({ isAlive }) => isAlive).length === 2,
      );
      for (const worker of workers) worker.kill('SIGTERM');
      for (const worker of workers) expect(await worker.ended).toMatchObject({ exitCode: 0, signal: null });
    });
  });

  const slowly = { ...options, settings: { ...options.settings, GROUP_WAIT: '3s' } };
  story('whose database lost its last seconds repeat a mail with its Message-ID', slowly, async (world) => {
    const { control, mails, database } = world;
    await world.importTenants();
    await threeWorkers(world);
    await untilAllPolled(world);
    const { db } = database.raw;
    breakConnection(control, tenantAt(control, 0));
    await until('the mail is written', async () => (await db.notification.count()) === 1);
    const [mailBefore, incidentsBefore] = [await db.notification.findMany(), await db.incident.findMany()];
    await until(
      'it is sent, and that is stored',
      async () => (await db.notification.count({ where: { state: 'sent' } })) === 1,
    );
    expect(mails()).toHaveLength(1);
    await db.$transaction([
      ...incidentsBefore.map((data) => db.incident.update({ where: { id: data.id }, data })),
      ...mailBefore.map((data) => db.notification.update({ where: { id: data.id }, data })),
    ]);
    await until('it comes again', () => mails().length === 2);
    const [first, second] = mails().map(({ source }) => messageIdOf(source));
    expect(second).toBe(first);
  });

  story('whose clocks differ by a minute agree on the time', options, async (world) => {
    const { control, mails, database } = world;
    await world.importTenants();
    const workers = await Promise.all([world.daemon(clockAhead(MINUTE_MS)), world.daemon(clockAhead(-MINUTE_MS))]);
    await untilAllPolled(world);
    const off = (await workersOf(world)).map(({ clockAheadMs }) => clockAheadMs).toSorted((a, b) => a - b);
    expect(Math.abs((off[0] ?? 0) + MINUTE_MS)).toBeLessThan(5 * SECOND_MS);
    expect(Math.abs((off[1] ?? 0) - MINUTE_MS)).toBeLessThan(5 * SECOND_MS);
    for (const tenant of control.tenants()) breakConnection(control, tenant);
    await until('every owner is told', () => mails().length >= TENANTS);
    const { _max, _min } = await database.raw.db.poll.aggregate({ _max: { at: true }, _min: { at: true } });
    const [first, latest] = [_min.at?.getTime() ?? 0, _max.at?.getTime() ?? 0];
    expect(latest).toBeLessThan(Date.now() + 5 * SECOND_MS);
    expect(first).toBeGreaterThan(Date.now() - 10 * MINUTE_MS);
    expect(mails()).toHaveLength(TENANTS);
    for (const worker of workers) worker.kill('SIGTERM');
    for (const worker of workers) expect(await worker.ended).toMatchObject({ exitCode: 0 });
  });

  story('stop, and write nothing more, once a newer program has shut them out', options, async (world) => {
    const { database, run } = world;
    await world.importTenants();
    const workers = await Promise.all([world.daemon(), world.daemon()]);
    await untilAllPolled(world);
    const { db } = database.raw;
    // As a migration does that they cannot live with.
    const before = await db.$transaction(async (transaction) => {
      await transaction.$executeRawUnsafe('LOCK TABLE "WriterLevel" IN ACCESS EXCLUSIVE MODE');
      await transaction.$executeRawUnsafe('UPDATE "WriterLevel" SET "lowest" = 9000');
      return await storedPolls({ ...database.raw, db: transaction });
    });
    const sentence = 'The database is newer than this program: it needs one that knows migration 9000';
    for (const worker of workers) {
      const { exitCode, stderr } = await worker.ended;
      expect(exitCode).toBe(1);
      expect(stderr).toContain(sentence);
      expect(stderr).toContain('Start the version that wrote it');
    }
    expect(await storedPolls(database.raw)).toEqual(before);
    expect(await run(['start'])).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(sentence) });
    expect(await run(['poll'])).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(sentence) });
  });

  story('refuse a pooler in transaction mode, and say what to do', { database: 'PostgreSQL' }, async (world) => {
    const direct = new URL(world.database.url);
    const pooler = await startTransactionPooler(Number(direct.port));
    direct.port = `${pooler.port}`;
    const env = { DATABASE_URL: direct.href };
    const sentence = 'is reached through a pooler in transaction mode';
    expect(await world.run(['start'], { env })).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(sentence),
    });
    await world.importTenants();
    expect((await world.run(['doctor'], { env })).stdout).toContain('a pooler in transaction mode');
    await pooler.close();
  });
});

describe('workers that each do some kinds of work alone', () => {
  storyOnBoth('share it', shared, async (world) => {
    const { control, mails } = world;
    await world.importTenants();
    const workers = await Promise.all(
      ['poll', 'mail,webhooks', 'http'].map((roles) => worker(world, ['start', '--only', roles])),
    );
    await untilAllPolled(world);
    for (const tenant of control.tenants()) breakConnection(control, tenant);
    await until('every owner is told', () => mails().length >= TENANTS);
    for (const each of workers) expect((await fetch(`${each.url}/livez`)).status).toBe(200);
    for (const each of workers) expect((await fetch(`${each.url}/readyz`)).status).toBe(200);
    const pages = await Promise.all(workers.map(async ({ url }) => (await fetch(`${url}/sign-in`)).status));
    expect(pages).toEqual([404, 404, 200]);
    const metrics = await Promise.all(workers.map(async ({ url }) => await (await fetch(`${url}/metrics`)).text()));
    for (const text of metrics) expect(text).toMatch(/^linkwatch_workers\{role="mail"\} 1$/m);
    expect((await workersOf(world)).map(({ roles }) => roles.join()).toSorted()).toEqual([
      'http',
      'mail,webhooks',
      'poll',
    ]);
    for (const each of workers) each.kill('SIGTERM');
    for (const each of workers) expect(await each.ended).toMatchObject({ exitCode: 0 });
  });
});

async function threeWorkers(world: World): Promise<readonly [Daemon, Daemon, Daemon]> {
  return await Promise.all([world.daemon(), world.daemon(), world.daemon()]);
}

async function worker(world: World, args: readonly string[]) {
  const child = world.begin(args);
  const url = await until('the worker listens', () => /listens on (\S+)/.exec(child.stdout())?.[1]);
  return { ...child, url };
}

async function untilAllPolled({ database }: World): Promise<void> {
  const all = 3 * TENANTS;
  await until('every tenant has been polled', async () => (await database.raw.db.connection.count()) === all);
}

/** Tenants are claimed, and their answers do not come soon. */
async function untilWaitingForAnswers({ control }: World): Promise<void> {
  control.script({ route: 'connections', answer: { kind: 'usual', delayMs: 5_000 } });
  const asked = () => control.counters().requests.connections;
  const before = asked();
  await until('answers are waited for', () => asked() > before);
}

function messageIdOf(source: string): string {
  return /^Message-ID: (.*)$/im.exec(source)?.[1] ?? 'none';
}
