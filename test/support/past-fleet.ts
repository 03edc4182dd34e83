import fc from 'fast-check';
import type { ConnectionNow } from '../../src/domain/connection-now.ts';
import { connectionThen, tenantThen } from '../../src/domain/connection-then.ts';
import { DAY_MS, type Instant } from '../../src/domain/model/time.ts';
import type { PastFilter, RememberedTenant, Stores } from '../../src/monitoring/ports.ts';
import { createHealth } from '../../src/monitoring/reading/create-health.ts';
import { operator } from '../../src/monitoring/viewer.ts';
import type { TenantHistory } from '../../src/monitoring/views.ts';
import { anUpdate, NOW } from './builders.ts';
import { wholePastArbitrary } from './past-arbitrary.ts';
import { save } from './store-records.ts';
import { manualClock } from './use-case-clock.ts';
import { upstreamsOver } from './use-case-upstreams.ts';

const TENANTS = 12;

/** A dozen pasts as they were stored, and what the history of each tells; those that are removed are so afterwards. */
export async function storePasts(store: Stores) {
  const ids = Array.from({ length: TENANTS }, (_, n) => `tenant-${String(n).padStart(2, '0')}`);
  const pasts = ids.flatMap((id, seed) => fc.sample(wholePastArbitrary(id), { numRuns: 1, seed }));
  await store.tenants.add(pasts.map(({ tenant }) => ({ tenant, contacts: [], grant: null })));
  for (const { tenant, connections, snapshots: newSnapshots, incidents } of pasts)
    await save(store, anUpdate({ tenantId: tenant.id, connections, newSnapshots, incidents }));
  const histories = new Map<string, TenantHistory>();
  const health = createHealth({ ...store, upstreams: upstreamsOver({}), clock: manualClock(NOW) });
  for (const { tenant } of pasts) {
    const range = { from: tenant.createdAt - DAY_MS, to: NOW + 30 * DAY_MS };
    const history = await health.history(operator, { tenantId: tenant.id, connection: null, ...range });
    if (history !== null) histories.set(tenant.id, history);
  }
  for (const { tenant, removedAt } of pasts)
    if (removedAt !== null) await save(store, anUpdate({ tenantId: tenant.id, removedAt }));
  return { pasts, histories };
}

type Reading = Pick<ConnectionNow, 'health' | 'conditions' | 'status'> & Readonly<{ id: string }>;

/** What a tenant's history says of the moment; a connection of which it says nothing was not there. */
export function readingsInHistory(history: TenantHistory | undefined, at: Instant): readonly Reading[] {
  return (history?.connections ?? []).flatMap(({ id, periods }) => {
    const period = periods.find(({ from, to }) => from <= at && at < to);
    return period === undefined ? [] : [readingOf({ id, ...period })];
  });
}

function readingOf({ id, health, conditions, status }: Reading): Reading {
  return { id, health, conditions, status };
}

/** A tenant as it was, with the network of each of its connections. */
export type TenantOfPast = ReturnType<typeof asItWas>;

export function asItWas({ tenant, connections }: RememberedTenant, at: Instant) {
  const then = connections.map(({ connection, ...remembered }) => ({
    id: connection.id,
    network: connection.network,
    ...connectionThen(remembered, at),
  }));
  return {
    id: tenant.id,
    name: tenant.name,
    externalId: tenant.externalId,
    ...tenantThen(then, tenant, at),
    connections: then,
  };
}

export function readingsOf({ connections }: TenantOfPast): readonly Reading[] {
  return connections.map(readingOf);
}

/** Filters as the interface describes them. */
export function isMeant(tenant: TenantOfPast, { health, network, condition, search, externalId }: PastFilter): boolean {
  const shows = (one: TenantOfPast['connections'][number]) =>
    condition === undefined ? one.health !== 'removed' : one.conditions.includes(condition);
  return (
    (health === undefined || (tenant.health !== null && health.includes(tenant.health))) &&
    (network === undefined && condition === undefined
      ? true
      : tenant.connections.some((one) => (network === undefined || one.network === network) && shows(one))) &&
    (search === undefined || tenant.name.toLowerCase().includes(search.toLowerCase())) &&
    (externalId === undefined || tenant.externalId === externalId)
  );
}
