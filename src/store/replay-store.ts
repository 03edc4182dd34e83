import type { TimeRange } from '../domain/history.ts';
import type { TenantPast } from '../domain/model/tenant-past.ts';
import type { Instant } from '../domain/model/time.ts';
import type { ReplayStore } from '../monitoring/ports.ts';
import type { Database, Session } from './database.ts';
import { findForIds } from './id-lists.ts';
import type { Prisma } from './model.ts';
import { readOverviews } from './overview.ts';
import { readRecordedPolls } from './recorded-polls.ts';
import { incidentFromRow, incidentTable } from './rows/incident-row.ts';
import { notificationFromRow, notificationTable, ofTenants } from './rows/notification-row.ts';
import { snapshotFromRow, snapshotTable } from './rows/snapshot-row.ts';
import { plain } from './rows/table.ts';
import { ascending, dateOf } from './rows/values.ts';

export function createReplayStore({ db, dialect }: Database): ReplayStore {
  return {
    oldestPollAt: async () => {
      const oldest = await db.poll.findFirst({
        where: { tenant: { removedAt: null } },
        orderBy: { at: 'asc' },
        select: { at: true },
      });
      return oldest?.at.getTime() ?? null;
    },

    troubled: async ({ tenantIds, ...range }) => {
      const present = { removedAt: null, ...(tenantIds === null ? {} : { id: { in: [...tenantIds] } }) };
      const troubled = await db.tenant.findMany({
        where: { ...present, OR: [...signsOfTrouble(range)] },
        select: { id: true },
      });
      return {
        tenants: await db.tenant.count({ where: present }),
        troubled: troubled.map(({ id }) => id).toSorted(ascending),
      };
    },

    pasts: (tenantIds, range) => readPasts({ db, dialect }, tenantIds, range),
  };
}

/** Whatever was bad began an incident under the rules of its time; what might be under others shows in a snapshot. */
function signsOfTrouble(range: TimeRange): readonly Prisma.TenantWhereInput[] {
  const removed = { health: 'removed', startedAt: { gte: dateOf(range.from) } };
  const unhealthy = { ...seenIn(range), OR: [{ health: { notIn: ['healthy', 'removed'] } }, removed] };
  return [
    { connections: { some: { snapshots: { some: unhealthy } } } },
    { incidents: { some: lastingInto(range) } },
    { notifications: { some: sentIn(range) } },
  ];
}

function seenIn({ from, to }: TimeRange) {
  return { startedAt: { lte: dateOf(to) }, seenUntil: { gte: dateOf(from) } };
}

function lastingInto({ from, to }: TimeRange) {
  return { openedAt: { lte: dateOf(to) }, OR: [{ closedAt: null }, { closedAt: { gte: dateOf(from) } }] };
}

function sentIn({ from, to }: TimeRange) {
  return { state: 'sent', sentAt: { gte: dateOf(from), lte: dateOf(to) } };
}

async function readPasts(
  session: Session,
  tenantIds: readonly string[],
  range: TimeRange,
): Promise<readonly TenantPast[]> {
  const { tenants, snapshots, incidents, sent } = await readStored(session, tenantIds, range);
  const polls = await readRecordedPolls(session, tenantIds, range);
  const snapshotsOf = Map.groupBy(snapshots, ({ tenantId }) => tenantId);
  const incidentsOf = Map.groupBy(incidents, ({ tenantId }) => tenantId);
  const sentOf = Map.groupBy(sent, ({ tenantId }) => tenantId);
  return tenants
    .toSorted((a, b) => ascending(a.tenant.id, b.tenant.id))
    .map(({ tenant, contacts, connections }) => {
      const own = (snapshotsOf.get(tenant.id) ?? []).map(({ snapshot }) => snapshot);
      return {
        tenant,
        contacts,
        connections,
        snapshots: inOrder(own, ({ from }) => from),
        polls: polls.get(tenant.id) ?? [],
        incidents: inOrder(incidentsOf.get(tenant.id) ?? [], ({ openedAt }) => openedAt),
        sent: inOrder(sentOf.get(tenant.id) ?? [], ({ createdAt }) => createdAt),
      };
    });
}

async function readStored(session: Session, tenantIds: readonly string[], range: TimeRange) {
  const find = <Row>(read: (list: string[]) => Promise<readonly Row[]>) => findForIds([...new Set(tenantIds)], read);
  const { db } = session;
  const tenants = [...(await readOverviews(session, tenantIds)).values()].map(({ overview }) => overview);
  const snapshots = await find((list) =>
    db.snapshot.findMany({
      where: { connection: { tenantId: { in: list } }, ...seenIn(range) },
      include: { connection: { select: { tenantId: true } } },
    }),
  );
  const mailed = { topics: { some: { notification: sentIn(range) } } };
  const incidents = await find((list) =>
    db.incident.findMany({ where: { tenantId: { in: list }, OR: [lastingInto(range), mailed] } }),
  );
  const about = { topics: { some: { incident: lastingInto(range) } } };
  const sent = await find((list) =>
    db.notification.findMany({
      where: { tenantId: { in: list }, state: 'sent', sentAt: { lte: dateOf(range.to) }, OR: [sentIn(range), about] },
      include: { topics: true },
    }),
  );
  return {
    tenants,
    snapshots: snapshots.map(({ connection: { tenantId }, ...row }) => ({
      tenantId,
      snapshot: snapshotFromRow(plain(snapshotTable, row)),
    })),
    incidents: incidents.map((row) => incidentFromRow(plain(incidentTable, row))),
    sent: ofTenants(
      sent.map(({ topics, ...row }) => notificationFromRow({ ...plain(notificationTable, row), topics })),
    ),
  };
}

function inOrder<Item extends Readonly<{ id: string }>>(
  items: readonly Item[],
  momentOf: (item: Item) => Instant,
): readonly Item[] {
  return items.toSorted((a, b) => ascending(momentOf(a), momentOf(b)) || ascending(a.id, b.id));
}
