import type { Worker } from '../../domain/model/worker.ts';
import type { Worker as WorkerRow } from '../model.ts';
import { wordsFromText } from './values.ts';

export function workerFromRow(row: WorkerRow): Worker {
  const { id, host, pid, version, clockAheadMs, polls, mails, webhooks } = row;
  return {
    id,
    host,
    pid,
    version,
    clockAheadMs,
    roles: wordsFromText(row.roles),
    startedAt: row.startedAt.getTime(),
    lastSeenAt: row.lastSeenAt.getTime(),
    done: { polls, mails, webhooks },
  };
}
