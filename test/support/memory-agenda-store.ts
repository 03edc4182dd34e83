import { wasClockAhead } from '../../src/domain/polling/clock-correction.ts';
import type { AgendaStore } from '../../src/monitoring/ports.ts';
import type { Memory } from './memory-state.ts';

export function memoryAgendaStore(memory: Memory): AgendaStore {
  return {
    read: async (now) => {
      const { tenants, notifications, incidents, webhooks, breakers } = memory.state;
      const isDue = (at: number | null) => at !== null && at <= now;
      const mail = [...notifications.values()];
      const open = [...incidents.values()].filter(({ state }) => state !== 'closed');
      return {
        polls:
          [...breakers.values()].some(({ openSince }) => openSince !== null) ||
          [...tenants.values()].some(
            ({ tenant, removedAt }) => (removedAt === null && isDue(tenant.nextPollAt)) || wasClockAhead(tenant, now),
          ),
        mail:
          mail.some(({ state, dueAt }) => state === 'pending' && isDue(dueAt)) ||
          mail.some(({ state, reason }) => state === 'held' && reason === 'held_brake') ||
          open.some(({ reminders }) => isDue(reminders.nextAt)),
        neverWorked: open.some(
          ({ connectionId, alerting }) => connectionId === null && alerting.decision === 'before_first_good_poll',
        ),
        webhooks: [...webhooks.values()].some(({ endpoint }) => endpoint.state === 'active'),
      };
    },
  };
}
