import type { HeldReason, Hold } from '../model/hold.ts';
import type { Incident } from '../model/incident.ts';
import type { Notification } from '../model/notification.ts';
import type { AlertSettings } from '../model/settings.ts';
import type { TenantRecord } from '../model/tenant-record.ts';
import type { Instant } from '../model/time.ts';
import type { Topic } from '../model/topic.ts';

/** What becomes of a due mail when it is its turn: decided again on what is true by then. */
export type DeliveryDecision =
  | Readonly<{ kind: 'send'; reason: string; topics: readonly Topic[] }>
  | Readonly<{ kind: 'postpone'; reason: PostponeReason; until: Instant }>
  | Readonly<{ kind: 'hold'; reason: HeldReason }>
  | Readonly<{ kind: 'cancel'; reason: CancelReason }>;

export type PostponeReason =
  | 'tenant_paused'
  | 'suspended_by_good_poll'
  | 'awaiting_fresh_poll'
  | 'outside_reminder_hours'
  | 'held_fleet';

export type CancelReason = 'recipient_gone' | 'no_longer_true' | 'told_nobody' | 'snoozed' | 'reminders_off';

export type DeliveryContext = Readonly<{
  now: Instant;
  settings: AlertSettings;
  /** Those that have not ended. */
  holds: readonly Hold[];
  /** More owners' mail than MAIL_BRAKE has gone out within the hour. */
  isBraked: boolean;
}>;

export type About = Readonly<{ topic: Topic; incident: Incident }>;

export function topicsWithIncidents({ topics }: Notification, { incidents }: TenantRecord): readonly About[] {
  return topics.flatMap((topic) => {
    const incident = incidents.find(({ id }) => id === topic.incidentId);
    return incident === undefined ? [] : [{ topic, incident }];
  });
}

export function postpone(reason: PostponeReason, until: Instant): DeliveryDecision {
  return { kind: 'postpone', reason, until };
}
