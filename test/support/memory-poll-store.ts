import type { Tenant } from '../../src/domain/model/tenant.ts';
import type { Instant } from '../../src/domain/model/time.ts';
import { wasClockAhead } from '../../src/domain/polling/clock-correction.ts';
import type { PollStore } from '../../src/monitoring/ports.ts';
import { ascending, type Memory, presentTenants, transact } from './memory-state.ts';

export function memoryPollStore(memory: Memory): PollStore {
  const pollable = () => presentTenants(memory.state).filter(isPollable);
  return {
    claimDueTenants: async ({ now, leaseUntil, limit }) => {
      const due = pollable()
        .flatMap((tenant) =>
          tenant.nextPollAt !== null && (tenant.nextPollAt <= now || isPlannedAhead(tenant, now))
            ? [{ tenant, at: tenant.nextPollAt }]
            : [],
        )
        .toSorted((a, b) => ascending(a.at, b.at) || ascending(a.tenant.id, b.tenant.id))
        .slice(0, limit);
      return transact(memory, ({ tenants }) => {
        for (const { tenant } of due) {
          tenants.set(tenant.id, { tenant: { ...tenant, nextPollAt: leaseUntil }, isRemoved: false });
        }
        return due.map(({ tenant }) => tenant.id);
      });
    },
    countPolledAhead: async (now) => pollable().filter((tenant) => wasClockAhead(tenant, now)).length,
    pollableTenants: async (ids) =>
      pollable()
        .map(({ id }) => id)
        .filter((id) => ids === null || ids.includes(id))
        .toSorted(ascending),
    schedules: async () => {
      const groups = Map.groupBy(pollable(), ({ schedule, timezone }) => JSON.stringify([schedule, timezone]));
      return [...groups.values()].flatMap((tenants) =>
        tenants
          .toSorted((a, b) => ascending(a.id, b.id))
          .slice(0, 1)
          .map(({ id, schedule, timezone }) => ({ schedule, timezone, tenants: tenants.length, firstId: id })),
      );
    },
    replan: async ({ after, limit }, decide) => {
      const page = pollable()
        .filter(({ id }) => id > after)
        .toSorted((a, b) => ascending(a.id, b.id))
        .slice(0, limit);
      const moves = page.flatMap((tenant) => {
        const nextPollAt = decide(tenant);
        return nextPollAt === null ? [] : [{ ...tenant, nextPollAt }];
      });
      transact(memory, ({ tenants }) => {
        for (const tenant of moves) tenants.set(tenant.id, { tenant, isRemoved: false });
      });
      return { last: page.length < limit ? null : (page.at(-1)?.id ?? null), moved: moves.length };
    },
  };
}

/** A claim plans it before its last poll: nobody else takes it then. */
function isPlannedAhead(tenant: Tenant, now: Instant): boolean {
  const { nextPollAt, lastPolledAt, createdAt } = tenant;
  return wasClockAhead(tenant, now) && nextPollAt !== null && nextPollAt >= (lastPolledAt ?? createdAt);
}

export function isPollable({ state }: Tenant): boolean {
  return state === 'active' || state === 'access_denied';
}
