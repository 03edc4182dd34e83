import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type OpenStores, openStores } from '../../../src/store/open-stores.ts';
import { aContact, aTenant } from '../../support/builders.ts';
import { createTestDatabase, encryption, type TestDatabase } from '../../support/store-fixtures.ts';
import { emptyPage, firstPage } from '../../support/store-records.ts';

let database: TestDatabase;
const opened: OpenStores[] = [];
/** Roles belong to the server, not to the database. */
const poor = `poor_${randomUUID().slice(0, 8)}`;

beforeAll(async () => {
  database = await createTestDatabase('PostgreSQL', { migrated: false });
  await run(`CREATE ROLE "${poor}" LOGIN PASSWORD 'secret'`);
});
afterAll(async () => {
  await Promise.all(opened.map((store) => store.close()));
  await run(`DROP OWNED BY "${poor}"`);
  await run(`DROP ROLE "${poor}"`);
  await database.drop();
});

async function run(sql: string): Promise<void> {
  await database.raw.db.$executeRawUnsafe(sql);
}

function open(parameters: Readonly<Record<string, string>>, user?: string): OpenStores {
  const url = new URL(database.url);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  if (user !== undefined) [url.username, url.password] = [user, 'secret'];
  const store = openStores({ databaseUrl: url.href, encryption });
  opened.push(store);
  return store;
}

async function tablesIn(schema: string): Promise<number> {
  const sql = 'SELECT count(*) AS "tables" FROM pg_tables WHERE schemaname = $1';
  const [row] = await database.raw.db.$queryRawUnsafe<readonly { tables: bigint }[]>(sql, schema);
  return Number(row?.tables);
}

describe('a schema in DATABASE_URL', () => {
  it('is made, and two of them are two fleets in one database', async () => {
    const stores = [open({ schema: 'lw' }), open({ schema: 'Second-1', options: '-c geqo=off' })];
    for (const [index, store] of stores.entries()) {
      expect(await store.migrate()).not.toEqual([]);
      expect(await store.migrate()).toEqual([]);
      const tenant = aTenant({ name: `Fleet ${index}` });
      await store.tenants.add([{ tenant, contacts: [aContact()], grant: null }]);
    }
    for (const [index, store] of stores.entries()) {
      const [record, ...others] = await store.records.read(['tenant-1']);
      expect([record?.tenant.name, others]).toEqual([`Fleet ${index}`, []]);
      const { items } = await store.tenants.list({ ...firstPage, now: 0 });
      expect(items.map(({ tenant }) => tenant.name)).toEqual([`Fleet ${index}`]);
    }
    expect(await tablesIn('public')).toBe(0);
    expect(await tablesIn('lw')).toBe(await tablesIn('Second-1'));
  });

  it('that is made at the same moment by two processes is made once', async () => {
    const applied = await Promise.all([1, 2, 3].map(() => open({ schema: 'race' }).migrate()));
    expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
  });
});

it('a database that does not hold every alphabet is refused before a table is made in it', async () => {
  const name = `latin_${randomUUID().slice(0, 8)}`;
  await run(`CREATE DATABASE "${name}" ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0`);
  const url = new URL(database.url);
  url.pathname = name;
  const store = openStores({ databaseUrl: url.href, encryption });
  try {
    await expect(store.migrate()).rejects.toMatchObject({
      message: 'The database is encoded as LATIN1, which does not hold the names of every language',
      hint: expect.stringContaining(`ENCODING 'UTF8'`),
    });
    expect(await store.migrateExisting()).toBeNull();
  } finally {
    await store.close();
    await run(`DROP DATABASE "${name}"`);
  }
});

describe('a user without rights', () => {
  it('is told what to grant for the schema, and works once that was run', async () => {
    const store = open({}, poor);
    const grant = `GRANT USAGE, CREATE ON SCHEMA "public" TO "${poor}";`;
    await expect(store.migrate()).rejects.toThrow(
      `permission denied for schema public. As the schema's owner run: ${grant}`,
    );
    await run(grant);
    expect(await store.migrate()).not.toEqual([]);
    expect(await store.tenants.list({ ...firstPage, now: 0 })).toEqual(emptyPage);
  });

  it('is told what to run for a schema that is yet to be made', async () => {
    const store = open({ schema: 'theirs' }, poor);
    const sql = `CREATE SCHEMA "theirs" AUTHORIZATION "${poor}";`;
    await expect(store.migrate()).rejects.toThrow(`As the database's owner run: ${sql}`);
    await run(sql);
    expect(await store.migrate()).not.toEqual([]);
  });

  it('is told what to grant for a schema that may not even be looked into', async () => {
    await run('CREATE SCHEMA "closed"');
    await expect(open({ schema: 'closed' }, poor).migrate()).rejects.toThrow(
      `As the schema's owner run: GRANT USAGE, CREATE ON SCHEMA "closed" TO "${poor}";`,
    );
  });

  it('is told that the tables are another user’s', async () => {
    await open({ schema: 'foreign' }).migrate();
    await run(`GRANT USAGE, CREATE ON SCHEMA "foreign" TO "${poor}"`);
    await expect(open({ schema: 'foreign' }, poor).migrate()).rejects.toThrow(
      `Another user made the tables: make "${poor}" the owner of each in SCHEMA "foreign".`,
    );
  });
});
