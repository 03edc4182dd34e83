import type { MailTroubleStore } from '../../src/monitoring/ports.ts';
import { type Memory, transact } from './memory-state.ts';

export function memoryMailTroubleStore(memory: Memory): MailTroubleStore {
  const current = () => [...memory.state.mailTroubles.values()].find(({ endedAt }) => endedAt === null) ?? null;
  return {
    current: async () => {
      const trouble = current();
      return trouble === null ? null : { id: trouble.id, since: trouble.since, response: trouble.response };
    },
    begin: async (trouble) => {
      if (current() !== null) return false;
      transact(memory, ({ mailTroubles }) => mailTroubles.set(trouble.id, { ...trouble, endedAt: null }));
      return true;
    },
    end: async (id, at, mail) => {
      const trouble = current();
      if (trouble?.id !== id) return false;
      transact(memory, ({ mailTroubles, notifications }) => {
        mailTroubles.set(id, { ...trouble, endedAt: at });
        for (const notification of mail) notifications.set(notification.id, notification);
      });
      return true;
    },
  };
}
