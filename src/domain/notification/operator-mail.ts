import { beginOperatorNotification, type OperatorNotification } from '../model/notification.ts';
import type { OperatorReport } from '../model/operator-report.ts';
import type { Instant } from '../model/time.ts';

export type OperatorMailContext = Readonly<{
  now: Instant;
  newId: () => string;
  /** Null when no operator is configured: the fact is then only logged. */
  operatorEmail: string | null;
  /** What it begins, or ends, so that both stay together; null when it stands alone. */
  conversationId: string | null;
}>;

/** A mail to the operator; none when no operator is configured. */
export function beginOperatorMail(
  report: OperatorReport,
  { now, newId, operatorEmail, conversationId }: OperatorMailContext,
): readonly OperatorNotification[] {
  if (operatorEmail === null) return [];
  return [beginOperatorNotification({ id: newId(), to: operatorEmail, createdAt: now, conversationId, report })];
}
