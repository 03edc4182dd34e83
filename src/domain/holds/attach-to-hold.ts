import type { FleetChangeContext } from '../model/fleet-change.ts';
import { type Hold, isHeld } from '../model/hold.ts';
import type { Incident } from '../model/incident.ts';
import { needsRecheck } from '../model/incident-table.ts';
import { mayBeChanged, type TenantNotification } from '../model/notification.ts';
import { dueBy, type Tenant } from '../model/tenant.ts';
import { noUpdate, type TenantRecord, type TenantUpdate } from '../model/tenant-record.ts';
import type { Instant } from '../model/time.ts';
import type { Topic } from '../model/topic.ts';
import { withNewer } from '../model/with-newer.ts';
import { isAskedEarly, withHold } from './join-hold.ts';

/** A hold, and the others that go on beside it. */
export type BegunHold = Readonly<{ hold: Hold; others: readonly Hold[] }>;

/** A hold has begun: attaches the tenant's incidents of its cause, and the waiting mail about them. */
export function attachToHold(
  record: TenantRecord,
  { hold, others }: BegunHold,
  context: FleetChangeContext,
): TenantUpdate {
  const joined = record.incidents
    .map((incident) => withHold(incident, record, [hold, ...others]))
    .filter((incident) => !record.incidents.includes(incident));
  const after = { ...record, incidents: withNewer(record.incidents, joined) };
  const split = { ...context, hold, conversationFor: conversations(context.newId) };
  return {
    ...noUpdate(record.tenant.id),
    tenant: withoutEarlyPoll(after, hold, context),
    incidents: joined,
    notifications: record.notifications.flatMap((mail) => splitByHold(mail, after, split)),
  };
}

type Split = FleetChangeContext & Readonly<{ hold: Hold; conversationFor: (conversationId: string | null) => string }>;

/** Mails to several contacts about the same problem stay one conversation. */
function conversations(newId: () => string): Split['conversationFor'] {
  const begun = new Map<string | null, string>();
  return (conversationId) => {
    const conversation = begun.get(conversationId) ?? newId();
    begun.set(conversationId, conversation);
    return conversation;
  };
}

/** Mail about the tenant's other problems is sent; mail that may have been read already stays as it is. */
function splitByHold(
  mail: TenantNotification,
  { incidents }: TenantRecord,
  { hold, ...context }: Split,
): readonly TenantNotification[] {
  const held = topicsHeldBy([hold], mail, incidents);
  if (!mayBeChanged(mail) || held.length === 0 || mail.kind === 'recovered') return [];
  const keptBack = { state: 'held', reason: 'held_fleet' } as const;
  if (held.length === mail.topics.length) return [{ ...mail, ...keptBack }];
  return [
    { ...mail, topics: otherTopics(mail, held) },
    { ...partOf(mail, held, context), ...keptBack },
  ];
}

function topicsHeldBy(
  holds: readonly Hold[],
  { topics }: TenantNotification,
  incidents: readonly Incident[],
): readonly Topic[] {
  return topics.filter(({ incidentId }) => incidents.some((one) => one.id === incidentId && isHeld(one, holds)));
}

type Parting = Pick<Split, 'newId' | 'conversationFor'>;

/** The topics of a mail in a mail of their own. */
function partOf<Mail extends TenantNotification>(
  mail: Mail,
  topics: readonly Topic[],
  { newId, conversationFor }: Parting,
): Mail {
  return { ...mail, id: newId(), conversationId: conversationFor(mail.conversationId), topics };
}

function otherTopics(mail: TenantNotification, topics: readonly Topic[]): readonly Topic[] {
  return mail.topics.filter((topic) => !topics.includes(topic));
}

/** Null while another suspect connection, or the hold's sample, still needs an early poll. */
function withoutEarlyPoll(record: TenantRecord, hold: Hold, context: FleetChangeContext): Tenant | null {
  const { tenant, incidents } = record;
  const inDoubt = incidents.filter(needsRecheck);
  if (tenant.nextPollAt === null || inDoubt.length === 0) return null;
  if (inDoubt.some((incident) => isAskedEarly(incident, [hold]))) return null;
  const { nextPollAt } = context.planRegularPoll(tenant, tenant.lastPolledAt ?? context.now);
  return nextPollAt > tenant.nextPollAt ? { ...tenant, nextPollAt } : null;
}

/**
 * What an ended hold kept back is sent after another poll, if it is still true then; what other holds keep back stays.
 */
export function releaseHeld(
  record: TenantRecord,
  active: readonly Hold[],
  { now, newId }: Pick<FleetChangeContext, 'now' | 'newId'>,
): TenantUpdate {
  const { tenant, incidents, notifications } = record;
  const parting = { newId, conversationFor: conversations(newId) };
  const parts = notifications
    .filter(({ state, reason }) => state === 'held' && reason === 'held_fleet')
    .map((mail) => ({ mail, held: topicsHeldBy(active, mail, incidents) }))
    .filter(({ mail, held }) => held.length < mail.topics.length);
  const letGo = parts.map(({ mail, held }) => released({ ...mail, topics: otherTopics(mail, held) }, now));
  const kept = parts.flatMap(({ mail, held }) => (held.length === 0 ? [] : [partOf(mail, held, parting)]));
  return { ...noUpdate(tenant.id), tenant: polledSoon(tenant, letGo, now), notifications: [...letGo, ...kept] };
}

/**
 * No hold or brake keeps these mails back again; mail that a fleet hold kept back, or that a restored database has
 * held, still waits for another poll.
 */
export function releaseByCommand(
  record: TenantRecord,
  mails: readonly TenantNotification[],
  now: Instant,
): TenantUpdate {
  const letGo = mails.map((mail) => ({ ...released(mail, now), bypassHolds: true }));
  return { ...noUpdate(record.tenant.id), tenant: polledSoon(record.tenant, letGo, now), notifications: letGo };
}

function released(mail: TenantNotification, now: Instant): TenantNotification {
  const isOfPolls = mail.reason === 'held_fleet' || mail.reason === 'held_restored';
  const requirePollAfter = isOfPolls && mail.kind !== 'invitation' ? now : mail.requirePollAfter;
  return { ...mail, state: 'pending', reason: 'released', dueAt: now, requirePollAfter };
}

/** Null when it stays as it is. */
function polledSoon(tenant: Tenant, letGo: readonly TenantNotification[], now: Instant): Tenant | null {
  const isAwaited = letGo.some(({ requirePollAfter }) => requirePollAfter === now);
  return isAwaited ? dueBy(tenant, now) : null;
}
