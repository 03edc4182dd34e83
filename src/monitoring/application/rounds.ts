import type { AlertSettings } from '../../domain/model/settings.ts';
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
  onProgress?(done: number, total: number): void;
}>;

/** The polls of a round; the mail that followed is counted by its delivery. */
export type RoundTally = Omit<RoundSummary, 'mail' | 'requests'>;

export type Replays = Readonly<{
  /**
   * The mail that the alert rules would have sent over stored history. Only reads. Whoever else is served by this
   * process has a turn every few milliseconds. Throws the signal's reason when that aborts.
   */
  run(viewer: Viewer, request: ReplayRequest): Promise<ReplayReport>;
}>;

export type ReplayRequest = Readonly<{
  /** Null: all. */
  tenantIds: readonly string[] | null;
  /** Null: as long as polls are kept. */
  from: Instant | null;
  to: Instant;
  /** The configured ones unless they are given. */
  settings?: AlertSettings;
  /** How many tenants are listed with their mail; all unless it is given. */
  listed?: number;
  signal?: AbortSignal;
  onProgress?(done: number, total: number): void;
}>;
