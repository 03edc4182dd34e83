import type { RoundScope, RoundTally } from '../application.ts';
import type { PageHandler, PageHandlers } from '../ports.ts';
import type { Work, WorkOptions } from './create-work.ts';

/** A piece of work by its name, with ids alone, so that a queue can carry it. */
export type Job = Readonly<{ kind: 'round'; tenants: RoundScope }> | Readonly<{ kind: Exclude<keyof Work, 'round'> }>;

/** The daemon does these jobs once, before any other: the schedule may have changed while no daemon ran. */
export const firstJobs: readonly Job[] = [{ kind: 'replan' }];

/** The daemon's timetable. The jobs of an entry are done in their order, one run at a time. Cron with seconds, UTC. */
export const timetable: readonly Readonly<{ name: string; expression: string; jobs: readonly Job[] }>[] = [
  { name: 'round', expression: '* * * * * *', jobs: [{ kind: 'round', tenants: 'due' }] },
  { name: 'mail', expression: '* * * * * *', jobs: [{ kind: 'digest' }, { kind: 'newAccess' }, { kind: 'deliver' }] },
  { name: 'grants', expression: '0 41 * * * *', jobs: [{ kind: 'refreshIdle' }] },
  // Apart from the mail: a receiver that hangs keeps no mail waiting.
  { name: 'webhooks', expression: '* * * * * *', jobs: [{ kind: 'webhooks' }] },
  { name: 'retention', expression: '0 17 * * * *', jobs: [{ kind: 'retention' }] },
];

export type JobOptions = WorkOptions & Readonly<{ onRound?(tally: RoundTally): void }>;

export async function doJobs(jobs: readonly Job[], work: Work, options: JobOptions = {}): Promise<void> {
  for (const job of jobs) {
    if (job.kind === 'round') {
      const tally = await work.round(job.tenants, options);
      options.onRound?.(tally);
    } else {
      await work[job.kind](options);
    }
  }
}

/** What a worker does with the pages that a queue hands to it. */
export function pageHandlers(work: Work, options: Omit<JobOptions, 'signal' | 'page'> = {}): PageHandlers {
  const poll: PageHandler = async (page, signal) => {
    const tally = await work.round({ dueAmong: page }, { ...options, signal });
    options.onRound?.(tally);
  };
  return {
    poll,
    mail: async (page, signal) => void (await work.deliver({ ...options, signal, page })),
    webhooks: async (page, signal) => void (await work.webhooks({ ...options, signal, page })),
  };
}
