import { withHold } from '../holds/join-hold.ts';
import { restoredHold } from '../holds/join-restored.ts';
import { isHeld } from '../model/hold.ts';
import { mayBeKeptBack, type TenantNotification } from '../model/notification.ts';
import type { TenantRecord } from '../model/tenant-record.ts';
import { slotAt } from '../notification/reminders.ts';
import { type DeliveryContext, type DeliveryDecision, topicsWithIncidents } from './delivery-decision.ts';

/**
 * Whether the mail may repeat one that was sent in the time of which a restored database knows nothing: a reminder
 * whose slot came in that time, or what follows from a poll that cannot tell when it happened.
 */
export function isHeldAsRestored(
  mail: TenantNotification,
  record: TenantRecord,
  { holds, settings }: Pick<DeliveryContext, 'holds' | 'settings'>,
): boolean {
  const hold = restoredHold(holds);
  if (hold === null || !mayBeKeptBack(mail) || mail.kind === 'invitation') return false;
  return topicsWithIncidents(mail, record).some(({ incident, topic: { step } }) => {
    if (step.kind !== 'reminder') return incident.alerting.heldBy === hold.id;
    const dueAt = slotAt(incident, step.slot, settings);
    return dueAt !== null && dueAt > hold.since && dueAt <= hold.beganAt;
  });
}

/** Removes the topics that a hold concerns from a mail; the tenant's other problems are sent. */
export function withoutHeld(
  decision: DeliveryDecision,
  { mail, record }: Readonly<{ mail: TenantNotification; record: TenantRecord }>,
  { holds }: Pick<DeliveryContext, 'holds'>,
): DeliveryDecision {
  if (decision.kind !== 'send' || !isHoldable(mail)) return decision;
  const about = topicsWithIncidents(decision, record);
  const held = about.filter(({ incident }) => isHeld(withHold(incident, record, holds), holds));
  if (held.length === 0) return decision;
  const rest = decision.topics.filter((topic) => !held.some((one) => one.topic === topic));
  // The next poll writes another mail about what is left out here, and that mail is held.
  if (rest.length > 0) return { ...decision, topics: rest };
  return { kind: 'hold', reason: 'held_fleet' };
}

/** A mail that may have been read is repeated as a whole; thanks after an alert that was read are never held. */
function isHoldable(mail: TenantNotification): boolean {
  return mayBeKeptBack(mail) && mail.kind !== 'recovered';
}
