import { z } from 'zod';
import { count, list, maybeText, text } from './parts.ts';

/** Whether the schedules fit into the requests of a day, and what would. */
export const planView = z.object({
  tenants: count,
  /** Null without a limit. */
  limit: count.nullable(),
  reserve: count,
  forPolls: count.nullable(),
  usedToday: count,
  askedPerDay: z.number(),
  /** How many times longer every interval is than scheduled; 1 when the polls fit. */
  stretch: z.number(),
  schedules: list(
    z.object({
      ...{ schedule: text, timezone: text, tenants: count, pollsPerDay: count },
      ...{ scheduledMs: z.number(), realMs: z.number() },
    }),
  ),
  remedy: z.object({ requestsPerDay: count, tenants: count, schedule: maybeText }).nullable(),
});
