import type { TimeRange } from '../domain/history.ts';
import type { PollFailureKind } from '../domain/model/poll.ts';
import type { RecordedPoll } from '../domain/model/tenant-past.ts';
import type { Session } from './database.ts';
import { dateOf } from './rows/values.ts';

type PollsRow = Readonly<{ tenantId: string; polls: string }>;

/**
 * The polls of tenants in the order in which they were stored, by tenant. A tenant's come as one row: a month of single
 * rows takes many times longer to hand over than to find.
 */
export async function readRecordedPolls(
  { db, dialect }: Session,
  tenantIds: readonly string[],
  { from, to }: TimeRange,
): Promise<ReadonlyMap<string, readonly RecordedPoll[]>> {
  const fields = [
    `CAST(${dialect.msOf('"at"')} AS text)`,
    '"outcome"',
    `coalesce(CAST("connections" AS text), '')`,
    `coalesce("failureKind", '')`,
  ];
  const rows = await db.$queryRawUnsafe<readonly PollsRow[]>(
    `SELECT "tenantId", string_agg(${fields.join(` || ' ' || `)}, ',' ORDER BY "id") AS "polls" FROM "Poll"
     WHERE "tenantId" IN (SELECT "id" FROM ${dialect.rowsFromJson({ id: 'text' })} AS given)
       AND "at" >= $2 AND "at" <= $3
     GROUP BY "tenantId"`,
    JSON.stringify(tenantIds.map((id) => ({ id }))),
    dateOf(from),
    dateOf(to),
  );
  return new Map(rows.map(({ tenantId, polls }) => [tenantId, polls.split(',').map(pollFromText)]));
}

/** `1768478400000 observed 3 ` or `1768478400000 failed  timeout`. */
function pollFromText(text: string): RecordedPoll {
  const [at = '', outcome = '', listed = '', failureKind = ''] = text.split(' ');
  return {
    at: Number(at),
    outcome: outcome as RecordedPoll['outcome'],
    listed: listed === '' ? null : Number(listed),
    failureKind: failureKind === '' ? null : (failureKind as PollFailureKind),
  };
}
