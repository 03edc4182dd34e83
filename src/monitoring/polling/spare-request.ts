import type { Instant } from '../../domain/model/time.ts';
import type { Demand } from '../../domain/polling/day-plan.ts';
import { hasRoomForLook, type PageLook } from '../../domain/polling/page-look.ts';
import type { ApiResult, Clock } from '../ports.ts';
import type { RequestQuota } from '../request-quota.ts';

export type SpareRequestPorts = Readonly<{
  clock: Clock;
  quota: RequestQuota;
  /** What the schedules ask for, which a look must leave room for. */
  readDemand(): Promise<Demand>;
}>;

/** Sends a request besides a poll's own, if one is left that no poll needs; null: none is. */
export async function sendSpareRequest<T>(
  why: PageLook,
  send: () => Promise<ApiResult<T>>,
  ports: SpareRequestPorts,
): Promise<ApiResult<T> | null> {
  const { clock, quota } = ports;
  const reservedAt = await takeRequest(why, ports);
  if (reservedAt === null) return null;
  const answer = await send().catch(async (error: unknown) => {
    // A request that rejects was not sent.
    await quota.giveBack({ count: 1, reservedAt });
    throw error;
  });
  if (!answer.ok && answer.failure.kind === 'quota_exceeded') await quota.exhaust(clock.now());
  return answer;
}

/** When the request was reserved; null when none is left. */
async function takeRequest(why: PageLook, { clock, quota, readDemand }: SpareRequestPorts): Promise<Instant | null> {
  const now = clock.now();
  const demand = await readDemand();
  if (!hasRoomForLook(why, await quota.today(now), { demand, now })) return null;
  return (await quota.reserve({ count: 1, purpose: 'priority', now })) === 1 ? now : null;
}
