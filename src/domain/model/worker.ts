import { type Instant, MINUTE_MS, SECOND_MS } from './time.ts';

/** The kinds of work that a worker may be told to do, and no other: `linkwatch start --only poll,mail`. */
export const workerRoles = ['poll', 'mail', 'webhooks', 'http'] as const;

export type WorkerRole = (typeof workerRoles)[number];

/** What comes due in batches: tenants to be polled, mails, or endpoints that events are sent to. */
export type BatchKind = Exclude<WorkerRole, 'http'>;

/** A process of `linkwatch start`. Times are the database's clock, which all workers share. */
export type Worker = Readonly<{
  /** The name that it gave itself. */
  id: string;
  host: string;
  pid: number;
  version: string;
  roles: readonly WorkerRole[];
  startedAt: Instant;
  lastSeenAt: Instant;
  /** How far its own clock is ahead; negative where it is behind. */
  clockAheadMs: number;
  /** What it has done between its last two reports. */
  done: WorkDone;
}>;

export type WorkDone = Readonly<{ polls: number; mails: number; webhooks: number }>;

/** How often a worker says that it is there. */
export const REPORT_EVERY_MS = 10 * SECOND_MS;
/** A worker that says nothing for so long is dead, or cannot reach the database: others do what it had claimed. */
export const DEAD_AFTER_MS = MINUTE_MS;

/** Its last report is at most two and a half report intervals old. */
export function isHeardOf({ lastSeenAt }: Pick<Worker, 'lastSeenAt'>, now: Instant): boolean {
  return now - lastSeenAt <= 2.5 * REPORT_EVERY_MS;
}
