import type { AssessmentContext } from '../../domain/polling/assess-poll.ts';
import { soonerPoll } from '../../domain/polling/poll-plan.ts';
import type { Clock, Log, PollStore } from '../ports.ts';

/** Tenants moved by one statement. */
const PAGE = 500;

export type ReplanPorts = Readonly<{ clock: Clock; log: Log; polls: PollStore }>;

/** A changed global schedule counts from now on, not only after the polls that the old one planned. May run again. */
export async function replanPolls(
  { clock, log, polls }: ReplanPorts,
  context: Pick<AssessmentContext, 'planRegularPoll'>,
): Promise<void> {
  const now = clock.now();
  let moved = 0;
  for (let after: string | null = ''; after !== null; ) {
    const page = await polls.replan({ after, limit: PAGE }, (tenant) =>
      soonerPoll(tenant, context.planRegularPoll(tenant, now).nextPollAt),
    );
    moved += page.moved;
    after = page.last;
  }
  if (moved > 0)
    log.info({ moved }, 'polls moved forward: the schedule asks for them sooner than when they were planned');
}
