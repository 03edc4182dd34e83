import type { Condition, Health } from './condition.ts';
import type { Instant } from './time.ts';

export const changeReasons = [
  'first_seen',
  'broke',
  'worsened',
  'eased',
  'conditions_changed',
  'repaired',
  'waiting',
  'unknown',
  'removed',
  'returned',
] as const;
export type ChangeReason = (typeof changeReasons)[number];

/** The difference between a connection's last snapshot and what a poll shows. */
export type Change = Readonly<{
  id: string;
  tenantId: string;
  connectionId: string;
  network: string;
  accountId: string;
  at: Instant;
  /** Null when the connection was not known before. */
  from: Health | null;
  to: Health;
  conditions: readonly Condition[];
  reason: ChangeReason;
}>;
