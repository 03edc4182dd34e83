import type { Instant } from '../../domain/model/time.ts';
import type { Viewer } from '../viewer.ts';
import type { ReplayReport, RoundSummary } from '../views.ts';

export type Rounds = Readonly<{
  /** One round, and the mail that is due. A viewer of one tenant asks for that tenant alone, and the daemon mails. */
  run(viewer: Viewer, round: RoundRequest): Promise<RoundSummary>;
}>;

/** Tenants whose time has come, every tenant that may be polled, or those named; unknown ids are left out. */
export type RoundScope = 'due' | 'all' | readonly string[];

export type RoundRequest = Readonly<{
  tenants: RoundScope;
  /** Aborted when the process is to end: nothing more is begun; what is in flight is finished. */
  signal?: AbortSignal | undefined;
  onProgress(done: number, total: number): void;
}>;

/** The polls of a round; the mail that followed is counted by its delivery. */
export type RoundTally = Omit<RoundSummary, 'mail' | 'requests'>;

export type Replays = Readonly<{
  /** The mail that the configured alert rules would have sent over stored history. Only reads. */
  run(viewer: Viewer, request: ReplayRequest): Promise<ReplayReport>;
}>;

export type ReplayRequest = Readonly<{
  /** Null: all. */
  tenantIds: readonly string[] | null;
  from: Instant;
  to: Instant;
  onProgress(done: number, total: number): void;
}>;
