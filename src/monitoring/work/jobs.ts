import type { WorkerRole } from '../../domain/model/worker.ts';
import type { RoundScope, RoundTally } from '../application.ts';
import { EMPTY_TALLY } from '../polling/record-polls.ts';
import type { Agenda, BatchHandler, BatchHandlers } from '../ports.ts';
import type { Work, WorkOptions } from './create-work.ts';

/** A piece of work by its name, with ids alone, so that a queue can carry it. */
export type Job = Readonly<{ kind: 'round'; tenants: RoundScope }> | Readonly<{ kind: Exclude<keyof Work, 'round'> }>;

const EVERY_SECOND = '* * * * * *';

/** The daemon's timetable. The jobs of an entry are done in their order, one run at a time. Cron with seconds, UTC. */
export const timetable: readonly TimetableEntry[] = [
  // Beside the rounds, for it takes long in a large fleet; nothing is left to do once it has succeeded.
  { name: 'replan', role: 'poll', expression: EVERY_SECOND, jobs: [{ kind: 'replan' }] },
  { name: 'round', role: 'poll', expression: EVERY_SECOND, jobs: [{ kind: 'round', tenants: 'due' }] },
  {
    name: 'mail',
    role: 'mail',
    expression: EVERY_SECOND,
    jobs: [{ kind: 'digest' }, { kind: 'neverWorked' }, { kind: 'deliver' }],
  },
  { name: 'grants', role: 'poll', expression: '0 41 * * * *', jobs: [{ kind: 'refreshIdle' }] },
  // Apart from the mail: a receiver that hangs keeps no mail waiting.
  { name: 'webhooks', role: 'webhooks', expression: EVERY_SECOND, jobs: [{ kind: 'webhooks' }] },
  { name: 'retention', role: 'poll', expression: '0 17 * * * *', jobs: [{ kind: 'retention' }] },
];

/** Workers of that role do it. */
type TimetableEntry = Readonly<{ name: string; role: WorkerRole; expression: string; jobs: readonly Job[] }>;

export type JobOptions = WorkOptions &
  Readonly<{
    onRound?(tally: RoundTally): void;
    /** Tells what may be left out because nothing of it is due; without it, all jobs look for themselves. */
    readAgenda?(): Promise<Agenda>;
  }>;

export async function doJobs(jobs: readonly Job[], work: Work, options: JobOptions): Promise<void> {
  for (const job of jobs) {
    const isNeeded = await mayBeNeeded(job, options);
    if (job.kind === 'round') {
      const tally = isNeeded ? await work.round(job.tenants, options) : EMPTY_TALLY;
      options.onRound?.(tally);
    } else if (isNeeded) {
      await work[job.kind](options);
    }
  }
}

/** What a worker does with the batches that a queue hands to it. */
export function batchHandlers(
  work: Work,
  options: Omit<JobOptions, 'signal' | 'batch'>,
  roles: readonly WorkerRole[],
): BatchHandlers {
  const poll: BatchHandler = async (batch, signal) => {
    const tally = await work.round({ dueAmong: batch }, { ...options, signal });
    options.onRound?.(tally);
  };
  const mail: BatchHandler = async (batch, signal) => void (await work.deliver({ ...options, signal, batch }));
  const webhooks: BatchHandler = async (batch, signal) => void (await work.webhooks({ ...options, signal, batch }));
  return {
    ...(roles.includes('poll') && { poll }),
    ...(roles.includes('mail') && { mail }),
    ...(roles.includes('webhooks') && { webhooks }),
  };
}

const agendaFieldOf: Readonly<Partial<Record<Job['kind'], keyof Agenda>>> = {
  round: 'polls',
  neverWorked: 'neverWorked',
  deliver: 'mail',
  webhooks: 'webhooks',
};

async function mayBeNeeded({ kind }: Job, { readAgenda }: JobOptions): Promise<boolean> {
  const line = agendaFieldOf[kind];
  return line === undefined || readAgenda === undefined || (await readAgenda())[line];
}
