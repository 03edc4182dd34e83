import { isHeldUntil } from '../../src/domain/model/lease.ts';
import type { Tenant } from '../../src/domain/model/tenant.ts';
import type { Instant } from '../../src/domain/model/time.ts';
import { wasClockAhead } from '../../src/domain/polling/clock-correction.ts';
import type { PollStore } from '../../src/monitoring/ports.ts';
import { ascending, type Memory, presentTenants, transact } from './memory-state.ts';

export function memoryPollStore(memory: Memory, leaseNow: () => Instant): PollStore {
  const pollable = () => presentTenants(memory.state).filter(isPollable);
  const isFree = ({ id }: Tenant) => !isHeldUntil(memory.state.pollLeases.get(id)?.until ?? null, leaseNow());
  const dueAt = (now: Instant) =>
    pollable()
      .filter(isFree)
      .flatMap((tenant) =>
        tenant.nextPollAt !== null && (tenant.nextPollAt <= now || isPlannedAhead(tenant, now))
          ? [{ id: tenant.id, at: tenant.nextPollAt }]
          : [],
      )
      .toSorted((a, b) => ascending(a.at, b.at) || ascending(a.id, b.id))
      .map(({ id }) => id);
  return {
    claimDueTenants: async ({ now, holder, leaseMs, limit, among }) => {
      const ids = dueAt(now)
        .filter((id) => memory.state.pollLeases.get(id)?.holder !== holder && (among?.includes(id) ?? true))
        .slice(0, among === undefined ? limit : undefined);
      return transact(memory, ({ pollLeases }) => {
        for (const id of ids) pollLeases.set(id, { holder, until: leaseNow() + leaseMs });
        return ids;
      });
    },
    dueTenants: async (now, limit) => dueAt(now).slice(0, limit),
    giveBackTenants: async (back) =>
      transact(memory, ({ pollLeases }) => {
        const afterMs = back.tenantIds === 'all' ? 0 : back.afterMs;
        for (const [id, lease] of [...pollLeases]) {
          if (lease.holder !== back.holder || !(back.tenantIds === 'all' || back.tenantIds.includes(id))) continue;
          pollLeases.set(id, { holder: null, until: leaseNow() + afterMs });
        }
      }),
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
    pageLook: async (id) => {
      const stored = memory.state.tenants.get(id);
      return stored === undefined ? null : pick(stored.tenant);
    },
    refusal: async (id) => {
      const tenant = memory.state.tenants.get(id)?.tenant;
      return tenant === undefined ? null : { failing: tenant.failing, privilegesAskedAt: tenant.privilegesAskedAt };
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

function pick({ pagesAskedAt, pagesWanted }: Tenant): Pick<Tenant, 'pagesAskedAt' | 'pagesWanted'> {
  return { pagesAskedAt, pagesWanted };
}

function isPlannedAhead(tenant: Tenant, now: Instant): boolean {
  const { nextPollAt, lastPolledAt, createdAt } = tenant;
  return wasClockAhead(tenant, now) && nextPollAt !== null && nextPollAt >= (lastPolledAt ?? createdAt);
}

export function isPollable({ state }: Tenant): boolean {
  return state === 'active' || state === 'access_denied';
}
