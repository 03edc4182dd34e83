import { healthNow } from '../../src/domain/connection-now.ts';
import { actions } from '../../src/domain/model/condition.ts';
import { isHeldUntil } from '../../src/domain/model/lease.ts';
import type { Notification } from '../../src/domain/model/notification.ts';
import { isDeadGrant, LASTING_FAILURES, LASTING_MS } from '../../src/domain/model/refresh.ts';
import type { Instant } from '../../src/domain/model/time.ts';
import type { ConnectionCount, MonitorStore } from '../../src/monitoring/ports.ts';
import { type Memory, overviewsOf, presentTenants } from './memory-state.ts';

export function memoryMonitorStore(memory: Memory, leaseNow: () => Instant): MonitorStore {
  const isFree = (tenantId: string) => !isHeldUntil(memory.state.pollLeases.get(tenantId)?.until ?? null, leaseNow());
  return {
    tenants: async () => presentTenants(memory.state).length,
    connections: async (now) => {
      const counts = new Map<string, ConnectionCount>();
      for (const { tenant, connections } of overviewsOf(memory.state)) {
        for (const connection of connections) {
          const [network, health] = [connection.network, healthNow(connection, tenant, now)];
          const before = counts.get(`${network} ${health}`)?.connections ?? 0;
          counts.set(`${network} ${health}`, { network, health, connections: before + 1 });
        }
      }
      return [...counts.values()];
    },
    openIncidents: async () => {
      const present = new Set(presentTenants(memory.state).map(({ id }) => id));
      const open = [...memory.state.incidents.values()].filter(
        ({ state, tenantId }) => state !== 'closed' && present.has(tenantId),
      );
      return new Map(actions.map((action) => [action, open.filter((each) => each.action === action).length]));
    },
    polls: async (now, except = []) => {
      const asked = presentTenants(memory.state).filter(({ applicationId }) => !except.includes(applicationId));
      const due = asked.flatMap(({ id, state, nextPollAt }) =>
        isFree(id) && (state === 'active' || state === 'access_denied') && nextPollAt !== null && nextPollAt <= now
          ? [nextPollAt]
          : [],
      );
      const since = least(due);
      return {
        lastAt: greatest(
          [...memory.state.tenants.values()].flatMap(({ tenant: { lastPolledAt } }) => lastPolledAt ?? []),
        ),
        due: since === null ? null : { tenants: Math.min(due.length, 1000), isMore: due.length > 1000, since },
      };
    },
    grants: async (now) => {
      const present = presentTenants(memory.state);
      const troubled = present.flatMap(({ id, state }) => {
        const trouble = memory.state.grants.get(id)?.trouble ?? null;
        return trouble === null ? [] : [{ ...trouble, state, isDead: isDeadGrant(trouble.kind) }];
      });
      const failing = troubled.filter(
        ({ isDead, failures, since }) => !isDead && failures >= LASTING_FAILURES && since <= now - LASTING_MS,
      );
      const since = least(failing.map((one) => one.since));
      const refused = present.flatMap(({ failing: fails, lastGoodPollAt, intervalMs }) =>
        fails?.kind === 'invalid_grant' && lastGoodPollAt !== null
          ? [{ lastGoodPollAt, intervalMs, refusedSince: fails.since }]
          : [],
      );
      return {
        failing: since === null ? null : { tenants: failing.length, since },
        deadWhilePaused: troubled.filter(({ isDead, state }) => isDead && state === 'paused').length,
        refused: refused.toSorted((a, b) => b.refusedSince - a.refusedSince),
      };
    },
    mail: async (now) => {
      const all = [...memory.state.notifications.values()];
      const pending = all.filter(({ state }) => state === 'pending');
      const due = pending.filter((mail) => mail.dueAt <= now && !isHeldUntil(mail.leaseUntil, leaseNow()));
      return {
        oldestPendingAt: least(pending.map(({ createdAt }) => createdAt)),
        dueSince: least(due.map(({ dueAt }) => dueAt)),
        failingSince: least(pending.map(({ firstAttemptAt }) => firstAttemptAt)),
        lastSentAt: greatest(all.map(({ sentAt }) => sentAt)),
        lastResponse: (latest(pending, 'lastAttemptAt') ?? latest(all, 'sentAt'))?.response ?? null,
      };
    },
  };
}

function latest(mails: readonly Notification[], by: 'lastAttemptAt' | 'sentAt'): Notification | undefined {
  const at = greatest(mails.map((mail) => mail[by]));
  return at === null ? undefined : mails.find((mail) => mail[by] === at);
}

function least(times: readonly (Instant | null)[]): Instant | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.min(...known);
}

function greatest(times: readonly (Instant | null)[]): Instant | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.max(...known);
}
