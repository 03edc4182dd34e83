import { setImmediate, setTimeout as wait } from 'node:timers/promises';
import type { Database } from './database.ts';

/**
 * Tenants in the first statement, and in each of the later ones: what is found soon costs little. An embedded database works
 * without yielding, so polls and pages get their turn in between.
 */
const [FIRST, SIZE] = [500, 2_000];

/** Tenants by id, from behind one of them to another one; without an end, to the last one. */
export type Window = Readonly<{ after: string; until: string | null }>;

/** Its tenants' ids, for Prisma. */
export function idsIn({ after, until }: Window) {
  return { gt: after, ...(until !== null && { lte: until }) };
}

/** Every tenant behind one, window by window; in one window on a server, which works beside us. */
export async function* tenantWindows({ db, dialect }: Database, behind = ''): AsyncGenerator<Window> {
  let after = behind;
  for (let size = FIRST; dialect.name === 'sqlite'; size = SIZE) {
    const [last] = await db.$queryRawUnsafe<readonly { id: string }[]>(
      `SELECT "id" FROM "Tenant" WHERE "id" > $1 ORDER BY "id" LIMIT 1 OFFSET ${size - 1}`,
      after,
    );
    if (last === undefined) break;
    yield { after, until: last.id };
    after = last.id;
    await setImmediate();
  }
  yield { after, until: null };
}

/** After each statement of work in the background, so many times as long as it took is left to others. */
export const REST = 4;

/** Every tenant, for work in the background: while it lasts, an embedded database is free for four fifths of the time. */
export async function* unhurriedWindows(database: Database): AsyncGenerator<Window> {
  for await (const window of tenantWindows(database)) {
    const beganAt = performance.now();
    yield window;
    if (window.until !== null) await wait(REST * (performance.now() - beganAt));
  }
}
