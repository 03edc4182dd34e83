import type { Grant, GrantInUse } from '../../src/domain/model/grant.ts';
import { isHeldUntil } from '../../src/domain/model/lease.ts';
import type { Rest } from '../../src/domain/model/rest.ts';
import type { Tenant } from '../../src/domain/model/tenant.ts';
import type { Instant } from '../../src/domain/model/time.ts';
import { wasClockAhead } from '../../src/domain/polling/clock-correction.ts';
import type { PollStore, TenantToPoll } from '../../src/monitoring/ports.ts';
import { storeUnchanged } from './memory-record-store.ts';
import { ascending, type Memory, presentTenants, transact } from './memory-state.ts';

export function memoryPollStore(memory: Memory, leaseNow: () => Instant): PollStore {
  const pollable = () => presentTenants(memory.state).filter(isPollable);
  const isFree = ({ id }: Tenant) => !isHeldUntil(memory.state.pollLeases.get(id)?.until ?? null, leaseNow());
  return {
    claimDueTenants: async ({ now, holder, leaseMs, limit }) => {
      const due = pollable()
        .filter((tenant) => isFree(tenant) && memory.state.pollLeases.get(tenant.id)?.holder !== holder)
        .flatMap((tenant) =>
          tenant.nextPollAt !== null && (tenant.nextPollAt <= now || isPlannedAhead(tenant, now))
            ? [{ tenant, at: tenant.nextPollAt }]
            : [],
        )
        .toSorted((a, b) => ascending(a.at, b.at) || ascending(a.tenant.id, b.tenant.id))
        .slice(0, limit);
      return transact(memory, ({ pollLeases }) => {
        for (const { tenant } of due) pollLeases.set(tenant.id, { holder, until: leaseNow() + leaseMs });
        return due.map(({ tenant }) => tenant.id);
      });
    },
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
    toPoll: async (ids) =>
      ids.map((id) => {
        const tenant = memory.state.tenants.get(id)?.tenant;
        const grant = memory.state.grants.get(id)?.grant ?? null;
        const rest = memory.state.rests.get(id) ?? null;
        return { id, grant: grant && grantInUse(grant), known: tenant === undefined ? null : pick(tenant, rest) };
      }),
    storeUnchanged: async (polls) => transact(memory, (state) => storeUnchanged(state, polls)),
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
        for (const tenant of moves) tenants.set(tenant.id, { tenant, removedAt: null });
      });
      return { last: page.length < limit ? null : (page.at(-1)?.id ?? null), moved: moves.length };
    },
  };
}

function grantInUse({ refreshToken: _, revision: __, ...inUse }: Grant): GrantInUse {
  return inUse;
}

function pick(tenant: Tenant, rest: Rest | null): TenantToPoll['known'] {
  const { id, name, timezone, schedule, lastPolledAt, intervalMs, pagesAskedAt, pagesWanted } = tenant;
  return { id, name, timezone, schedule, lastPolledAt, intervalMs, pagesAskedAt, pagesWanted, rest };
}

function isPlannedAhead(tenant: Tenant, now: Instant): boolean {
  const { nextPollAt, lastPolledAt, createdAt } = tenant;
  return wasClockAhead(tenant, now) && nextPollAt !== null && nextPollAt >= (lastPolledAt ?? createdAt);
}

export function isPollable({ state }: Tenant): boolean {
  return state === 'active' || state === 'access_denied';
}
