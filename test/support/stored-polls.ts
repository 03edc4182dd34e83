import { unpackRepeats } from '../../src/domain/model/repeats.ts';
import type { Session } from '../../src/store/database.ts';

/** `row`: the id of the row that holds the poll, and others that found nothing new after it. */
export type StoredPoll = Readonly<{ row: number; tenantId: string; outcome: string; at: number; durationMs: number }>;

/** Every poll that is stored, in the order of time. */
export async function storedPolls({ db }: Session): Promise<readonly StoredPoll[]> {
  const rows = await db.poll.findMany({ orderBy: { id: 'asc' } });
  return rows
    .flatMap(({ id, tenantId, outcome, at, repeats, durationMs }) =>
      [at.getTime(), ...unpackRepeats(at.getTime(), repeats ?? '')].map((time) => ({
        row: Number(id),
        tenantId,
        outcome,
        at: time,
        durationMs,
      })),
    )
    .toSorted((a, b) => a.at - b.at || a.row - b.row);
}
