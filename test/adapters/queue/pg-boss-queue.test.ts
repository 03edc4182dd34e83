import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { DueBatch, WorkQueue } from '../../../src/monitoring/ports.ts';
import { createPgBossQueue } from '../../../src/queue/pg-boss-queue.ts';
import { postgresqlPool } from '../../../src/store/database.ts';
import { queuePlace } from '../../../src/store/queue-place.ts';
import { inTransaction } from '../../../src/store/transaction.ts';
import { startWire } from '../../support/program-wire.ts';
import { createTestDatabase, type TestDatabase } from '../../support/store-fixtures.ts';
import { until } from '../../support/until.ts';
import { type CollectingLog, collectingLog } from '../../support/use-case-log.ts';
import { offered, workQueueContract } from './work-queue.contract.ts';

// pg-boss makes its tables for each test.
let database: TestDatabase;
const queues: WorkQueue[] = [];
beforeAll(async () => {
  database = await createTestDatabase('PostgreSQL', { migrated: false });
});
afterEach(async () => {
  await Promise.all(queues.splice(0).map((queue) => queue.stop()));
  await dropQueue();
});
afterAll(() => database.drop());

async function run(sql: string): Promise<void> {
  await database.raw.db.$executeRawUnsafe(sql);
}

const dropQueue = () => run('DROP SCHEMA IF EXISTS pgboss CASCADE');

function aWorker(log: CollectingLog = collectingLog(), url = database.url): WorkQueue {
  const place = queuePlace(url);
  if (place === null) throw new Error('The queue needs PostgreSQL.');
  const queue = createPgBossQueue({ ...place, log, retryAfterS: 0, openAgainAfterMs: 100 });
  queues.push(queue);
  return queue;
}

describe('The queue of many workers', () => {
  workQueueContract(async () => ({ worker: aWorker }));

  it('shares the batches among the workers that are free, and wakes them', async () => {
    const shares = [0, 0, 0];
    const all = Promise.withResolvers<void>();
    const workers = shares.map((_, index) => {
      const worker = aWorker();
      worker.start({
        poll: async () => {
          shares[index] = (shares[index] ?? 0) + 1;
          if (shares.every((share) => share > 0)) all.resolve();
          await all.promise;
        },
      });
      return worker;
    });
    await Promise.all(workers.map((worker) => offered(worker, [])));
    const batches = Array.from({ length: 6 }, (_, index): DueBatch => [`batch-${index}`]);
    await offered(workers[0] ?? aWorker(), batches);
    await all.promise;
    await until('all batches are done', () => shares.reduce((sum, share) => sum + share, 0) === 6);
  });

  it('says in the log that its tables are gone, makes them anew and goes on', async () => {
    const logs = [collectingLog(), collectingLog(), collectingLog()];
    const done: string[] = [];
    const workers = logs.map((log) => {
      const worker = aWorker(log);
      worker.start({ poll: async ([id = '']) => void done.push(id) });
      return worker;
    });
    for (const [index, worker] of workers.entries()) await offered(worker, [[`before-${index}`]]);
    await until('the batches are done', () => done.length === 3);

    await dropQueue();
    expect(await workers[0]?.offer('poll', [['lost']])).toBe(false);
    for (const [index, worker] of workers.entries()) await offered(worker, [[`after-${index}`]]);
    await until('later batches are done', () => done.filter((id) => id.startsWith('after')).length === 3);
    // Whoever looks when the tables are there again has noticed nothing.
    const [told = []] = logs.map(({ entries }) => entries.map(({ message }) => message));
    expect(told.filter((message) => message.startsWith('the queue is away'))).toHaveLength(1);
    expect(told.filter((message) => message === 'the queue is there again')).toHaveLength(1);
  });

  it('is opened as soon as it may be, and says until then what it lacks', async () => {
    const url = new URL(database.url);
    await run(`CREATE ROLE "queue poor" LOGIN PASSWORD 'secret'`);
    [url.username, url.password] = ['queue poor', 'secret'];
    const log = collectingLog();
    const queue = aWorker(log, url.href);
    queue.start({ poll: async () => undefined });
    await until('it says so', () => log.entries.some(({ level }) => level === 'warn'));
    expect(await queue.offer('poll', [['batch']])).toBe(false);
    expect(log.entries.find(({ level }) => level === 'warn')?.fields).toMatchObject({
      err: expect.stringContaining('permission denied for database'),
      remedy: expect.stringContaining('create schemas'),
    });
    await run('CREATE SCHEMA pgboss AUTHORIZATION "queue poor"');
    await offered(queue, [['batch']]);
    await queue.stop();
    await run('DROP OWNED BY "queue poor" CASCADE');
    await run('DROP ROLE "queue poor"');
  });

  describe('bounds each wait', () => {
    const hasty = { connectMs: 1_000, statementMs: 400, lockMs: 200, idleMs: 400 };
    const aHastyWorker = (url: string) => {
      const connection = postgresqlPool(url, hasty);
      const queue = createPgBossQueue({ connection, schema: 'pgboss', log: collectingLog(), openAgainAfterMs: 100 });
      queues.push(queue);
      queue.start({ poll: async () => undefined });
      return queue;
    };

    it('for a lock', async () => {
      const queue = aHastyWorker(database.url);
      await offered(queue, [['batch']]);
      await inTransaction(database.raw, async ({ db }) => {
        await db.$executeRawUnsafe('LOCK TABLE pgboss.queue IN ACCESS EXCLUSIVE MODE');
        expect(await queue.offer('poll', [['later']])).toBe(false);
      });
      await offered(queue, [['later']]);
    });

    it.each(['cut', 'freeze'] as const)('for a connection after a %s, and works again afterwards', async (happens) => {
      const url = new URL(database.url);
      const wire = await startWire(Number(url.port));
      url.port = `${wire.port}`;
      const queue = aHastyWorker(url.href);
      await offered(queue, [['batch']]);
      await wire[happens]();
      expect(await queue.offer('poll', [['lost']])).toBe(false);
      await wire.mend();
      await offered(queue, [['later']]);
      await queue.stop();
      await wire.close();
    });
  });

  it('keeps its tables apart for each fleet in one database', () => {
    const other = new URL(database.url);
    other.searchParams.set('schema', 'Second-1');
    expect([queuePlace(database.url)?.schema, queuePlace(other.href)?.schema]).toEqual(['pgboss', '"Second-1_pgboss"']);
    expect(queuePlace('file:./data/linkwatch.db')).toBeNull();
  });
});
