import { openDatabase } from '../../src/store/database.ts';
import type { Environment } from './program-places.ts';
import { startWire } from './program-wire.ts';
import type { World } from './program-world.ts';

/** The database of a world goes away and comes back, for the processes that were given `env`. */
export type DatabaseOutage = Readonly<{ env: Environment; begin(): Promise<void>; end(): Promise<void> }>;

/** PostgreSQL: its port refuses, and every connection is cut. SQLite: another program holds the file's write lock. */
export async function withOutage<T>(world: World, story: (outage: DatabaseOutage) => Promise<T>): Promise<T> {
  const { url } = world.database;
  const outage = url.startsWith('file:') ? lockedFile(url) : await cutConnection(url);
  try {
    return await story(outage);
  } finally {
    await outage.close();
  }
}

type Closable = DatabaseOutage & Readonly<{ close(): Promise<void> }>;

async function cutConnection(url: string): Promise<Closable> {
  const direct = new URL(url);
  const wire = await startWire(Number(direct.port));
  direct.port = `${wire.port}`;
  return { env: { DATABASE_URL: direct.href }, begin: wire.cut, end: wire.mend, close: wire.close };
}

function lockedFile(url: string): Closable {
  const { db } = openDatabase(url);
  const forLong = { maxWait: 60_000, timeout: 120_000 };
  let release = () => {};
  let transaction: Promise<unknown> = Promise.resolve();
  const end = async () => {
    release();
    await transaction;
  };
  return {
    env: {},
    begin: () =>
      new Promise((begun, failed) => {
        const hold = async () => {
          const released = Promise.withResolvers<void>();
          release = released.resolve;
          begun();
          await released.promise;
        };
        transaction = db.$transaction(hold, forLong).catch(failed);
      }),
    end,
    close: async () => {
      await end();
      await db.$disconnect();
    },
  };
}
