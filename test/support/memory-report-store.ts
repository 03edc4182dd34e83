import { isUntold, ownersActions } from '../../src/domain/model/incident.ts';
import type { ReportStore } from '../../src/monitoring/ports.ts';
import { memoryPage } from './memory-page.ts';
import { ascending, type Memory, presentTenants } from './memory-state.ts';

export function memoryReportStore(memory: Memory): ReportStore {
  const tenants = () => new Map(presentTenants(memory.state).map((tenant) => [tenant.id, tenant]));
  const incidents = () => {
    const present = tenants();
    return [...memory.state.incidents.values()].filter(({ tenantId }) => present.has(tenantId));
  };
  return {
    changes: async (since) => ({
      broke: incidents().filter(({ openedAt, confirmedAt }) => openedAt >= since && confirmedAt !== null).length,
      repaired: incidents().filter(
        ({ closedAt, closeReason }) => (closedAt ?? 0) >= since && closeReason === 'recovered',
      ).length,
      mailed: [...memory.state.notifications.values()].filter(
        ({ tenantId, sentAt }) => tenantId !== null && (sentAt ?? 0) >= since,
      ).length,
      untold: incidents().filter(isUntold).length,
      failing: [...tenants().values()].filter(
        ({ state, failing }) => state === 'active' && failing !== null && failing.since <= since,
      ).length,
    }),
    people: async (page) => {
      const asked = incidents().filter(
        ({ state, action }) => state === 'open' && ownersActions.some((one) => one === action),
      );
      const entries = [...memory.state.contacts.values()]
        .filter(({ contact, removedAt }) => removedAt === null && contact.state === 'active')
        .flatMap(({ contact }) =>
          asked
            .filter(({ tenantId }) => tenantId === contact.tenantId)
            .map((incident) => ({ email: contact.email.toLowerCase(), incident })),
        );
      const people = [...Map.groupBy(entries, ({ email }) => email)].map(([email, own]) => ({
        email,
        incidents: own.length,
        tenants: new Set(own.map(({ incident }) => incident.tenantId)).size,
        since: Math.min(...own.map(({ incident }) => incident.openedAt)),
      }));
      return memoryPage(people, page, {
        positionOf: (person) => ({ at: person.incidents, id: person.email }),
        order: (a, b) => ascending(b.at, a.at) || ascending(a.id, b.id),
      });
    },
    told: async (since, limit) =>
      incidents()
        .filter(({ openedAt, alerting }) => openedAt >= since && alerting.lastAlert !== null)
        .toSorted((a, b) => ascending(b.openedAt, a.openedAt) || ascending(b.id, a.id))
        .slice(0, limit)
        .flatMap(({ tenantId, connectionId, action, reminders, alerting: { lastAlert }, closedAt, closeReason }) =>
          lastAlert === null || (closedAt !== null && closeReason !== 'recovered')
            ? []
            : [
                {
                  network: memory.state.connections.get(connectionId ?? '')?.network ?? null,
                  locale: tenants().get(tenantId)?.locale ?? '',
                  action,
                  remindersUsed: reminders.used,
                  toldAt: lastAlert.at,
                  repairedAt: closedAt,
                },
              ],
        ),
  };
}
