import type { Action } from '../domain/model/condition.ts';
import { ownersActions } from '../domain/model/incident.ts';
import { pageOf, positionAt } from '../monitoring/pages.ts';
import type { PageRequest, PersonInDemand, ReportStore } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import type { Prisma } from './model.ts';
import { dateOf } from './rows/values.ts';
import { selectBound } from './select-bound.ts';

/** Certain and not over, and the owner was asked for something in no mail that a server took. */
export const untold = {
  state: 'open',
  toldAt: null,
  action: { in: [...ownersActions] },
} satisfies Prisma.IncidentWhereInput;

/** Began then or later, and became certain. */
export function brokeAfter(then: Date) {
  return { openedAt: { gte: then }, confirmedAt: { not: null } } satisfies Prisma.IncidentWhereInput;
}

export function repairedAfter(then: Date) {
  return { closedAt: { gte: then }, closeReason: 'recovered' } satisfies Prisma.IncidentWhereInput;
}

/** To a tenant's contacts. */
export function mailedAfter(then: Date) {
  return { tenantId: { not: null }, sentAt: { gte: then } } satisfies Prisma.NotificationWhereInput;
}

export function createReportStore(database: Database): ReportStore {
  const { db } = database;
  const present = { tenant: { removedAt: null } } as const;
  return {
    changes: async (since) => {
      const then = dateOf(since);
      return {
        broke: await db.incident.count({ where: { ...present, ...brokeAfter(then) } }),
        repaired: await db.incident.count({ where: { ...present, ...repairedAfter(then) } }),
        mailed: await db.notification.count({ where: mailedAfter(then) }),
        untold: await db.incident.count({ where: { ...present, ...untold } }),
        failing: await db.tenant.count({ where: { removedAt: null, state: 'active', failingSince: { lte: then } } }),
      };
    },
    people: (page) => listPeople(database, page),
    told: async (since, limit) => {
      const rows = await db.incident.findMany({
        where: { ...present, openedAt: { gte: dateOf(since) }, toldAt: { not: null } },
        select: {
          action: true,
          remindersUsed: true,
          toldAt: true,
          closedAt: true,
          closeReason: true,
          tenant: { select: { locale: true } },
          connection: { select: { network: true } },
        },
        orderBy: [{ openedAt: 'desc' }, { id: 'desc' }],
        take: limit,
      });
      return rows.flatMap(({ action, remindersUsed, toldAt, closedAt, closeReason, tenant, connection }) =>
        // What was closed for another reason says nothing of its owner.
        toldAt === null || (closedAt !== null && closeReason !== 'recovered')
          ? []
          : [
              {
                network: connection?.network ?? null,
                locale: tenant.locale,
                action: action as Action,
                remindersUsed,
                toldAt: toldAt.getTime(),
                repairedAt: closedAt?.getTime() ?? null,
              },
            ],
      );
    },
  };
}

type PersonRow = Readonly<{
  email: string;
  incidents: number | bigint;
  tenants: number | bigint;
  since: number | bigint;
}>;

async function listPeople(database: Database, { cursor, limit }: PageRequest) {
  const { dialect } = database;
  const after = positionAt(cursor);
  const asked = ownersActions.map((action) => `'${action}'`).join(', ');
  const rows = await selectBound<PersonRow>(database, (bind) => {
    const following =
      after === null
        ? ''
        : `WHERE "incidents" < ${bind(after.at)} OR ("incidents" = ${bind(after.at)} AND "email" > ${bind(after.id)})`;
    return `SELECT * FROM (
        SELECT lower(c."email") AS "email", count(DISTINCT i."id") AS "incidents", count(DISTINCT i."tenantId") AS "tenants",
          min(${dialect.msOf('i."openedAt"')}) AS "since"
        FROM "Incident" i
        ${dialect.joinByIndex('Tenant', 't', 't."id" = i."tenantId"')}
        ${dialect.joinByIndex('Contact', 'c', 'c."tenantId" = i."tenantId"')}
        WHERE i."openKey" > '' AND i."state" = 'open' AND i."action" IN (${asked})
          AND t."removedAt" IS NULL AND c."removedAt" IS NULL AND c."state" = 'active'
        GROUP BY 1
      ) people ${following} ORDER BY "incidents" DESC, "email" LIMIT ${bind(limit + 1)}`;
  });
  const people: readonly PersonInDemand[] = rows.map(({ email, incidents, tenants, since }) => ({
    email,
    incidents: Number(incidents),
    tenants: Number(tenants),
    since: Number(since),
  }));
  return pageOf(people, limit, ({ incidents, email }) => ({ at: incidents, id: email }));
}
