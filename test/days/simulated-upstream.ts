import type { ObservedConnection } from '../../src/domain/model/connection.ts';
import { failureOf } from '../../src/domain/model/poll.ts';
import { DAY_MS, type Instant, SECOND_MS } from '../../src/domain/model/time.ts';
import type { ApiResult, Clock, ConnectionsAnswer, ConstantContact, RequestSlots } from '../../src/monitoring/ports.ts';
import { anObservedConnection } from '../support/builders.ts';

export type KeyLimits = Readonly<{ perSecond: number; perDay: number }>;

/** How Constant Contact does for a time: it answers nothing, or what no answer is. */
export type Outage = Readonly<{ from: Instant; until: Instant; kind: 'server' | 'timeout' }>;

export type Arrival = Readonly<{ at: Instant; tenantId: string; isAnswered: boolean }>;

/** Constant Contact as one key asks it: it counts every request that arrives, and enforces its limits. */
export type SimulatedUpstream = Readonly<{
  arrivals: Arrival[];
  /** Refused for one request too many, of a second or of the day. */
  refused(): number;
  /** As this process asks it. */
  askedBy(asking: Readonly<{ slots: RequestSlots; clock: Clock }>): Pick<ConstantContact, Asked>;
}>;

type Asked = 'fetchConnections' | 'fetchProfiles' | 'fetchPrivileges';

export type UpstreamSetup = Readonly<{
  limits: KeyLimits;
  /** Used before the beginning, by whoever else has the key. */
  usedBefore: Readonly<{ at: Instant; requests: number }>;
  outages: readonly Outage[];
  chance: () => number;
  /** Whether the tenant's connection is broken at that moment. */
  isBroken: (tenantId: string, at: Instant) => boolean;
}>;

/** What the network adds to the moment at which a request was sent: less than the limiter's margin. */
const LONGEST_WAY_MS = 55;
const TIMEOUT_MS = 30 * SECOND_MS;

export function simulatedUpstream({ limits, usedBefore, outages, chance, isBroken }: UpstreamSetup): SimulatedUpstream {
  const arrivals: Arrival[] = [];
  const days = new Map<number, number>([[dayOf(usedBefore.at), usedBefore.requests]]);
  let refused = 0;

  function refusalOf(at: Instant) {
    const inSecond = arrivals.slice(-limits.perSecond).filter((arrival) => at - arrival.at < SECOND_MS).length;
    const today = (days.get(dayOf(at)) ?? 0) + 1;
    days.set(dayOf(at), today);
    if (inSecond >= limits.perSecond) return failureOf('throttled', 'too many in a second');
    return today > limits.perDay ? failureOf('quota_exceeded', 'too many in a day') : null;
  }

  async function arrive<T>(tenantId: string, clock: Clock, answer: (at: Instant) => T): Promise<ApiResult<T>> {
    await clock.sleep(Math.floor(chance() * LONGEST_WAY_MS));
    const at = clock.now();
    const outage = outages.find(({ from, until }) => from <= at && at < until);
    const refusal = refusalOf(at);
    arrivals.push({ at, tenantId, isAnswered: outage === undefined });
    if (refusal !== null) refused += 1;
    await clock.sleep(outage?.kind === 'timeout' ? TIMEOUT_MS : 100 + Math.floor(chance() * 300));
    if (outage !== undefined) return { ok: false, failure: failureOf(outage.kind, 'down') };
    return refusal === null ? { ok: true, value: answer(at) } : { ok: false, failure: refusal };
  }

  return {
    arrivals,
    refused: () => refused,
    askedBy: ({ slots, clock }) => ({
      // A tenant's access token is its id.
      fetchConnections: async (tenantId, { signal, onSend } = {}) => {
        await slots.take(signal);
        onSend?.();
        return await arrive(tenantId, clock, (at): ConnectionsAnswer => connectionsOf(isBroken(tenantId, at)));
      },
      fetchProfiles: async (tenantId, signal) => {
        await slots.take(signal);
        return await arrive(tenantId, clock, () => ({ pages: [], isWhole: true }));
      },
      fetchPrivileges: async () => ({ ok: true, value: [] }),
    }),
  };
}

function connectionsOf(isBroken: boolean): ConnectionsAnswer {
  const connection: ObservedConnection = anObservedConnection({ tokenIsValid: !isBroken });
  return { connections: [connection], isPartial: false };
}

function dayOf(at: Instant): number {
  return Math.floor(at / DAY_MS);
}

/** By UTC day. */
export function requestsByDay(arrivals: readonly Arrival[]): ReadonlyMap<number, number> {
  return new Map([...Map.groupBy(arrivals, ({ at }) => dayOf(at))].map(([day, own]) => [day, own.length]));
}
