import type { TimeRange } from '../domain/history.ts';
import type { ConnectionPages } from '../domain/model/connection.ts';
import type { PollFailureKind } from '../domain/model/poll.ts';
import { unpackRepeats } from '../domain/model/repeats.ts';
import type { RecordedPoll } from '../domain/model/tenant-past.ts';
import type { Instant } from '../domain/model/time.ts';
import type { Session } from './database.ts';
import { findForIds, idsToJson } from './id-lists.ts';
import { dateOf } from './rows/values.ts';

type PollsRow = Readonly<{ tenantId: string; polls: string }>;

/**
 * The polls of tenants in the order in which they were stored, by tenant. A tenant's come as one row: a month of single
 * rows takes many times longer to hand over than to find. Nothing of a tenant is stored between a poll and those of its
 * row that found nothing new.
 */
export async function readRecordedPolls(
  session: Session,
  tenantIds: readonly string[],
  range: TimeRange,
): Promise<ReadonlyMap<string, readonly RecordedPoll[]>> {
  const { db, dialect } = session;
  const { from, to } = range;
  const fields = [
    `CAST(${dialect.msOf('"at"')} AS text)`,
    '"outcome"',
    `coalesce(CAST("connections" AS text), '')`,
    `coalesce("failureKind", '')`,
    `coalesce("repeats", '')`,
  ];
  const rows = await db.$queryRawUnsafe<readonly PollsRow[]>(
    `SELECT "tenantId", string_agg(${fields.join(` || ' ' || `)}, ',' ORDER BY "id") AS "polls" FROM "Poll"
     WHERE "tenantId" IN (SELECT "id" FROM ${dialect.rowsFromJson({ id: 'text' })} AS given)
       AND coalesce("until", "at") >= $2 AND "at" <= $3
     GROUP BY "tenantId"`,
    idsToJson(tenantIds),
    dateOf(from),
    dateOf(to),
  );
  const pages = await readPages(session, tenantIds, range);
  return new Map(
    rows.map(({ tenantId, polls }) => {
      const said = pages.get(tenantId);
      const recorded = polls.split(',').flatMap(pollsFromText);
      const inRange = recorded.filter(({ at }) => at >= from && at <= to);
      return [tenantId, inRange.map((poll) => withPages(poll, said))];
    }),
  );
}

type PagesByMoment = ReadonlyMap<Instant, readonly ConnectionPages[]>;

/** What the second witness said, by tenant and by the moment of the poll: about once a day. */
async function readPages(
  { db }: Session,
  tenantIds: readonly string[],
  { from, to }: TimeRange,
): Promise<ReadonlyMap<string, PagesByMoment>> {
  const rows = await findForIds(tenantIds, (list) =>
    db.poll.findMany({
      where: { tenantId: { in: list }, at: { gte: dateOf(from), lte: dateOf(to) }, pages: { not: null } },
      select: { tenantId: true, at: true, pages: true },
    }),
  );
  return new Map(
    [...Map.groupBy(rows, ({ tenantId }) => tenantId)].map(([tenantId, own]) => [
      tenantId,
      new Map(own.map(({ at, pages }) => [at.getTime(), JSON.parse(pages ?? '[]') as readonly ConnectionPages[]])),
    ]),
  );
}

function withPages(poll: RecordedPoll, said: PagesByMoment | undefined): RecordedPoll {
  const pages = said?.get(poll.at);
  return pages === undefined ? poll : { ...poll, pages };
}

/** `1768478400000 observed 3  %Q!q` or `1768478400000 failed  timeout `. */
function pollsFromText(text: string): readonly RecordedPoll[] {
  const [first = '', outcome = '', listed = '', failureKind = '', repeats = ''] = text.split(' ');
  const poll = {
    outcome: outcome as RecordedPoll['outcome'],
    listed: listed === '' ? null : Number(listed),
    failureKind: failureKind === '' ? null : (failureKind as PollFailureKind),
  };
  return [Number(first), ...unpackRepeats(Number(first), repeats)].map((at) => ({ at, ...poll }));
}
