import type { Poll } from '../../domain/model/poll.ts';
import type { Poll as Row } from '../model.ts';
import type { Table } from './table.ts';
import { dateOf } from './values.ts';

/** The database numbers polls itself. */
type PollRow = Omit<Row, 'id'>;

export const pollTable: Table<PollRow> = {
  name: 'Poll',
  columns: {
    tenantId: 'text',
    at: 'time',
    durationMs: 'integer',
    outcome: 'text',
    connections: 'integer',
    failureKind: 'text',
    failureDetail: 'text',
    failureRequestId: 'text',
  },
};

export function pollToRow({ tenantId, at, durationMs, result }: Poll): PollRow {
  const failure = result.outcome === 'failed' ? result.failure : null;
  return {
    tenantId,
    at: dateOf(at),
    durationMs: Math.round(durationMs),
    outcome: result.outcome === 'observed' && result.isPartial ? 'partial' : result.outcome,
    connections: result.outcome === 'observed' ? result.connections.length : null,
    failureKind: failure?.kind ?? null,
    failureDetail: failure?.detail ?? null,
    failureRequestId: failure?.requestId ?? null,
  };
}
