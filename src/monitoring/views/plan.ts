import { z } from 'zod';
import { planFits } from '../../domain/polling/plan-fit.ts';
import { count, list, maybeText, text } from './parts.ts';

/** Whether the schedules fit into the requests of a key's day, and what would. */
const keyPlan = z.object({
  application: z.object({ id: maybeText, name: text }),
  /** `just`: they do, as long as re-checks do not use the whole reserve. */
  fit: z.enum(planFits),
  tenants: count,
  /** Null without a limit. */
  limit: count.nullable(),
  reserve: count,
  forPolls: count.nullable(),
  usedToday: count,
  askedPerDay: z.number(),
  /** How many times longer every interval is than scheduled; 1 when the polls fit. */
  stretch: z.number(),
  /**
   * How many times longer all intervals are until 00:00 UTC, by what is left of this day; null where nothing is left.
   */
  stretchToday: z.number().nullable(),
  /** Constant Contact refuses more requests today, although our own count leaves some. */
  isRefusedEarly: z.boolean(),
  schedules: list(
    z.object({
      schedule: text,
      timezone: text,
      tenants: count,
      pollsPerDay: count,
      scheduledMs: z.number(),
      realMs: z.number(),
    }),
  ),
  remedy: z.object({ requestsPerDay: count, tenants: count, schedule: maybeText }).nullable(),
});

/**
 * Of the application that was asked for, or of that of the configuration, and in `applications` each one's by itself.
 */
export const planView = keyPlan.extend({ applications: list(keyPlan) });
