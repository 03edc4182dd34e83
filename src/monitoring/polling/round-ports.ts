import type { ClientApplication } from '../../domain/model/client-application.ts';
import type { Demand } from '../../domain/polling/day-plan.ts';
import type { ConstantContact, Observer, Stores, Surroundings, Upstreams, WorkQueue } from '../ports.ts';
import type { RequestQuota } from '../request-quota.ts';
import type { RetriedWrites } from '../retried-writes.ts';
import type { PollClaims, RoundClaims } from './poll-claims.ts';
import type { PollPermits } from './poll-permits.ts';
import type { Access } from './poll-tenant.ts';
import type { PollPlan } from './record-polls.ts';
import type { TokenTurns } from './token-turns.ts';
import type { BreakerWatch } from './watch-breaker.ts';

export type RoundPorts = Surroundings &
  Pick<Stores, 'polls' | 'quota' | 'rates' | 'records' | 'holds' | 'faults'> &
  Readonly<{
    access: Access;
    claims: PollClaims;
    retriedWrites: RetriedWrites;
    observer: Pick<Observer, 'polled'>;
    breaker: BreakerWatch;
    /** Null: nobody shares the work of this process. */
    queue: Pick<WorkQueue, 'offer'> | null;
    upstreams: Upstreams<PolledUpstream>;
    /** Requests in flight at once, for each application. */
    pollConcurrency: number;
    /** Keeps to that number, also where two rounds of this process overlap. */
    withPermit: PollPermits;
    /** Bounds how many tenants wait for a token at once. */
    tokenTurns: TokenTurns;
    /** What the application's schedules ask for. */
    readDemand(application: ClientApplication): Promise<Demand>;
    /** How polls are planned from here on; the intervals may be stretched. */
    readPollPlan(): Promise<PollPlan>;
  }>;

type PolledUpstream = Readonly<{
  constantContact: Pick<ConstantContact, 'fetchConnections' | 'fetchProfiles' | 'fetchPrivileges'>;
}>;

/** The ports of a round for the part of one application. */
export type OwnRoundPorts = Omit<RoundPorts, 'quota' | 'claims' | 'readDemand'> &
  Readonly<{
    application: ClientApplication;
    quota: RequestQuota;
    claims: RoundClaims;
    readDemand(): Promise<Demand>;
  }>;
