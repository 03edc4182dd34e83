import type { Instant } from '../../domain/model/time.ts';

/** What kinds of work something may be due of. */
export type Agenda = Readonly<{
  polls: boolean;
  /** Reminders to be written included. */
  mail: boolean;
  /** The operator's word of access that has never worked. */
  neverWorked: boolean;
  webhooks: boolean;
}>;

export interface AgendaStore {
  /**
   * One look for all kinds, so that a daemon with nothing to do does next to nothing each second. False: nothing of the
   * kind is due; true: the work itself is to look.
   */
  read(now: Instant): Promise<Agenda>;
}
