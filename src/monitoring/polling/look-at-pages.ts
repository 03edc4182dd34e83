import { joinPages } from '../../domain/detection/join-pages.ts';
import type { ConnectionPages } from '../../domain/model/connection.ts';
import type { Instant } from '../../domain/model/time.ts';
import { hasRoomForLook, pageLookDue } from '../../domain/polling/page-look.ts';
import type { Demand } from '../../domain/polling/poll-plan.ts';
import type { Clock, ConnectionsAnswer, ConstantContact, Log, PollStore, QuotaStore } from '../ports.ts';

export type LookAtPagesPorts = Readonly<{
  clock: Clock;
  log: Log;
  polls: Pick<PollStore, 'pageLook'>;
  quota: Pick<QuotaStore, 'today' | 'reserve' | 'exhaust' | 'giveBack'>;
  /** What the schedules ask for, which a look must leave room for. */
  readDemand(): Promise<Demand>;
  constantContact: Pick<ConstantContact, 'fetchProfiles'>;
}>;

/** A tenant whose poll was just answered; the signal ends the wait for a slot. */
export type Polled = Readonly<{
  tenantId: string;
  accessToken: string;
  answer: ConnectionsAnswer;
  signal?: AbortSignal | undefined;
}>;

/**
 * Asks the second witness about the pages of the polled connections when that is due, and a request is left that no
 * poll needs. Undefined when it was not asked, nothing at all when it failed: the poll counts without it.
 */
export async function lookAtPages(
  polled: Polled,
  ports: LookAtPagesPorts,
): Promise<readonly ConnectionPages[] | undefined> {
  const { tenantId, signal } = polled;
  try {
    const reservedAt = await takeLook(tenantId, ports);
    return reservedAt === null ? undefined : await look(polled, reservedAt, ports);
  } catch (error) {
    if (error !== signal?.reason) ports.log.warn({ err: error, tenantId }, 'the pages could not be looked at');
    return undefined;
  }
}

/** When a request was reserved for the look; null when none is to be sent. */
async function takeLook(
  tenantId: string,
  { clock, polls, quota, readDemand }: LookAtPagesPorts,
): Promise<Instant | null> {
  const now = clock.now();
  const asked = await polls.pageLook(tenantId);
  const due = asked === null ? null : pageLookDue(asked, now);
  if (due === null) return null;
  const demand = await readDemand();
  if (!hasRoomForLook(due, await quota.today(now), { demand, now })) return null;
  return (await quota.reserve({ count: 1, purpose: 'recheck', now })) === 1 ? now : null;
}

async function look(
  { tenantId, accessToken, answer, signal }: Polled,
  reservedAt: Instant,
  { constantContact, quota, clock, log }: LookAtPagesPorts,
): Promise<readonly ConnectionPages[]> {
  const profiles = await constantContact.fetchProfiles(accessToken, signal).catch(async (error: unknown) => {
    // A fetch that rejects has sent nothing.
    await quota.giveBack({ count: 1, reservedAt });
    throw error;
  });
  if (profiles.ok) return joinPages(answer.connections, profiles.value);
  const { kind, detail } = profiles.failure;
  log.debug({ tenantId, kind, detail }, 'the pages could not be looked at');
  if (kind === 'quota_exceeded') await quota.exhaust(clock.now());
  return [];
}
