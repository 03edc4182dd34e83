import { setImmediate } from 'node:timers/promises';
import type { Database } from './database.ts';

/** Tenants in one statement. An embedded database works without yielding, so polls and pages get their turn in between. */
const SIZE = 2_000;

/** Tenants by id, from behind one of them to another one; without an end, to the last one. */
export type Window = Readonly<{ after: string; until: string | null }>;

/** Every tenant behind one, window by window; in one window on a server, which works beside us. */
export async function* tenantWindows({ db, dialect }: Database, behind = ''): AsyncGenerator<Window> {
  let after = behind;
  while (dialect.name === 'sqlite') {
    const [last] = await db.$queryRawUnsafe<readonly { id: string }[]>(
      `SELECT "id" FROM "Tenant" WHERE "id" > $1 ORDER BY "id" LIMIT 1 OFFSET ${SIZE - 1}`,
      after,
    );
    if (last === undefined) break;
    yield { after, until: last.id };
    after = last.id;
    await setImmediate();
  }
  yield { after, until: null };
}
