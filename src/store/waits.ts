/** How long anything is waited for. */
export type Waits = Readonly<{
  /** SQLite: for another process's transaction. PostgreSQL: for a connection. */
  connectMs: number;
  /** PostgreSQL alone: for the end of a statement, 0 without a bound. DATABASE_URL may say otherwise. */
  statementMs: number;
  /** PostgreSQL alone: for a lock that another session holds, 0 without a bound. */
  lockMs: number;
  /**
   * PostgreSQL alone: for the next statement of a transaction. Its locks are free after that, whatever became of us.
   */
  idleMs: number;
}>;

export const SHORT_WAITS: Waits = { connectMs: 5_000, statementMs: 20_000, lockMs: 10_000, idleMs: 20_000 };

/** For migrations, which may copy large tables, and wait for another process that does. */
export const PATIENT_WAITS: Waits = { ...SHORT_WAITS, statementMs: 0, lockMs: 0 };
