import { soonerPoll } from '../../domain/polling/poll-plan.ts';
import type { Clock, Log, Stores } from '../ports.ts';
import type { PollPlan } from './record-polls.ts';

/** Tenants moved by one statement: so few that polls and pages hardly wait for it where the database is embedded. */
const PAGE = 100;

export type ReplanPorts = Pick<Stores, 'polls'> &
  Readonly<{ clock: Clock; log: Log; readPollPlan(): Promise<PollPlan> }>;

/**
 * What has changed since polls were planned (POLL_SCHEDULE, the quota) counts from now on. May run again, and beside
 * rounds: a tenant that was asked meanwhile is planned by that poll.
 */
export async function replanPolls(
  { clock, log, polls, readPollPlan }: ReplanPorts,
  signal?: AbortSignal,
): Promise<void> {
  const planRegularPoll = await readPollPlan();
  const now = clock.now();
  let moved = 0;
  for (let after: string | null = ''; after !== null && signal?.aborted !== true; ) {
    const page = await polls.replan({ after, limit: PAGE }, (tenant) =>
      soonerPoll(tenant, planRegularPoll(tenant, now).nextPollAt),
    );
    moved += page.moved;
    after = page.last;
  }
  if (moved > 0)
    log.info({ moved }, 'polls moved forward: the schedule asks for them sooner than when they were planned');
}
