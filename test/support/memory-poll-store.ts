import type { Grant, GrantInUse } from '../../src/domain/model/grant.ts';
import { isHeldUntil } from '../../src/domain/model/lease.ts';
import type { Rest } from '../../src/domain/model/rest.ts';
import type { Tenant } from '../../src/domain/model/tenant.ts';
import type { Instant } from '../../src/domain/model/time.ts';
import { wasClockAhead } from '../../src/domain/polling/clock-correction.ts';
import type { ClaimedTurn, PollStore, TenantToPoll } from '../../src/monitoring/ports.ts';
import { storeUnchanged } from './memory-record-store.ts';
import { ascending, type Memory, presentTenants, transact } from './memory-state.ts';

export function memoryPollStore(memory: Memory, leaseNow: () => Instant): PollStore {
  const pollable = () => presentTenants(memory.state).filter(isPollable);
  const isFree = ({ id }: Tenant) => !isHeldUntil(memory.state.pollLeases.get(id)?.until ?? null, leaseNow());
  const freeTenants = (applicationId: string | null, isMeant: (tenant: Tenant) => boolean) =>
    pollable()
      .filter((tenant) => tenant.applicationId === applicationId && isFree(tenant))
      .flatMap((tenant) => (tenant.nextPollAt !== null && isMeant(tenant) ? [{ tenant, at: tenant.nextPollAt }] : []))
      .toSorted((a, b) => ascending(a.at, b.at) || ascending(a.tenant.id, b.tenant.id))
      .map(({ tenant }) => tenant.id);
  return {
    claimDueTenants: async ({ now, holder, leaseMs, limit, applicationId, which, among }) => {
      const turns = which === 'urgent' ? (['recheck', 'new'] as const) : [which];
      const ids = turns
        .flatMap((turn) => freeTenants(applicationId, (tenant) => isTurn[turn](tenant, now)))
        .filter((id) => memory.state.pollLeases.get(id)?.holder !== holder && (among?.includes(id) ?? true))
        .slice(0, limit);
      return transact(memory, ({ pollLeases }) => {
        for (const id of ids) pollLeases.set(id, { holder, until: leaseNow() + leaseMs });
        return ids;
      });
    },
    dueTenants: async ({ now, applicationId, limit }) =>
      freeTenants(applicationId, (tenant) => isDue(tenant, now)).slice(0, limit),
    giveBackTenants: async (back) =>
      transact(memory, ({ pollLeases }) => {
        const held = [...pollLeases].filter(([, { holder }]) => holder === back.holder).map(([id]) => id);
        const tenants = back.tenants === 'all' ? held.map((id) => ({ id, afterMs: 0 })) : back.tenants;
        for (const { id, afterMs } of tenants.filter((tenant) => held.includes(tenant.id))) {
          pollLeases.set(id, { holder: null, until: leaseNow() + afterMs });
        }
      }),
    countPolledAhead: async (now) => pollable().filter((tenant) => wasClockAhead(tenant, now)).length,
    pollableTenants: async (ids) =>
      pollable()
        .map(({ id, applicationId }) => ({ id, applicationId }))
        .filter(({ id }) => ids === null || ids.includes(id))
        .toSorted((a, b) => ascending(a.id, b.id)),
    schedules: async () => {
      const groups = Map.groupBy(pollable(), ({ applicationId, schedule, timezone }) =>
        JSON.stringify([applicationId, schedule, timezone]),
      );
      return [...groups.values()].flatMap((tenants) =>
        tenants
          .toSorted((a, b) => ascending(a.id, b.id))
          .slice(0, 1)
          .map(({ id, applicationId, schedule, timezone }) => ({
            applicationId,
            schedule,
            timezone,
            tenants: tenants.length,
            firstId: id,
          })),
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

function grantInUse({ refreshToken: _, revision: __, applicationId: ___, ...inUse }: Grant): GrantInUse {
  return inUse;
}

function pick(tenant: Tenant, rest: Rest | null): TenantToPoll['known'] {
  const { id, applicationId, name, timezone, schedule, lastPolledAt, intervalMs, pagesAskedAt, pagesWanted } = tenant;
  return { id, applicationId, name, timezone, schedule, lastPolledAt, intervalMs, pagesAskedAt, pagesWanted, rest };
}

const isDue = (tenant: Tenant, now: Instant) => (tenant.nextPollAt ?? now + 1) <= now || isPlannedAhead(tenant, now);

/** Of what is urgent, whoever settles a doubt comes before all that were never asked. */
const isTurn: Readonly<Record<Exclude<ClaimedTurn, 'urgent'> | 'new', (tenant: Tenant, now: Instant) => boolean>> = {
  recheck: (tenant, now) => isDue(tenant, now) && tenant.recheckWanted,
  new: (tenant, now) => isDue(tenant, now) && !tenant.recheckWanted && tenant.lastPolledAt === null,
  due: isDue,
  next: () => true,
};

function isPlannedAhead(tenant: Tenant, now: Instant): boolean {
  const { nextPollAt, lastPolledAt, createdAt } = tenant;
  return wasClockAhead(tenant, now) && nextPollAt !== null && nextPollAt >= (lastPolledAt ?? createdAt);
}

export function isPollable({ state }: Tenant): boolean {
  return state === 'active' || state === 'access_denied';
}
