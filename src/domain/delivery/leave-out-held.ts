import { isHeld, withHold } from '../holds/join-hold.ts';
import type { Incident } from '../model/incident.ts';
import { mayBeKeptBack, type TenantNotification } from '../model/notification.ts';
import type { TenantRecord } from '../model/tenant-record.ts';
import { MINUTE_MS } from '../model/time.ts';
import type { Topic } from '../model/topic.ts';
import { type DeliveryContext, type DeliveryDecision, postpone } from './delivery-decision.ts';

/** Removes the topics that a hold concerns from a mail; the tenant's other problems are sent. */
export function withoutHeld(
  decision: DeliveryDecision,
  { mail, record }: Readonly<{ mail: TenantNotification; record: TenantRecord }>,
  { now, holds }: DeliveryContext,
): DeliveryDecision {
  if (decision.kind !== 'send' || !isHoldable(mail)) return decision;
  const held = decision.topics.filter((topic) =>
    incidentsOf(topic, record).some((one) => isHeld(withHold(one, record, holds), holds)),
  );
  if (held.length === 0) return decision;
  const rest = decision.topics.filter((topic) => !held.includes(topic));
  // The next poll writes another mail about what is left out here, and that mail is held.
  if (rest.length > 0) return { ...decision, topics: rest };
  const isTaken = held.every((topic) => incidentsOf(topic, record).some((one) => isHeld(one, holds)));
  // A hold that began a moment ago is about to take the mail, and will release it.
  return isTaken ? { kind: 'hold', reason: 'held_fleet' } : postpone('held_fleet', now + MINUTE_MS);
}

/** A mail that may have been read is repeated as a whole; what follows an alert that was read is never held. */
function isHoldable(mail: TenantNotification): boolean {
  return mayBeKeptBack(mail) && mail.kind !== 'recovered' && mail.kind !== 'reminder';
}

function incidentsOf({ incidentId }: Topic, { incidents }: TenantRecord): readonly Incident[] {
  return incidents.filter(({ id }) => id === incidentId);
}
