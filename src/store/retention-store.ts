import type { RetentionStore } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import { dateOf } from './rows/values.ts';

/** Rows a statement erases, so that nobody waits long for its lock. */
const CHUNK = 1000;

export function createRetentionStore({ db }: Database): RetentionStore {
  return {
    prune: async ({ pollsBefore, historyBefore, writesBefore }) => {
      const before = { lt: dateOf(historyBefore) };
      const polls = { at: { lt: dateOf(pollsBefore) } };
      const snapshots = { seenUntil: before, periodOfId: null };
      const incidents = { closedAt: before };
      const writes = { createdAt: { lt: dateOf(writesBefore) } };
      // What was sent is kept as long as its incident: erasing that erases the topics.
      const mail = { createdAt: before, state: { in: ['sent', 'failed', 'cancelled'] }, topics: { none: {} } };
      return {
        polls: await inChunks((limit) => db.poll.deleteMany({ where: polls, limit })),
        snapshots: await inChunks((limit) => db.snapshot.deleteMany({ where: snapshots, limit })),
        changes: await inChunks((limit) => db.change.deleteMany({ where: { at: before }, limit })),
        incidents: await inChunks((limit) => db.incident.deleteMany({ where: incidents, limit })),
        mail: await inChunks((limit) => db.notification.deleteMany({ where: mail, limit })),
        audit: await inChunks((limit) => db.auditEntry.deleteMany({ where: { at: before }, limit })),
        writes: await inChunks((limit) => db.repeatableWrite.deleteMany({ where: writes, limit })),
      };
    },
  };
}

async function inChunks(erase: (limit: number) => Promise<Readonly<{ count: number }>>): Promise<number> {
  for (let erased = 0; ; ) {
    const { count } = await erase(CHUNK);
    erased += count;
    if (count < CHUNK) return erased;
  }
}
