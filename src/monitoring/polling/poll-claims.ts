import { type Instant, MINUTE_MS } from '../../domain/model/time.ts';
import { waitAfterFailuresMs } from '../../domain/polling/waits.ts';
import { batchesOf } from '../batches.ts';
import type { ClaimedTurn, Clock, Stores, TenantsBack } from '../ports.ts';
import type { RetriedWrites } from '../retried-writes.ts';
import { StoreUnavailable } from '../store-unavailable.ts';

/** Tenants of a process that died are due again after this. */
const LEASE_MS = 10 * MINUTE_MS;
/** Before it ends: whoever has not been asked by then is left to others, who might ask as well. */
const LEFT_TO_OTHERS_MS = MINUTE_MS;
/** A statement each. */
const GIVEN_BACK_AT_ONCE = 1_000;

/** What this process claims: by round, and how often each tenant has failed. */
export type PollClaims = Readonly<{ begin(applicationId: string | null): RoundClaims }>;

/** The tenants of one application that one round has claimed. */
export type RoundClaims = Readonly<{
  /** Claims tenants that were due when the round began; none twice, even if its claim has run out meanwhile. */
  claim(which: ClaimedTurn, limit: number, among?: readonly string[]): Promise<readonly string[]>;
  /** What was due then and nobody has claimed. */
  unclaimed(limit: number): Promise<readonly string[]>;
  /** False once a tenant's claim is about to end; true also of one that was not claimed. */
  isSure(tenantId: string): boolean;
  /** Their polls are stored, which has ended their claims. */
  done(tenantIds: readonly string[]): void;
  /** For reasons of our own, a tenant was not asked or its answer not stored. */
  failed(tenantIds: readonly string[]): void;
  /** A tenant that cannot be asked yet is due again after `afterMs`. */
  putOff(tenantId: string, afterMs: number): void;
  /** Gives back all that is still claimed; what has not failed, and was not put off, is due again after `afterMs`. */
  giveBack(afterMs: number): Promise<void>;
}>;

export type PollClaimsPorts = Pick<Stores, 'polls'> &
  Readonly<{
    /** Names this process in its claims. */
    holder: string;
    retriedWrites: RetriedWrites;
    clock: Clock;
  }>;

export function createPollClaims(ports: PollClaimsPorts): PollClaims {
  const failuresInARow = new Map<string, number>();
  let rounds = 0;
  return {
    begin: (applicationId) => {
      rounds += 1;
      return createRoundClaims({ ...ports, applicationId, holder: `${ports.holder}/${rounds}` }, failuresInARow);
    },
  };
}

function createRoundClaims(
  { polls, holder, retriedWrites, clock, applicationId }: PollClaimsPorts & Readonly<{ applicationId: string | null }>,
  failuresInARow: Map<string, number>,
): RoundClaims {
  const now = clock.now();
  /** When each was claimed. */
  const claimed = new Map<string, Instant>();
  const failed = new Set<string>();
  const putOff = new Map<string, number>();
  /** The store may have claimed tenants whose names have not arrived. */
  let isUnsure = false;

  async function giveBackTenants(back: TenantsBack): Promise<void> {
    await retriedWrites.giveBack('claimed tenants', () => polls.giveBackTenants(back));
  }

  return {
    unclaimed: (limit) => polls.dueTenants({ now, applicationId, limit }),
    async claim(which, limit, among) {
      try {
        const claim = { now, holder, leaseMs: LEASE_MS, limit, applicationId, which, among };
        const ids = await polls.claimDueTenants(claim);
        const at = clock.now();
        for (const id of ids) claimed.set(id, at);
        return ids;
      } catch (error) {
        isUnsure ||= !(error instanceof StoreUnavailable) || error.mayBeDone;
        throw error;
      }
    },
    isSure(tenantId) {
      const at = claimed.get(tenantId);
      return at === undefined || clock.now() - at < LEASE_MS - LEFT_TO_OTHERS_MS;
    },
    done(tenantIds) {
      for (const id of tenantIds) {
        claimed.delete(id);
        failuresInARow.delete(id);
      }
    },
    failed(tenantIds) {
      for (const id of tenantIds) {
        failed.add(id);
        failuresInARow.set(id, (failuresInARow.get(id) ?? 0) + 1);
      }
    },
    putOff(tenantId, ms) {
      putOff.set(tenantId, ms);
    },
    async giveBack(afterMs) {
      const waitOf = (id: string) =>
        failed.has(id) ? waitAfterFailuresMs(failuresInARow.get(id) ?? 0) : (putOff.get(id) ?? afterMs);
      const rest = [...claimed.keys()].map((id) => ({ id, afterMs: waitOf(id) }));
      for (const tenants of batchesOf(rest, GIVEN_BACK_AT_ONCE)) await giveBackTenants({ holder, tenants });
      if (isUnsure) await giveBackTenants({ holder, tenants: 'all' });
    },
  };
}
