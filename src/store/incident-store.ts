import { pageOf } from '../monitoring/pages.ts';
import type { IncidentEntry, IncidentQuery, IncidentStore } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import type { Prisma } from './model.ts';
import { olderThan } from './older-than.ts';
import { brokeAfter, repairedAfter, untold } from './report-store.ts';
import { incidentFromRow } from './rows/incident-row.ts';
import { ascending, dateOf } from './rows/values.ts';

const relations = {
  tenant: { select: { name: true } },
  connection: { select: { network: true, accountId: true, displayName: true } },
  topics: { select: { notification: { select: { id: true, createdAt: true } } } },
} satisfies Prisma.IncidentInclude;

type EntryRow = Prisma.IncidentGetPayload<{ include: typeof relations }>;

export function createIncidentStore({ db }: Database): IncidentStore {
  return {
    list: async (query) => {
      const rows = await db.incident.findMany({
        where: { ...filterOf(query), ...olderThan(query.cursor, 'openedAt') },
        include: relations,
        orderBy: [{ openedAt: 'desc' }, { id: 'desc' }],
        take: query.limit + 1,
      });
      return pageOf(rows.map(entryFromRow), query.limit, ({ incident }) => ({
        at: incident.openedAt,
        id: incident.id,
      }));
    },

    find: async (id) => {
      const row = await db.incident.findUnique({ where: { id, tenant: { removedAt: null } }, include: relations });
      return row === null ? null : entryFromRow(row);
    },
  };
}

function filterOf({
  tenantId,
  state = 'all',
  action,
  network,
  untold: onlyUntold,
  brokeSince,
  repairedSince,
}: IncidentQuery): Prisma.IncidentWhereInput {
  return {
    tenant: { removedAt: null },
    ...(tenantId === null ? {} : { tenantId }),
    ...(state === 'all' ? {} : { openKey: state === 'closed' ? null : { not: null } }),
    ...(action === undefined ? {} : { action }),
    ...(network === undefined ? {} : { connection: { network } }),
    AND: [
      ...(onlyUntold === true ? [untold] : []),
      ...(brokeSince === undefined ? [] : [brokeAfter(dateOf(brokeSince))]),
      ...(repairedSince === undefined ? [] : [repairedAfter(dateOf(repairedSince))]),
    ],
  };
}

/** Mail in the order it was written; several steps of an incident in one mail are one mail. */
function entryFromRow({ tenant, connection, topics, ...row }: EntryRow): IncidentEntry {
  const mail = topics
    .map(({ notification }) => notification)
    .toSorted((a, b) => ascending(a.createdAt.getTime(), b.createdAt.getTime()) || ascending(a.id, b.id));
  const notificationIds = [...new Set(mail.map(({ id }) => id))];
  return { incident: incidentFromRow(row), tenantName: tenant.name, connection, notificationIds };
}
