import type { Tenant } from '../../src/domain/model/tenant.ts';
import type { TenantRecord, TenantUpdate } from '../../src/domain/model/tenant-record.ts';
import type { Instant } from '../../src/domain/model/time.ts';
import type { PollClaim, PollStore, RecordStore } from '../../src/monitoring/ports.ts';
import { createQueue } from './queue.ts';

/** A fleet in memory for days of many tenants: every step takes as long as what it touches, whatever else there is. */
export type LightFleet = Readonly<{
  polls: Pick<PollStore, 'claimDueTenants' | 'giveBackTenants' | 'schedules' | 'toPoll' | 'refusal'>;
  records: Pick<RecordStore, 'change'>;
  tenants(): Iterable<Tenant>;
  /** When the first that nobody has claimed is due; null when there is none. */
  nextDueAt(applicationId: string | null): Instant | null;
}>;

type Row = {
  record: TenantRecord;
  holder: string | null;
  heldUntil: Instant;
  /** Of its entry in the queue; an older one is passed over. */
  turn: number;
};

type Turn = Readonly<{ id: string; turn: number }>;

export function lightFleet(tenants: readonly Tenant[], now: () => Instant): LightFleet {
  const rows = new Map<string, Row>();
  const queues = new Map<string | null, ReturnType<typeof createQueue<Turn>>>();
  const never = new Set<string>();
  const doubtful = new Set<string>();

  const queueOf = (id: string | null) => {
    const queue = queues.get(id) ?? createQueue<Turn>();
    queues.set(id, queue);
    return queue;
  };

  function place(row: Row): void {
    const { id, nextPollAt, lastPolledAt, recheckWanted, applicationId } = row.record.tenant;
    row.turn += 1;
    if (nextPollAt !== null) queueOf(applicationId).add(Math.max(nextPollAt, row.heldUntil), { id, turn: row.turn });
    if (lastPolledAt === null) never.add(id);
    else never.delete(id);
    if (recheckWanted) doubtful.add(id);
    else doubtful.delete(id);
  }

  // Nobody comes or goes.
  const schedules = [...Map.groupBy(tenants, ({ applicationId }) => applicationId)].map(([applicationId, own]) => ({
    applicationId,
    schedule: null,
    timezone: 'UTC',
    tenants: own.length,
    firstId: own[0]?.id ?? '',
  }));

  for (const tenant of tenants) {
    const record = { tenant, contacts: [], formerContacts: [], connections: [], incidents: [], notifications: [] };
    const row = { record, holder: null, heldUntil: 0, turn: 0 };
    rows.set(tenant.id, row);
    place(row);
  }

  function claim(row: Row, { holder, leaseMs }: PollClaim): void {
    Object.assign(row, { holder, heldUntil: now() + leaseMs });
    // Comes due again when the process that holds it has died.
    place(row);
  }

  function firstOf(applicationId: string | null): Readonly<{ at: Instant; row: Row }> | null {
    const queue = queueOf(applicationId);
    for (let first = queue.first(); first !== null; first = queue.first()) {
      const row = rows.get(first.item.id);
      if (row !== undefined && row.turn === first.item.turn) return { at: first.at, row };
      queue.take();
    }
    return null;
  }

  function* those(ids: ReadonlySet<string>, { now: dueBy, applicationId }: PollClaim): Generator<Row> {
    for (const id of ids) {
      const row = rows.get(id);
      const tenant = row?.record.tenant;
      if (row === undefined || tenant?.applicationId !== applicationId || row.heldUntil > now()) continue;
      if ((tenant.nextPollAt ?? dueBy + 1) <= dueBy) yield row;
    }
  }

  function* inTurn(wanted: PollClaim): Generator<Row> {
    const { which, applicationId } = wanted;
    yield* those(doubtful, wanted);
    if (which === 'recheck') return;
    if (which === 'urgent') return yield* those(never, wanted);
    for (let first = firstOf(applicationId); first !== null; first = firstOf(applicationId)) {
      if (which === 'due' && first.at > wanted.now) return;
      yield first.row;
    }
  }

  return {
    tenants: () => [...rows.values()].map(({ record }) => record.tenant),
    nextDueAt: (applicationId) => firstOf(applicationId)?.at ?? null,
    polls: {
      claimDueTenants: async (wanted) => {
        const claimed: string[] = [];
        for (const row of inTurn(wanted)) {
          if (claimed.length === wanted.limit) break;
          claim(row, wanted);
          claimed.push(row.record.tenant.id);
        }
        return claimed;
      },
      giveBackTenants: async (back) => {
        if (back.tenants === 'all') return;
        for (const { id, afterMs } of back.tenants) {
          const row = rows.get(id);
          if (row === undefined || row.holder !== back.holder) continue;
          Object.assign(row, { holder: null, heldUntil: now() + afterMs });
          place(row);
        }
      },
      schedules: async () => schedules,
      toPoll: async (ids) =>
        ids.map((id) => {
          const tenant = rows.get(id)?.record.tenant;
          return { id, grant: null, known: tenant === undefined ? null : { ...tenant, rest: null } };
        }),
      refusal: async (id) => rows.get(id)?.record.tenant ?? null,
    },
    records: {
      change: async (tenantIds, decide) => {
        const found = tenantIds.flatMap((id) => rows.get(id) ?? []);
        const { updates, result } = decide(
          found.map(({ record }) => record),
          now(),
          0,
        );
        for (const update of updates) {
          const row = rows.get(update.tenantId);
          if (row === undefined) continue;
          Object.assign(row, { record: changed(row.record, update), holder: null, heldUntil: 0 });
          place(row);
        }
        return result;
      },
    },
  };
}

function changed(record: TenantRecord, update: TenantUpdate): TenantRecord {
  const snapshots = new Map(update.newSnapshots.map((snapshot) => [snapshot.connectionId, snapshot]));
  const extended = new Map(update.extendedSnapshots.map((snapshot) => [snapshot.id, snapshot]));
  const connections = merged(record.connections, update.connections).map((connection) => {
    const period = snapshots.get(connection.id) ?? connection.period;
    const extension = period === null ? undefined : extended.get(period.id);
    if (period === null || extension === undefined) return { ...connection, period };
    return { ...connection, period: { ...period, ...extension, polls: period.polls + 1 } };
  });
  return {
    ...record,
    tenant: update.tenant ?? record.tenant,
    connections,
    incidents: merged(record.incidents, update.incidents).filter(({ state }) => state !== 'closed'),
  };
}

function merged<Item extends Readonly<{ id: string }>>(stored: readonly Item[], given: readonly Item[]): Item[] {
  const byId = new Map(stored.map((item) => [item.id, item]));
  for (const item of given) byId.set(item.id, { ...byId.get(item.id), ...item });
  return [...byId.values()];
}
