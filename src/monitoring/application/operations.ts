import type { WorkerRole } from '../../domain/model/worker.ts';
import type { BackupDone, CopyRequest, MoveDone, MoveRequest, Page, PageRequest, RestoreDone } from '../ports.ts';
import type { Viewer } from '../viewer.ts';
import type { DoctorCheck, KeyRotation, MonitorView, WorkerView } from '../views.ts';
import type { RoundTally } from './rounds.ts';

/** Linkwatch itself. For the operator, and two of the calls for keys of all tenants. */
export type Operations = Readonly<{
  /** The daemon: runs until the signal aborts and what was in flight is finished. */
  start(viewer: Viewer, run: DaemonRun): Promise<void>;
  /** Tries all that Linkwatch needs, and writes a little to do so. Also for keys that may change something. */
  doctor(viewer: Viewer): Promise<readonly DoctorCheck[]>;
  /** Whether the monitor itself is well. Also for keys. */
  monitor(viewer: Viewer): Promise<MonitorView>;
  /** The processes that are at work, those of which nothing was heard lately among them for a minute. */
  workers(viewer: Viewer, page: PageRequest): Promise<Page<WorkerView>>;
  /** Seals every stored secret with the first key. */
  rotateKeys(viewer: Viewer, onProgress: (done: number, total: number) => void): Promise<KeyRotation>;
  /** The names of the migrations that were applied. */
  migrate(viewer: Viewer): Promise<readonly string[]>;
  /** Copies the database into a file, while a daemon works on. */
  backUp(viewer: Viewer, request: CopyRequest): Promise<BackupDone>;
  /** Puts a copy in the place of the database, where no Linkwatch runs. */
  restore(viewer: Viewer, request: CopyRequest): Promise<Restored>;
  /** Takes an SQLite file to a PostgreSQL server, where no Linkwatch runs. */
  move(viewer: Viewer, request: MoveRequest): Promise<MoveDone>;
  /** Every command that opens an application closes it. */
  close(viewer: Viewer): Promise<void>;
}>;

export type DaemonRun = Readonly<{
  signal: AbortSignal;
  /** The kinds of work that this worker does; left out: all. */
  roles?: readonly WorkerRole[] | undefined;
  onListening(url: string): void;
  /** Told of every round, those without a tenant that was due included. */
  onRound?(round: RoundTally): void;
}>;

/** `lackingKeys`: which secrets of the copy no key of ENCRYPTION_KEY opens; null when all can be opened. */
export type Restored = RestoreDone & Readonly<{ lackingKeys: string | null }>;
