import type { Incident } from '../model/incident.ts';
import type { Instant } from '../model/time.ts';
import type { LostAlertReason } from './notification-intents.ts';

const lostAlertReasons: readonly string[] = ['mail_bounced', 'discarded'] satisfies readonly LostAlertReason[];

/**
 * When a mail server last took mail that asks for what is to be done; null while nobody has been told. An alert that was
 * returned, or that the operator discarded, has reached no reader.
 */
export function lastToldAt({ alerting }: Pick<Incident, 'alerting'>): Instant | null {
  return lostAlertReasons.includes(alerting.decision) ? null : (alerting.lastAlert?.at ?? null);
}
