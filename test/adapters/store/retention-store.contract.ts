import { describe, expect, it } from '@jest/globals';
import { DAY_MS } from '../../../src/domain/model/time.ts';
import type { Stores } from '../../../src/monitoring/ports.ts';
import {
  aChange,
  aConnection,
  aContact,
  aFault,
  aHold,
  aNotification,
  anApiKey,
  anAuditEntry,
  anIncident,
  anOperatorNotification,
  anUpdate,
  aPoll,
  aSnapshot,
  aTenant,
  aTopic,
  NOW,
} from '../../support/builders.ts';
import { NOTHING_PRUNED } from '../../support/nothing-pruned.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';
import { storeOperatorMail } from '../../support/store-records.ts';

/** Of everybody's. */
const firstPage = { cursor: null, limit: 100 };
const OLD = NOW - 500 * DAY_MS;
const limits = { pollsBefore: NOW - 30 * DAY_MS, historyBefore: NOW - 400 * DAY_MS, writesBefore: NOW - DAY_MS };

export function retentionContract(fresh: FreshStore): void {
  describe('what is too old', () => {
    it('keeps everything that is young, current, open or still to be sent, however old', async () => {
      const store = await storeWithConnections(fresh);
      await save(store, {
        poll: aPoll({ at: limits.pollsBefore }),
        newSnapshots: [aSnapshot({ id: 'current', from: OLD, to: OLD })],
        changes: [aChange({ at: limits.historyBefore })],
        incidents: [anIncident({ openedAt: OLD }), closedIncident('young', limits.historyBefore)],
        notifications: [
          aNotification({ id: 'of-open', state: 'sent', createdAt: OLD }),
          aNotification({ id: 'of-young', state: 'sent', createdAt: OLD, topics: [aTopic({ incidentId: 'young' })] }),
          aNotification({ id: 'pending', createdAt: OLD, topics: [] }),
          aNotification({ id: 'held', state: 'held', createdAt: OLD, topics: [] }),
        ],
      });
      await store.audit.add(anAuditEntry({ at: limits.historyBefore }));
      expect(await store.retention.prune(limits)).toEqual(NOTHING_PRUNED);
    });

    it('erases the rest: polls, past periods, changes, closed incidents with their mail, the operator’s, and the audit', async () => {
      const store = await storeWithConnections(fresh);
      await save(store, {
        poll: aPoll({ at: limits.pollsBefore - 1 }),
        newSnapshots: [
          aSnapshot({ id: 'past', from: OLD, to: OLD }),
          aSnapshot({ id: 'overlapping', from: OLD, to: limits.historyBefore }),
          aSnapshot({ id: 'current', from: NOW, to: NOW }),
        ],
        changes: [aChange({ at: OLD })],
        incidents: [closedIncident('closed', OLD)],
        notifications: [
          aNotification({ state: 'sent', createdAt: OLD, topics: [aTopic({ incidentId: 'closed' })] }),
          aNotification({ id: 'failed', state: 'failed', createdAt: OLD, topics: [] }),
        ],
      });
      await storeOperatorMail(store, anOperatorNotification({ state: 'sent', createdAt: OLD }));
      await store.audit.add(anAuditEntry({ id: 'old', at: limits.historyBefore - 1 }));
      await store.audit.add(anAuditEntry({ id: 'young', at: limits.historyBefore }));
      expect(await store.retention.prune(limits)).toEqual({
        ...NOTHING_PRUNED,
        audit: 1,
        polls: 1,
        snapshots: 1,
        changes: 1,
        incidents: 1,
        mail: 3,
      });
      expect(await store.retention.prune(limits)).toEqual(NOTHING_PRUNED);
      const left = await store.history.periods({ tenantId: 'tenant-1', from: 0, to: NOW });
      expect(left.map(({ id }) => id)).toEqual(['overlapping', 'current']);
      expect((await store.audit.list(firstPage)).items.map(({ id }) => id)).toEqual(['young']);
    });

    it('erases the book of digests, the requests of each day, and faults and holds that have ended', async () => {
      const store = await fresh();
      for (const at of [limits.historyBefore - DAY_MS, limits.historyBefore + DAY_MS]) {
        await store.digests.write(`day of ${at}`, at, []);
        await store.quota.reserve(
          { key: 'client', perDay: 0, reserveShare: 0 },
          { count: 1, purpose: 'regular', now: at },
        );
        const times = { since: at, confirmedAt: at };
        await store.faults.save(null, aFault({ id: `ended ${at}`, ...times, endedAt: at }), []);
        const hold = aHold({ id: `ended ${at}`, beganAt: at });
        await store.holds.begin(hold, []);
        await store.holds.end({ ...hold, endedAt: at, endReason: 'released' }, []);
      }
      await store.faults.save(null, aFault({ id: 'open', since: OLD, endedAt: null }), []);
      await store.holds.begin(aHold({ id: 'active', beganAt: OLD }), []);
      expect(await store.retention.prune(limits)).toEqual({ ...NOTHING_PRUNED, days: 2, troubles: 2 });
      expect(await store.retention.prune(limits)).toEqual(NOTHING_PRUNED);
      expect(await store.faults.open()).toHaveLength(1);
      expect(await store.holds.active()).toHaveLength(1);
    });

    it('erases a sign-in that ended long ago, and no key of a program', async () => {
      const store = await fresh();
      const expiresAt = limits.pollsBefore - 1;
      await store.apiKeys.add(anApiKey({ id: 'session', purpose: 'session', expiresAt }), 'hash of a session');
      await store.apiKeys.add(anApiKey({ id: 'program', expiresAt }), 'hash of a key');
      await store.apiKeys.add(anApiKey({ id: 'young', purpose: 'session', expiresAt: NOW }), 'hash of a young session');
      expect(await store.retention.prune(limits)).toEqual({ ...NOTHING_PRUNED, sessions: 1 });
      expect(await store.apiKeys.findByHash('hash of a session')).toBeNull();
    });

    it('stops between two of its pieces when it is told to, and goes on from there', async () => {
      const store = await storeWithConnections(fresh);
      await save(store, { changes: Array.from({ length: 600 }, (_, n) => aChange({ id: `change-${n}`, at: OLD })) });
      expect(await store.retention.prune({ ...limits, signal: AbortSignal.abort() })).toEqual(NOTHING_PRUNED);
      expect(await store.retention.prune(limits)).toEqual({ ...NOTHING_PRUNED, changes: 600 });
    });

    it('erases any number of rows', async () => {
      const store = await storeWithConnections(fresh);
      const changes = Array.from({ length: 2500 }, (_, n) => aChange({ id: `change-${n}`, at: OLD }));
      await save(store, { changes });
      expect(await store.retention.prune(limits)).toEqual({ ...NOTHING_PRUNED, changes: 2500 });
    });
  });
}

function closedIncident(id: string, closedAt: number) {
  return anIncident({ id, state: 'closed', openedAt: OLD, closedAt, closeReason: 'recovered' });
}

async function storeWithConnections(fresh: FreshStore): Promise<Stores> {
  const store = await fresh();
  await store.tenants.add([{ tenant: aTenant(), contacts: [aContact()], grant: null }]);
  await save(store, { connections: [aConnection({ period: null })] });
  return store;
}

async function save(store: Stores, given: Parameters<typeof anUpdate>[0]): Promise<void> {
  const updates = [anUpdate(given)];
  await store.records.change(['tenant-1'], () => ({ updates, result: null }));
}
