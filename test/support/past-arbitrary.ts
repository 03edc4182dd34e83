import fc from 'fast-check';
import type { Condition, Health } from '../../src/domain/model/condition.ts';
import type { Connection, Snapshot } from '../../src/domain/model/connection.ts';
import type { Incident } from '../../src/domain/model/incident.ts';
import type { Tenant } from '../../src/domain/model/tenant.ts';
import { HOUR_MS, type Instant } from '../../src/domain/model/time.ts';
import { aConnection, anIncident, aSnapshot, aStatus, aTenant, NOW } from './builders.ts';

/** A tenant's whole past, hour by hour, from two days ago until `NOW`. */
export type WholePast = Readonly<{
  tenant: Tenant;
  removedAt: Instant | null;
  connections: readonly Connection[];
  snapshots: readonly Snapshot[];
  incidents: readonly Incident[];
}>;

const HOURS = 48;
const hourAt = (hour: number): Instant => NOW + (hour - HOURS) * HOUR_MS;

const readings: readonly (readonly [Health, readonly Condition[]])[] = [
  ['healthy', []],
  ['broken', ['token_invalid']],
  ['broken', ['no_profile', 'rate_limited']],
  ['waiting', ['rate_limited']],
  ['waiting', ['check_failed']],
  ['unobserved', []],
  ['removed', ['removed']],
];

/** How long after the one before it a period begins, how long it lasts, how long it speaks on, and what it shows. */
const stretch = fc.record({
  gap: fc.integer({ min: 1, max: 6 }),
  lasts: fc.integer({ min: 0, max: 9 }),
  speaksOn: fc.integer({ min: 0, max: 4 }),
  reading: fc.constantFrom(...readings),
  hasIncident: fc.boolean(),
});

const connectionShape = fc.record({
  network: fc.constantFrom('facebook', 'instagram', 'linkedin'),
  foundAtBaseline: fc.boolean(),
  firstSeen: fc.integer({ min: 0, max: HOURS }),
  stretches: fc.array(stretch, { maxLength: 8 }),
});

type Shape = typeof connectionShape extends fc.Arbitrary<infer Given> ? Given : never;

export function wholePastArbitrary(id: string): fc.Arbitrary<WholePast> {
  return fc
    .record({
      created: fc.integer({ min: 0, max: HOURS - 8 }),
      baselined: fc.option(fc.integer({ min: 0, max: 6 })),
      removed: fc.option(fc.integer({ min: 8, max: HOURS })),
      name: fc.constantFrom("Jane's Bakery", 'Café Zoë', 'BÄCKEREI'),
      connections: fc.array(connectionShape, { maxLength: 3 }),
    })
    .map(({ created, baselined, removed, name, connections: shapes }) => {
      const baselinedAt = baselined === null ? null : hourAt(created + baselined);
      const createdAt = hourAt(created);
      const parts = shapes.map((shape, n) => connectionPast(id, n, { ...shape, created }));
      return {
        tenant: aTenant({ id, externalId: `crm-${id}`, name, createdAt, baselinedAt }),
        removedAt: removed === null ? null : Math.max(hourAt(removed), createdAt + HOUR_MS),
        connections: parts.map(({ connection }) => connection),
        snapshots: parts.flatMap(({ snapshots }) => snapshots),
        incidents: parts.flatMap(({ incidents }) => incidents),
      };
    });
}

function connectionPast(tenantId: string, n: number, shape: Shape & Readonly<{ created: number }>) {
  const { network, foundAtBaseline, stretches, created } = shape;
  const id = `${tenantId}-${n}`;
  const firstSeen = Math.max(created, shape.firstSeen % HOURS);
  const firstSeenAt = hourAt(firstSeen);
  const connection = { id, tenantId, network, accountId: id, foundAtBaseline, firstSeenAt, period: null };
  const snapshots: Snapshot[] = [];
  const incidents: Incident[] = [];
  let hour = firstSeen - 1;
  for (const [m, { gap, lasts, speaksOn, reading, hasIncident }] of stretches.entries()) {
    const [from, to] = [hour + gap, hour + gap + lasts];
    const [health, conditions] = reading;
    const times = { from: hourAt(from), to: hourAt(to), speaksForMs: speaksOn * HOUR_MS };
    const status = aStatus({ tokenIsValid: health === 'healthy', networkStatus: 200 + m });
    snapshots.push(aSnapshot({ id: `${id}-${m}`, connectionId: id, ...times, health, conditions, status }));
    const closed = {
      state: 'closed',
      closeReason: 'recovered',
      openedAt: hourAt(from) - 1,
      closedAt: hourAt(to),
    } as const;
    if (hasIncident) incidents.push(anIncident({ id: `i-${id}-${m}`, tenantId, connectionId: id, ...closed }));
    hour = to;
  }
  return { connection: aConnection(connection), snapshots, incidents };
}

/** Moments at which something of the past begins or ends, a little before and after, and some in between. */
export function momentsOf(pasts: readonly WholePast[]): readonly Instant[] {
  const turns = pasts.flatMap(({ tenant, removedAt, connections, snapshots }) => [
    tenant.createdAt,
    tenant.baselinedAt ?? NOW,
    removedAt ?? NOW,
    ...connections.map(({ firstSeenAt }) => firstSeenAt),
    ...snapshots.flatMap(({ from, to, speaksForMs }) => [from, to, to + speaksForMs]),
  ]);
  return [...new Set(turns.flatMap((at) => [at - 1, at, at + 1]))].toSorted((a, b) => a - b);
}
