import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Stores } from '../../../src/monitoring/ports.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { insertEvents } from '../../../src/store/insert-events.ts';
import { inTransaction } from '../../../src/store/transaction.ts';
import { anEvent, anUpdate, aTenant } from '../../support/builders.ts';
import { createTestDatabase, type TestDatabase } from '../../support/store-fixtures.ts';
import { save } from '../../support/store-records.ts';

/** A sequence counts in the order in which transactions ask; they commit in another. SQLite has one writer at a time. */
describe('events of transactions that end in another order than they began, on PostgreSQL', () => {
  let database: TestDatabase;
  let writers: ReturnType<typeof openDatabase>;
  beforeAll(async () => {
    database = await createTestDatabase('PostgreSQL');
    writers = openDatabase(database.url);
  });
  afterEach(() => database.empty());
  afterAll(async () => {
    await writers.db.$disconnect();
    await database.drop();
  });

  /** A transaction that has written its event, and ends when it is told to. */
  async function begun(id: string): Promise<Readonly<{ end(commits: boolean): Promise<void> }>> {
    const [written, ended] = [Promise.withResolvers<void>(), Promise.withResolvers<boolean>()];
    const done = inTransaction(writers, async (session) => {
      await insertEvents(session, [anEvent({ id, tenantId: id })]);
      written.resolve();
      if (!(await ended.promise)) throw new Error('rolled back');
    }).catch((error: Error) => {
      if (error.message !== 'rolled back') throw error;
    });
    await Promise.race([written.promise, done]);
    return {
      end: async (commits) => {
        ended.resolve(commits);
        await done;
      },
    };
  }

  it('come in the order in which they can be seen, so that a reader who is ahead misses none', async () => {
    const { events } = database.open();
    const [slow, quick] = [await begun('slow'), await begun('quick')];
    await quick.end(true);
    const first = await read(events, 0);
    expect(first.ids).toEqual(['quick']);
    await slow.end(true);
    expect((await read(events, first.end)).ids).toEqual(['slow']);
    expect((await read(events, 0)).ids).toEqual(['quick', 'slow']);
  });

  it('do not make another writer, or a reader, wait', async () => {
    const store = database.open();
    await store.tenants.add([{ tenant: aTenant(), contacts: [], grant: null }]);
    const slow = await begun('slow');
    await save(store, anUpdate({ events: [anEvent({ id: 'own' })] }));
    expect((await read(store.events, 0)).ids).toEqual(['own']);
    await slow.end(true);
  });

  /** Each step begins a transaction, ends one of those that are open, or reads on. */
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.constant({ kind: 'begin' } as const) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('end' as const), which: fc.nat(9), commits: fc.boolean() }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('read' as const), limit: fc.integer({ min: 1, max: 3 }) }) },
  );

  it('are missed by no reader and doubled for none, in any order of beginnings, ends and readings', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        await database.empty();
        const { events } = database.open();
        const writing = manyWriters();
        const reader = new Reader(events);
        for (const one of steps) {
          if (one.kind === 'read') await reader.readOn(one.limit);
          else if (one.kind === 'end') await writing.end(one);
          else await writing.begin();
        }
        const committed = await writing.endAll();
        await reader.readOn(1000);
        expect(reader.seen.toSorted()).toEqual(committed.toSorted());
        expect((await read(events, 0)).ids).toEqual(reader.seen);
      }),
      { numRuns: 40 },
    );
  });

  /** Six transactions at most are open at a time. */
  function manyWriters() {
    const open: Readonly<{ id: string; end(commits: boolean): Promise<void> }>[] = [];
    const committed: string[] = [];
    let count = 0;
    const end = async ({ which, commits }: Readonly<{ which: number; commits: boolean }>) => {
      const [one] = open.splice(which % Math.max(1, open.length), 1);
      if (one === undefined) return;
      await one.end(commits);
      if (commits) committed.push(one.id);
    };
    return {
      begin: async () => {
        const id = `event-${++count}`;
        if (open.length < 6) open.push({ id, ...(await begun(id)) });
      },
      end,
      endAll: async () => {
        while (open.length > 0) await end({ which: 0, commits: true });
        return committed;
      },
    };
  }

  it('have one place each when many readers and purges come at once', async () => {
    const store = database.open();
    const tenants = Array.from({ length: 20 }, (_, n) => aTenant({ id: `tenant-${n}` }));
    await store.tenants.add(tenants.map((tenant) => ({ tenant, contacts: [], grant: null })));
    const others = [database.open(), database.open()];
    await Promise.all(
      tenants.flatMap(({ id: tenantId }, n) => [
        save(store, anUpdate({ tenantId, events: [anEvent({ id: `a-${n}`, tenantId })] })),
        ...others.map((other) => read(other.events, 0)),
        n % 2 === 0 ? store.tenants.erase(tenantId, [anEvent({ id: `last-${n}`, tenantId })]) : read(store.events, 0),
      ]),
    );
    const rows = await database.raw.db.event.findMany({ where: { id: { startsWith: 'last-' } } });
    expect(rows).toHaveLength(10);
    const { ids } = await read(store.events, 0);
    expect(ids.filter((id) => id.startsWith('a-')).length).toBeGreaterThanOrEqual(10);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(await database.raw.db.event.count());
  });
});

class Reader {
  readonly seen: string[] = [];
  readonly #events: Stores['events'];
  #at = 0;

  constructor(events: Stores['events']) {
    this.#events = events;
  }

  async readOn(limit: number): Promise<void> {
    const page = await read(this.#events, this.#at, limit);
    this.seen.push(...page.ids);
    this.#at = page.end;
  }
}

async function read(events: Stores['events'], after: number, limit = 100) {
  const page = await events.read({ after, limit, types: null, tenantId: null });
  return { ids: page.events.map(({ id }) => id), end: page.end.position };
}
