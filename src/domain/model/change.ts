import { actionOf, type Condition, type Health, isSameConditions } from './condition.ts';
import type { Reading } from './connection.ts';
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

type Shown = Pick<Reading, 'health' | 'conditions'>;

/** What a change from one reading to the next is called; null when both show the same. */
export function changeReason(before: Shown | null, after: Shown): ChangeReason | null {
  if (before === null) return 'first_seen';
  if (before.health === after.health && isSameConditions(before.conditions, after.conditions)) return null;
  if (after.health === 'removed') return 'removed';
  if (before.health === 'removed') return 'returned';
  switch (after.health) {
    case 'healthy':
      return 'repaired';
    case 'unobserved':
      return 'unknown';
    case 'waiting':
      return before.health === 'broken' ? 'eased' : 'waiting';
    case 'broken':
      return before.health === 'broken' ? brokenDifferently(before, after) : 'broke';
  }
}

function brokenDifferently(before: Shown, after: Shown): ChangeReason {
  const actionBefore = actionOf(before.conditions);
  const actionAfter = actionOf(after.conditions);
  if (actionBefore === actionAfter) return 'conditions_changed';
  return actionAfter === 'reconnect' ? 'worsened' : 'eased';
}
