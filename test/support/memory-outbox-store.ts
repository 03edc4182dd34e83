import { isHeldUntil } from '../../src/domain/model/lease.ts';
import type { Notification } from '../../src/domain/model/notification.ts';
import type { Instant } from '../../src/domain/model/time.ts';
import type { OperatorMailStore, OutboxStore } from '../../src/monitoring/ports.ts';
import { ascending, type Memory, presentTenants, transact } from './memory-state.ts';

export function memoryOutboxStore(memory: Memory, leaseNow: () => Instant): OutboxStore {
  const all = () => [...memory.state.notifications.values()];
  const isPresent = (tenantId: string) => presentTenants(memory.state).some(({ id }) => id === tenantId);
  return {
    dueMail: async (now, limit, among) =>
      all()
        .filter((mail) => isFree(mail, leaseNow()) && mail.dueAt <= now && (among?.includes(mail.id) ?? true))
        .toSorted((a, b) => ascending(a.dueAt, b.dueAt) || ascending(a.id, b.id))
        .slice(0, limit)
        .map(({ id, tenantId, to }) => ({ id, tenantId, to })),
    tenantsWithDueReminders: async (now, limit) => {
      const due = [...memory.state.incidents.values()]
        .flatMap(({ tenantId, state, reminders: { nextAt } }) =>
          state !== 'closed' && nextAt !== null && nextAt <= now && isPresent(tenantId)
            ? [{ tenantId, remindAt: nextAt }]
            : [],
        )
        .toSorted((a, b) => ascending(a.remindAt, b.remindAt) || ascending(a.tenantId, b.tenantId));
      return [...new Set(due.map(({ tenantId }) => tenantId))].slice(0, limit);
    },
    counts: async (tenantId) => {
      const own = all().filter((mail) => tenantId === null || mail.tenantId === tenantId);
      const count = (wanted: 'pending' | 'held') => own.filter(({ state }) => state === wanted).length;
      return { pending: count('pending'), held: count('held') };
    },
    heldForBrake: async () => {
      const held = all().filter(({ state, reason }) => state === 'held' && reason === 'held_brake');
      return { mails: held.length, tenants: new Set(held.map(({ tenantId }) => tenantId)).size };
    },
  };
}

export function memoryOperatorMailStore(memory: Memory, leaseNow: () => Instant): OperatorMailStore {
  return {
    claim: async (id, leaseMs) =>
      transact(memory, ({ notifications }) => {
        const mail = notifications.get(id);
        if (mail === undefined || mail.tenantId !== null || !isFree(mail, leaseNow())) return null;
        const claimed = { ...mail, leaseUntil: leaseNow() + leaseMs };
        notifications.set(id, claimed);
        return claimed;
      }),
    renew: async ({ id, leaseUntil }, leaseMs) =>
      transact(memory, ({ notifications }) => {
        const mail = notifications.get(id);
        if (mail === undefined || mail.tenantId !== null || mail.leaseUntil !== leaseUntil) return null;
        const until = leaseNow() + leaseMs;
        notifications.set(id, { ...mail, leaseUntil: until });
        return until;
      }),
    save: async (mail, leaseUntil) =>
      transact(memory, ({ notifications }) => {
        const stored = notifications.get(mail.id);
        if (stored === undefined || stored.tenantId !== null || stored.leaseUntil !== leaseUntil) return false;
        notifications.set(mail.id, { ...mail, report: stored.report });
        return true;
      }),
  };
}

function isFree(mail: Notification, now: Instant): boolean {
  return mail.state === 'pending' && !isHeldUntil(mail.leaseUntil, now);
}
