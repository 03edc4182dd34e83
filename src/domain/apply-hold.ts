import { type Hold, isAskedEarly, isHeld, joinHold } from './hold.ts';
import { type Incident, needsRecheck } from './incident.ts';
import { isLeased, type Notification, type Topic } from './notification.ts';
import { afterReminder } from './reminders.ts';
import type { AlertSettings } from './settings.ts';
import type { Tenant } from './tenant.ts';
import { noUpdate, type TenantRecord, type TenantUpdate } from './tenant-record.ts';
import type { Instant } from './time.ts';

export type ApplyHoldContext = Readonly<{
  now: Instant;
  newId: () => string;
  /** When the tenant would be polled were it in no doubt. */
  planRegularPoll: (tenant: Tenant, at: Instant) => Readonly<{ nextPollAt: Instant }>;
}>;

/** A hold has begun: the tenant's incidents of its cause join it, and so does what waits to be told of them. */
export function applyHold(record: TenantRecord, hold: Hold, context: ApplyHoldContext): TenantUpdate {
  const joined = record.incidents
    .map((incident) => withHold(incident, record, hold))
    .filter((incident) => !record.incidents.includes(incident));
  const after = { ...record, incidents: merged(record.incidents, joined) };
  return {
    ...noUpdate(record.tenant.id),
    tenant: withoutEarlyPoll(after, hold, context),
    incidents: joined,
    notifications: record.notifications.flatMap((mail) => splitByHold(mail, after, hold, context)),
  };
}

function withHold(incident: Incident, { connections }: TenantRecord, hold: Hold): Incident {
  const connection = connections.find(({ id }) => id === incident.connectionId);
  return connection === undefined ? incident : joinHold(incident, connection, [hold]);
}

function merged(all: readonly Incident[], changed: readonly Incident[]): readonly Incident[] {
  return all.map((incident) => changed.find(({ id }) => id === incident.id) ?? incident);
}

/** Mail about the tenant's other problems goes out; what may have been read already is left alone. */
function splitByHold(
  mail: Notification,
  { incidents }: TenantRecord,
  hold: Hold,
  { now, newId }: ApplyHoldContext,
): readonly Notification[] {
  const isHeld = (incidentId: string) => incidents.some(({ id, heldBy }) => id === incidentId && heldBy === hold.id);
  const held = mail.topics.filter(({ incidentId }) => isHeld(incidentId));
  const isWaiting = mail.state === 'pending' && !mail.outcomeUnknown && !isLeased(mail, now);
  if (!isWaiting || held.length === 0 || mail.kind === 'recovered') return [];
  const keptBack = { state: 'held', reason: 'held_fleet' } as const;
  if (held.length === mail.topics.length) return [{ ...mail, ...keptBack }];
  const rest = mail.topics.filter((topic) => !held.includes(topic));
  return [
    { ...mail, topics: rest },
    { ...mail, ...keptBack, id: newId(), conversationId: newId(), topics: held },
  ];
}

/** Null while somebody else's doubt, or the sample, still asks for an early poll. */
function withoutEarlyPoll(record: TenantRecord, hold: Hold, context: ApplyHoldContext): Tenant | null {
  const { tenant, incidents } = record;
  const inDoubt = incidents.filter(needsRecheck);
  if (tenant.nextPollAt === null || inDoubt.length === 0) return null;
  if (inDoubt.some((incident) => isAskedEarly(incident, [hold]))) return null;
  const { nextPollAt } = context.planRegularPoll(tenant, tenant.lastPolledAt ?? context.now);
  return nextPollAt > tenant.nextPollAt ? { ...tenant, nextPollAt } : null;
}

/** What a hold that is over kept back is told after another look, if it is still true by then. */
export function releaseHeld(record: TenantRecord, active: readonly Hold[], now: Instant): TenantUpdate {
  const { tenant, incidents, notifications } = record;
  const isStillHeld = ({ topics }: Notification) =>
    topics.some(({ incidentId }) =>
      incidents.some((incident) => incident.id === incidentId && isHeld(incident, active)),
    );
  const released = notifications
    .filter(({ state, reason }) => state === 'held' && reason === 'held_fleet')
    .filter((mail) => !isStillHeld(mail))
    .map((mail) => releasedMail(mail, { now, freshAfter: now, passesHolds: false }));
  const isPolledSoon = released.length > 0 && tenant.nextPollAt !== null && tenant.nextPollAt > now;
  return {
    ...noUpdate(tenant.id),
    tenant: isPolledSoon ? { ...tenant, nextPollAt: now } : null,
    notifications: released,
  };
}

export type Release = Readonly<{ now: Instant; freshAfter: Instant | null; passesHolds: boolean }>;

export function releasedMail(mail: Notification, { now, freshAfter, passesHolds }: Release): Notification {
  return { ...mail, state: 'pending', reason: 'released', dueAt: now, freshAfter, passesHolds };
}

/** What it is about counts as told: nobody is to hear of it. A reminder's slot is used up, and the next one comes. */
export function discardMail(
  record: TenantRecord,
  discarded: readonly Notification[],
  settings: AlertSettings,
): TenantUpdate {
  const topics = discarded.flatMap((mail) => mail.topics);
  const about = record.incidents.filter(
    ({ id, state }) => state !== 'closed' && topics.some(({ incidentId }) => incidentId === id),
  );
  return {
    ...noUpdate(record.tenant.id),
    incidents: about.map((incident) => ({
      ...withSlotsUsed(incident, topics, { tenant: record.tenant, settings }),
      decision: 'discarded',
    })),
    notifications: discarded.map((mail) => ({ ...mail, state: 'cancelled', reason: 'discarded' })),
  };
}

function withSlotsUsed(
  incident: Incident,
  topics: readonly Topic[],
  { tenant, settings }: Readonly<{ tenant: Tenant; settings: AlertSettings }>,
): Incident {
  return topics
    .filter(({ incidentId, step }) => incidentId === incident.id && step.startsWith('reminder:'))
    .reduce((before, { step }) => afterReminder(before, step, { tenant, settings }), incident);
}
