import type { FeedEvent } from '../domain/model/event.ts';
import type { Session } from './database.ts';
import { eventTable, eventToRow } from './rows/event-row.ts';
import { executeForRows } from './write-rows.ts';

/**
 * In the transaction of the change that the events tell of, which has locked the tenant: so of one tenant's events the
 * later one has the greater `seq`.
 */
export async function insertEvents(session: Session, events: readonly FeedEvent[]): Promise<void> {
  const columns = '"id", "tenantId", "type", "at", "data"';
  const given = session.dialect.rowsFromJson(eventTable.columns);
  const sql = `INSERT INTO "${eventTable.name}" (${columns}) SELECT ${columns} FROM ${given} AS given ORDER BY "number"`;
  await executeForRows(session, eventTable, events.map(eventToRow), sql);
}
