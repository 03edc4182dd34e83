import { z } from 'zod';
import { workerRoles } from '../../domain/model/worker.ts';
import { count, instant, list, text } from './parts.ts';

/** A process of `linkwatch start`. Times are the database's clock, which all of them share. */
export const workerView = z.object({
  id: text,
  host: text,
  pid: count,
  version: text,
  /** The kinds of work that it does. */
  roles: list(z.enum(workerRoles)),
  startedAt: instant,
  lastSeenAt: instant,
  /** It reports every ten seconds, and did so lately. */
  isAlive: z.boolean(),
  /** How far its own clock is ahead of the database's; negative where it is behind. */
  clockAheadMs: z.int(),
  /** What it has done between its last two reports. */
  done: z.object({ polls: count, mails: count, webhooks: count }),
});

export type WorkerView = Readonly<z.output<typeof workerView>>;
