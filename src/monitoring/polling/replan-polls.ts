import { soonerPoll } from '../../domain/polling/poll-plan.ts';
import type { Clock, Log, Stores } from '../ports.ts';
import type { PollPlan } from './record-polls.ts';

/** Tenants moved by one statement. */
const PAGE = 500;

export type ReplanPorts = Pick<Stores, 'polls'> &
  Readonly<{ clock: Clock; log: Log; readPollPlan(): Promise<PollPlan> }>;

/** What has changed since polls were planned (POLL_SCHEDULE, the quota) counts from now on. May run again. */
export async function replanPolls({ clock, log, polls, readPollPlan }: ReplanPorts): Promise<void> {
  const planRegularPoll = await readPollPlan();
  const now = clock.now();
  let moved = 0;
  for (let after: string | null = ''; after !== null; ) {
    const page = await polls.replan({ after, limit: PAGE }, (tenant) =>
      soonerPoll(tenant, planRegularPoll(tenant, now).nextPollAt),
    );
    moved += page.moved;
    after = page.last;
  }
  if (moved > 0)
    log.info({ moved }, 'polls moved forward: the schedule asks for them sooner than when they were planned');
}
