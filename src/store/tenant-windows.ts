import { setImmediate, setTimeout as wait } from 'node:timers/promises';
import type { Database } from './database.ts';
import type { Bind } from './select-bound.ts';

/**
 * Tenants in the first statement, and at most in each of the later ones: what is found soon costs little. An embedded
 * database works without yielding, so polls and pages get their turn in between.
 */
const FIRST = 500;
const SIZES = { smallest: 250, largest: 2_000 };
const LONGEST_MS = 4;

/**
 * How many rows the next statement reads: fewer, where the one before has taken longer than polls and pages should
 * wait.
 */
export function nextSize(size: number, tookMs: number, { smallest, largest }: typeof SIZES): number {
  return tookMs > LONGEST_MS ? Math.max(smallest, Math.floor(size / 2)) : Math.min(largest, size * 2);
}

/** Tenants by id, from behind one of them to another one; without an end, to the last one. */
export type Window = Readonly<{ after: string; until: string | null }>;

/** Its tenants' ids, for Prisma. */
export function idsIn({ after, until }: Window) {
  return { gt: after, ...(until !== null && { lte: until }) };
}

/** The condition that the tenant `t` is in the window, with the AND that goes on. */
export function within({ after, until }: Window, bind: Bind): string {
  const from = `t."id" > ${bind(after)} AND `;
  return until === null ? from : `${from}t."id" <= ${bind(until)} AND `;
}

/** Every tenant behind one, window by window; in one window on a server, which works beside us. */
export async function* tenantWindows(database: Database, behind = ''): AsyncGenerator<Window> {
  yield* windowsOf(database, { behind, rest: 0 });
}

/** After each statement of work in the background, so many times as long as it took is left to others. */
export const REST = 4;

/**
 * Every tenant, for work in the background: while it lasts, an embedded database is free for four fifths of the time.
 */
export async function* unhurriedWindows(database: Database): AsyncGenerator<Window> {
  yield* windowsOf(database, { behind: '', rest: REST });
}

/**
 * Others get their turn, and `rest` times as long as the work before has taken. Rejects when the database is closed
 * meanwhile: nobody waits for the work any more.
 */
export async function leaveTime({ closing: signal }: Database, tookMs: number, rest: number): Promise<void> {
  const options = { signal };
  await (rest > 0 ? wait(rest * tookMs, undefined, options) : setImmediate(undefined, options));
}

async function* windowsOf(
  database: Database,
  { behind, rest }: Readonly<{ behind: string; rest: number }>,
): AsyncGenerator<Window> {
  const { db, dialect } = database;
  let after = behind;
  for (let size = FIRST; dialect.name === 'sqlite'; ) {
    const [last] = await db.$queryRawUnsafe<readonly { id: string }[]>(
      'SELECT "id" FROM "Tenant" WHERE "id" > $1 ORDER BY "id" LIMIT 1 OFFSET $2',
      after,
      size - 1,
    );
    if (last === undefined) break;
    const beganAt = performance.now();
    yield { after, until: last.id };
    const tookMs = performance.now() - beganAt;
    size = nextSize(size, tookMs, SIZES);
    after = last.id;
    await leaveTime(database, tookMs, rest);
  }
  yield { after, until: null };
}
