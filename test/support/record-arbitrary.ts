import fc from 'fast-check';
import { type Condition, type Health, healths } from '../../src/domain/model/condition.ts';
import type { Connection } from '../../src/domain/model/connection.ts';
import { incidentStates } from '../../src/domain/model/incident.ts';
import { type Tenant, tenantStates } from '../../src/domain/model/tenant.ts';
import type { TenantRecord } from '../../src/domain/model/tenant-record.ts';
import { HOUR_MS } from '../../src/domain/model/time.ts';
import { aConnection, aContact, anIncident, aSnapshot, aTenant, NOW } from './builders.ts';
import { aRecord } from './domain-record.ts';

/** Moments at which the periods below have just begun, still speak, have ceased to speak, or did so long ago. */
export const moments = [0, 1, 2, 3, 4, 5, 24].flatMap((hours) => [NOW + hours * HOUR_MS, NOW + hours * HOUR_MS + 1]);

const shown: Readonly<Record<Health, readonly (readonly Condition[])[]>> = {
  healthy: [[]],
  broken: [['token_missing'], ['token_invalid'], ['no_profile', 'rate_limited']],
  waiting: [['rate_limited'], ['check_failed']],
  unobserved: [[]],
  removed: [['removed']],
};

const networks = ['facebook', 'instagram', 'linkedin'] as const;

/** A tenant in any state, with any connections, and with incidents that are or are not closed. */
export function recordArbitrary(id: string): fc.Arbitrary<TenantRecord> {
  return fc
    .record({
      state: fc.constantFrom(...tenantStates),
      baselinedAt: fc.constantFrom(null, NOW),
      name: fc.constantFrom("Jane's Bakery", 'Café Zoë', '100% [Wool]_*?', 'BÄCKEREI', id),
      connections: fc.array(connectionShape, { maxLength: 3 }),
      access: fc.option(fc.constantFrom(...incidentStates)),
    })
    .map(({ connections: shapes, access, ...tenant }) => {
      const connections = shapes.map((shape, n) => connectionOf(id, n, shape));
      const about = connections.map(({ id: connectionId }, n) => ({
        connectionId,
        state: shapes[n]?.incident ?? null,
      }));
      const incidents = [...about, { connectionId: null, state: access }].flatMap(({ connectionId, state }, n) =>
        state === null ? [] : [anIncident({ id: `${id}-${n}`, tenantId: id, connectionId, state, openedAt: NOW - n })],
      );
      return recordOf(aTenant({ id, ...tenant }), connections, incidents);
    });
}

const connectionShape = fc.record({
  health: fc.option(fc.constantFrom(...healths)),
  variant: fc.nat(2),
  hours: fc.nat(3),
  incident: fc.option(fc.constantFrom(...incidentStates)),
});

type Shape = Readonly<{ health: Health | null; variant: number; hours: number }>;

function connectionOf(tenantId: string, n: number, { health, variant, hours }: Shape): Connection {
  const id = `${tenantId}-${n}`;
  const conditions = health === null ? [] : (shown[health][variant % shown[health].length] ?? []);
  const to = NOW + hours * HOUR_MS;
  const period = { id: `period-of-${id}`, connectionId: id, from: NOW, to, speaksForMs: 2 * HOUR_MS, conditions };
  return aConnection({
    id,
    tenantId,
    network: networks[n % 3] ?? 'facebook',
    accountId: id,
    period: health === null ? null : aSnapshot({ ...period, health }),
  });
}

function recordOf(tenant: Tenant, connections: readonly Connection[], incidents: TenantRecord['incidents']) {
  const contacts = [aContact({ id: `owner-of-${tenant.id}`, tenantId: tenant.id })];
  return aRecord({ tenant, contacts, connections, incidents, notifications: [] });
}
