import { identityKey } from '../../domain/model/connection.ts';
import type { Poll } from '../../domain/model/poll.ts';
import type { Poll as Row } from '../model.ts';
import type { Plain, Table } from './table.ts';

const MAX_INT32 = 2 ** 31 - 1;

/** The database numbers polls itself. The last two are written by `unchanged-polls.ts`. */
type PollRow = Omit<Row, 'id' | 'until' | 'repeats'>;

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
    pages: 'text',
  },
};

export function pollToRow({ tenantId, at, durationMs, result }: Poll): Plain<PollRow> {
  const failure = result.outcome === 'failed' ? result.failure : null;
  const pages = result.outcome === 'observed' ? result.pages : undefined;
  return {
    tenantId,
    at,
    // A clock that is set while a poll is on its way makes it last for years, or less than no time.
    durationMs: Math.min(Math.max(0, Math.round(durationMs)), MAX_INT32),
    outcome: result.outcome === 'observed' && result.isPartial ? 'partial' : result.outcome,
    connections: result.outcome === 'observed' ? new Set(result.connections.map(identityKey)).size : null,
    failureKind: failure?.kind ?? null,
    failureDetail: failure?.detail ?? null,
    failureRequestId: failure?.requestId ?? null,
    pages: pages === undefined ? null : JSON.stringify(pages),
  };
}
