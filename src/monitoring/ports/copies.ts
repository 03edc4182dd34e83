import type { Instant } from '../../domain/model/time.ts';

/** The database as a whole: a copy of it in a file, and the way back. A failure says in words what to do. */
export type DatabaseCopies = Readonly<{
  /** While a daemon works on. */
  backUp(request: CopyRequest & Readonly<{ now: Instant }>): Promise<BackupDone>;
  /** All or nothing, where no Linkwatch runs. Holds what may have been sent since the copy was made. */
  restore(request: CopyRequest & Readonly<{ now: Instant; holdId: string }>): Promise<RestoreDone>;
  /** Every row of an SQLite file into an empty database of a PostgreSQL server, where no Linkwatch runs on either. */
  move(request: MoveRequest): Promise<MoveDone>;
}>;

export type MoveRequest = Readonly<{
  /** `postgresql://…` */
  url: string;
  onProgress(rows: number, total: number): void;
}>;

export type MoveDone = Readonly<{
  /** Both for a person, without user and password. */
  from: string;
  to: string;
  /** Whether rows of an earlier move, which broke off, were erased first. */
  begunAnew: boolean;
  /** How many rows each table has, in both. */
  tables: readonly Readonly<{ table: string; rows: number }>[];
}>;

export type CopyRequest = Readonly<{
  /** Its whole path. */
  file: string;
  /** Whether what lies in its place, in the file or in the database, may be replaced. */
  replace: boolean;
}>;

export type BackupDone = Readonly<{ file: string; bytes: number; takenAt: Instant }>;

export type RestoreDone = Readonly<{
  /** The latest moment that the database knows of. */
  takenAt: Instant;
  restoredAt: Instant;
  tenants: number;
  /** Mail to owners that was waiting in the copy, and may have been sent since. */
  held: number;
  /** The names of the migrations that brought the copy up to date. */
  migrations: readonly string[];
  /** Where what was replaced is kept; null where nothing was. */
  keptAs: string | null;
}>;
