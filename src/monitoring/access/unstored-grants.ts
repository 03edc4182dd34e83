import { type NewGrant, type StoringDecision, storingOf } from '../../domain/model/grant.ts';
import { SECOND_MS } from '../../domain/model/time.ts';
import { decideGrantFound } from '../../domain/tenants/change-tenant.ts';
import { inTime } from '../in-time.ts';
import type { Clock, GrantStore, Log, RecordStore } from '../ports.ts';
import type { Lease } from './refresh-lease.ts';

const RETRY_MS = SECOND_MS;
/** An attempt that hangs is given up for a new one: storing a grant twice does no harm. */
const LONGEST_ATTEMPT_MS = 10 * SECOND_MS;

/** What a refresh gave for the refresh token that was presented. */
export type Refreshed = Readonly<{
  tenantId: string;
  presented: Readonly<{ refreshToken: string; revision: number }>;
  grant: NewGrant;
  /** `tryRefresh` ends the lease; where the grant waits to be stored, the lease ends when the grant is stored. */
  lease: Lease;
}>;

type Stored = 'stored' | Extract<StoringDecision['kind'], 'superseded' | 'tenant_gone'>;

/**
 * New grants that are not stored yet. The refresh token in the store is spent by then, so a grant that the store does
 * not take is kept, used from memory, and stored as soon as that is possible, as long as the process lives.
 */
export type UnstoredGrants = Readonly<{
  /** Tries once before it returns; `waiting`: that failed, and is tried again until it succeeds. */
  store(refreshed: Refreshed): Promise<Stored | 'waiting'>;
  /** Null when the tenant's newest grant is in the store. */
  of(tenantId: string): NewGrant | null;
  tenantIds(): readonly string[];
  /** Resolves when none waits. */
  settled(): Promise<void>;
}>;

export type UnstoredGrantsPorts = Readonly<{
  grants: GrantStore;
  records: Pick<RecordStore, 'change'>;
  clock: Clock;
  log: Log;
}>;

export function createUnstoredGrants(ports: UnstoredGrantsPorts): UnstoredGrants {
  const { clock, log } = ports;
  const newest = new Map<string, NewGrant>();
  const queue: Refreshed[] = [];
  let storing: Promise<void> | null = null;

  async function tryToStore(refreshed: Refreshed): Promise<Stored | Readonly<{ error: unknown }>> {
    const { tenantId } = refreshed;
    try {
      const stored = await inTime(storeAndReactivate(refreshed, ports), LONGEST_ATTEMPT_MS, clock);
      newest.delete(tenantId);
      if (stored !== 'stored') log.warn({ tenantId, reason: stored }, 'a refreshed grant was dropped for another one');
      return stored;
    } catch (error) {
      return { error };
    }
  }

  async function storeAll(): Promise<void> {
    while (queue.length > 0) {
      await clock.sleep(RETRY_MS);
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        if (await storeWaiting(next)) continue;
        // Moved to the end of the queue, so that a grant that cannot be stored does not block the others.
        queue.push(next);
        break;
      }
    }
    storing = null;
  }

  async function storeWaiting(refreshed: Refreshed): Promise<boolean> {
    const { tenantId, lease } = refreshed;
    const stored = await tryToStore(refreshed);
    if (typeof stored === 'object') {
      log.debug({ tenantId, err: stored.error }, 'a new grant could still not be stored');
      return false;
    }
    if (stored === 'stored') log.info({ tenantId }, 'the new grant that waited is stored');
    await lease.end();
    return true;
  }

  return {
    async store(refreshed) {
      const { tenantId, grant } = refreshed;
      newest.set(tenantId, grant);
      const stored = await tryToStore(refreshed);
      if (typeof stored !== 'object') return stored;
      log.warn({ tenantId, err: stored.error }, 'a new grant waits to be stored, and is used from memory meanwhile');
      queue.push(refreshed);
      storing ??= storeAll();
      return 'waiting';
    },
    of: (tenantId) => newest.get(tenantId) ?? null,
    tenantIds: () => [...newest.keys()],
    settled: async () => void (await storing),
  };
}

async function storeAndReactivate(refreshed: Refreshed, ports: UnstoredGrantsPorts): Promise<Stored> {
  const stored = await storeOnce(refreshed, ports);
  if (stored === 'stored' && !refreshed.lease.isHeld()) {
    const now = ports.clock.now();
    await ports.records.change([refreshed.tenantId], (records) => ({
      updates: records.map((record) => decideGrantFound(record, now)),
      result: undefined,
    }));
  }
  return stored;
}

/**
 * Stores the grant. The answer is the same when an earlier attempt, whose own answer was lost, has stored it already.
 */
async function storeOnce({ tenantId, presented, grant }: Refreshed, { grants }: UnstoredGrantsPorts): Promise<Stored> {
  for (let { revision } = presented; ; ) {
    if (await grants.replace(tenantId, revision, grant)) return 'stored';
    const stored = await grants.read(tenantId);
    const decision = storingOf({ presented: presented.refreshToken, refreshed: grant }, stored);
    if (decision.kind === 'stored_before') return 'stored';
    if (decision.kind !== 'store') return decision.kind;
    revision = decision.overRevision;
  }
}
