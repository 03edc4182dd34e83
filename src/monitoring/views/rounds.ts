import { z } from 'zod';
import { changeReasons } from '../../domain/model/change.ts';
import { pollFailureKinds } from '../../domain/model/poll.ts';
import { account, conditionList, count, health, instant, list, text } from './parts.ts';

const roundChange = z.object({
  tenantId: text,
  tenantName: text,
  connectionId: text,
  ...account,
  at: instant,
  /** Null when the connection was not known before. */
  from: health.nullable(),
  to: health,
  conditions: conditionList,
  reason: z.enum(changeReasons),
});

const roundFailure = z.object({ tenantId: text, tenantName: text, kind: z.enum(pollFailureKinds), detail: text });

export const roundSummary = z.object({
  /** Tenants that were asked, failures included. */
  polled: count,
  failed: count,
  /** Tenants whose turn it was, and that were not asked because the day's requests are used up. */
  skipped: count,
  /** Tenants that could not be asked, or their answer not stored, for a reason of our own; the log says which. */
  errors: count,
  /** Tenants last polled by a clock that was ahead; what lay in the future was moved back. */
  clockCorrected: count,
  changes: list(roundChange),
  failures: list(roundFailure),
  incidents: z.object({ opened: count, closed: count }),
  /** Requests of the UTC day with the key of the configuration; null for a viewer of one tenant. */
  requests: z
    .object({ used: count, limit: count.nullable(), forPolls: count.nullable(), isExhausted: z.boolean() })
    .nullable(),
  /** `sent` and `failed` are this round's, the others what is left. */
  mail: z.object({ sent: count, pending: count, held: count, failed: count }),
});

export type RoundChange = Readonly<z.output<typeof roundChange>>;
export type RoundFailure = Readonly<z.output<typeof roundFailure>>;
export type RoundSummary = Readonly<z.output<typeof roundSummary>>;
