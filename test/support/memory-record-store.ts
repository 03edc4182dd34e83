import type { Connection, ObservedConnection } from '../../src/domain/model/connection.ts';
import { speaksForMs } from '../../src/domain/model/connection.ts';
import { UNKNOWN_STATUS } from '../../src/domain/model/connection-status.ts';
import { isHeldUntil } from '../../src/domain/model/lease.ts';
import {
  type ClockCorrection,
  noUpdate,
  recordMembers,
  type TenantRecord,
  type TenantUpdate,
} from '../../src/domain/model/tenant-record.ts';
import type { Instant } from '../../src/domain/model/time.ts';
import type { UnchangedPoll } from '../../src/domain/polling/at-rest.ts';
import type { RecordStore } from '../../src/monitoring/ports.ts';
import { tellEvents } from './memory-event-store.ts';
import { storeGrant } from './memory-grant-store.ts';
import { ascending, formerContactsOf, type Memory, type MemoryState, overviewOf, transact } from './memory-state.ts';

type Correction = ClockCorrection['snapshots'][number];

export function memoryRecordStore(memory: Memory, leaseNow: () => Instant): RecordStore {
  return {
    read: async (tenantIds) => recordsOf(memory.state, tenantIds),
    change: async (tenantIds, decide, { mailId, mailSentSince } = {}) =>
      transact(memory, (state) => {
        const mailSent = mailSentSince === undefined ? 0 : countMail(state, mailSentSince, leaseNow());
        const { updates, result } = decide(recordsOf(state, tenantIds, mailId), leaseNow(), mailSent);
        for (const update of updates) save(state, update);
        return result;
      }),
  };
}

function countMail({ notifications }: MemoryState, since: Instant, leaseNow: Instant): number {
  return [...notifications.values()].filter(
    (mail) =>
      mail.tenantId !== null &&
      mail.contactId !== null &&
      ((mail.sentAt !== null && mail.sentAt >= since) ||
        (mail.state === 'pending' && isHeldUntil(mail.leaseUntil, leaseNow))),
  ).length;
}

function recordsOf(state: MemoryState, tenantIds: readonly string[], mailId?: string): readonly TenantRecord[] {
  return [...new Set(tenantIds)].toSorted(ascending).flatMap((id) => recordOf(state, id, mailId) ?? []);
}

function recordOf(state: MemoryState, tenantId: string, mailId?: string): TenantRecord | null {
  const overview = overviewOf(state, tenantId);
  if (overview === null) return null;
  const incidents = [...state.incidents.values()].filter((incident) => incident.tenantId === tenantId);
  const mail = [...state.notifications.values()]
    .filter((one) => one.tenantId !== null)
    .filter((one) => one.tenantId === tenantId);
  const members = recordMembers({ incidents, notifications: mail });
  const notifications = mail.filter((one) => members.notifications.includes(one) || one.id === mailId);
  return {
    ...overview,
    formerContacts: formerContactsOf(state, tenantId),
    incidents: members.incidents.toSorted((a, b) => ascending(a.openedAt, b.openedAt) || ascending(a.id, b.id)),
    notifications: notifications.toSorted((a, b) => ascending(a.createdAt, b.createdAt) || ascending(a.id, b.id)),
  };
}

function save(state: MemoryState, update: TenantUpdate): void {
  setOrDelete(state.rests, update.tenantId, update.rest);

  if (update.poll !== null) {
    state.polls.set(update.poll, update.poll);
    state.pollLeases.delete(update.tenantId);
  }
  if (update.tenant !== null) state.tenants.set(update.tenantId, { tenant: update.tenant, removedAt: null });
  for (const contact of update.contacts) state.contacts.set(contact.id, { contact, removedAt: null });
  for (const { removedAt, ...contact } of update.formerContacts) state.contacts.set(contact.id, { contact, removedAt });
  for (const connection of update.connections) state.connections.set(connection.id, { ...connection, period: null });
  for (const { id, ...times } of update.clockCorrection?.snapshots ?? []) correct(state, id, times);
  for (const snapshot of update.newSnapshots) state.snapshots.set(snapshot.id, snapshot);
  for (const extension of update.extendedSnapshots) extend(state, extension);
  for (const change of update.changes) state.changes.set(change.id, change);
  for (const incident of update.incidents) state.incidents.set(incident.id, incident);
  for (const mail of [...update.notifications, ...update.operatorMail]) state.notifications.set(mail.id, mail);
  if (update.grant !== null) storeGrant(state, update.tenantId, update.grant);
  if (update.removedAt !== null) hideTenant(state, update.tenantId, update.removedAt);
  tellEvents(state, update.events);
}

function setOrDelete<Value>(map: Map<string, Value>, key: string, value: Value | null): void {
  if (value === null) map.delete(key);
  else map.set(key, value);
}

/** As the polls' assessments would be saved. */
export function storeUnchanged(state: MemoryState, polls: readonly UnchangedPoll[]): ReadonlySet<string> {
  const stored = polls.filter(({ tenantId, at, before }) => {
    const record = recordOf(state, tenantId);
    const isSame = JSON.stringify(state.rests.get(tenantId)) === JSON.stringify(before);
    return isSame && record !== null && (record.tenant.lastPolledAt ?? at) < at;
  });
  for (const poll of stored) save(state, updateOf(poll, recordOf(state, poll.tenantId)));
  return new Set(stored.map(({ tenantId }) => tenantId));
}

function updateOf({ tenantId, at, planned, after }: UnchangedPoll, record: TenantRecord | null): TenantUpdate {
  if (record === null) return noUpdate(tenantId);
  const periods = record.connections.flatMap(({ period }) => period ?? []);
  const connections = record.connections.filter(({ removedAt }) => removedAt === null);
  return {
    ...noUpdate(tenantId),
    poll: {
      tenantId,
      at,
      durationMs: 0,
      result: { outcome: 'observed', connections: connections.map(asObserved), isPartial: false },
    },
    rest: after,
    tenant: { ...record.tenant, ...planned, lastPolledAt: at, lastGoodPollAt: at },
    extendedSnapshots: periods.map(({ id }) => ({ id, to: at, speaksForMs: speaksForMs(planned.intervalMs) })),
  };
}

function asObserved({ network, accountId, displayName, username, period }: Connection): ObservedConnection {
  return { network, accountId, displayName, username, status: period?.status ?? UNKNOWN_STATUS };
}

function hideTenant(state: MemoryState, id: string, removedAt: Instant): void {
  const stored = state.tenants.get(id);
  if (stored !== undefined) state.tenants.set(id, { ...stored, removedAt });
  state.grants.delete(id);
}

function correct(state: MemoryState, id: string, { from, to, speaksForMs }: Omit<Correction, 'id'>): void {
  const snapshot = state.snapshots.get(id);
  if (snapshot !== undefined) state.snapshots.set(id, { ...snapshot, from, to, speaksForMs });
}

function extend(state: MemoryState, { id, to, speaksForMs }: TenantUpdate['extendedSnapshots'][number]): void {
  const snapshot = state.snapshots.get(id);
  if (snapshot === undefined) return;
  state.snapshots.set(id, { ...snapshot, to, speaksForMs, polls: snapshot.polls + 1 });
}
