import type { Hold } from '../model/hold.ts';
import type { Incident } from '../model/incident.ts';
import type { PendingNotification, TenantNotification } from '../model/notification.ts';
import type { CancelReason, HeldReason, PostponeReason, SendReason } from '../model/reasons.ts';
import type { AlertSettings } from '../model/settings.ts';
import type { TenantRecord } from '../model/tenant-record.ts';
import type { Instant } from '../model/time.ts';
import type { Topic } from '../model/topic.ts';

/** The fate of a due mail, decided again on the facts of that moment. */
export type DeliveryDecision =
  | Readonly<{ kind: 'send'; reason: SendReason; topics: readonly Topic[] }>
  | Readonly<{ kind: 'postpone'; reason: PostponeReason; until: Instant }>
  | Readonly<{ kind: 'hold'; reason: HeldReason }>
  | Readonly<{ kind: 'cancel'; reason: CancelReason }>;

export type DeliveryContext = Readonly<{
  now: Instant;
  settings: AlertSettings;
  /** The holds that have not ended. */
  holds: readonly Hold[];
  /** More owners' mail than MAIL_BRAKE has gone out within the hour. */
  isBraked: boolean;
}>;

export type About = Readonly<{ topic: Topic; incident: Incident }>;

export function topicsWithIncidents(
  { topics }: Pick<TenantNotification, 'topics'>,
  { incidents }: Pick<TenantRecord, 'incidents'>,
): readonly About[] {
  return topics.flatMap((topic) => {
    const incident = incidentOf(topic, incidents);
    return incident === null ? [] : [{ topic, incident }];
  });
}

/** The incident that the topic is about; null when it was erased. */
export function incidentOf({ incidentId }: Pick<Topic, 'incidentId'>, incidents: readonly Incident[]): Incident | null {
  return incidents.find(({ id }) => id === incidentId) ?? null;
}

export function postpone(reason: PostponeReason, until: Instant): DeliveryDecision {
  return { kind: 'postpone', reason, until };
}

/** The mail is sent as it was meant, about what is left of it. */
export function sendAbout(about: readonly About[], { reason }: PendingNotification): DeliveryDecision {
  if (about.length === 0) return { kind: 'cancel', reason: 'no_longer_true' };
  return { kind: 'send', reason, topics: about.map(({ topic }) => topic) };
}
