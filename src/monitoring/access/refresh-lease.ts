import { MINUTE_MS, SECOND_MS } from '../../domain/model/time.ts';
import type { Clock, GrantStore, Log, NewId } from '../ports.ts';
import type { RetriedWrites } from '../retried-writes.ts';
import { slept } from '../slept.ts';

/** The others wait so long at most for a process that died before it presented the refresh token. */
export const REFRESH_LEASE_MS = 30 * SECOND_MS;
/** Longer once the token is presented, to outlast a database that is away: another process would present it again. */
const PRESENTING_LEASE_MS = 3 * MINUTE_MS;
const RENEW_MS = 15 * SECOND_MS;

/** The right of one process to refresh a tenant's grant. */
export type Lease = Readonly<{
  /** To be asked right before the refresh token is presented: false when another process has the lease by now. */
  extend(): Promise<boolean>;
  /** False when another process may have taken it over, and found the refresh token spent. */
  isHeld(): boolean;
  /** Renewed until then. */
  end(): Promise<void>;
}>;

type LeaseOptions = Readonly<{
  grants: GrantStore;
  clock: Clock;
  log: Log;
  newHolder: NewId;
  retriedWrites: RetriedWrites;
}>;

/** Null when another process has it. */
export async function takeLease(tenantId: string, options: LeaseOptions): Promise<Lease | null> {
  const { grants, clock, log } = options;
  // A name for this lease alone: to give it back late never ends a later one.
  const holder = options.newHolder();
  const unlock = () =>
    options.retriedWrites.giveBack('the lease of a refresh', () => grants.unlockRefresh({ tenantId, holder }));
  let heldUntil = clock.now();
  const lock = async (ms: number, now = clock.now()) => {
    const isOurs = await grants.lockRefresh({ tenantId, holder, leaseMs: ms });
    if (isOurs && now <= heldUntil) heldUntil = now + ms;
    return isOurs;
  };
  try {
    if (!(await lock(REFRESH_LEASE_MS, heldUntil))) return null;
  } catch (error) {
    // The store may have given the lease, and its answer was lost.
    await unlock();
    throw error;
  }
  const over = new AbortController();
  let renewing: Promise<void> | null = null;

  async function renewUntilOver(): Promise<void> {
    while (await slept(clock, RENEW_MS, over.signal)) {
      await lock(PRESENTING_LEASE_MS).then(
        (isOurs) => isOurs || log.warn({ tenantId }, 'another process took over a refresh that is still under way'),
        (error: unknown) => log.debug({ tenantId, err: error }, 'could not renew the lease of a refresh'),
      );
    }
  }

  return {
    async extend() {
      const now = clock.now();
      heldUntil = Math.max(heldUntil, now);
      const isOurs = await lock(PRESENTING_LEASE_MS, now);
      if (isOurs) renewing ??= renewUntilOver();
      return isOurs;
    },
    isHeld: () => clock.now() <= heldUntil,
    async end() {
      over.abort();
      await renewing;
      await unlock();
    },
  };
}
