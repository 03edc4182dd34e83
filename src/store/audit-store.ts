import type { Actor, AuditAction, AuditEntry } from '../domain/model/audit.ts';
import { pageOf } from '../monitoring/pages.ts';
import type { AuditFilter, AuditStore } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import type { AuditEntry as AuditRow, Prisma } from './model.ts';
import { olderThan } from './older-than.ts';
import { dateOf } from './rows/values.ts';

export function createAuditStore({ db }: Database): AuditStore {
  return {
    add: async ({ at, actor, subjects, ...entry }) => {
      const who = { actorKind: actor.kind, actorId: actor.id };
      await db.auditEntry.create({ data: { ...entry, ...who, at: dateOf(at), subjects: JSON.stringify(subjects) } });
    },
    list: async ({ cursor, limit, ...filter }) => {
      const rows = await db.auditEntry.findMany({
        where: { AND: [whereOf(filter), olderThan(cursor, 'at')] },
        orderBy: [{ at: 'desc' }, { id: 'desc' }],
        take: limit + 1,
      });
      return pageOf(rows.map(entryFromRow), limit, ({ at, id }) => ({ at, id }));
    },
  };
}

function whereOf({ tenantId, actor, action, from, to }: AuditFilter): Prisma.AuditEntryWhereInput {
  return {
    ...(tenantId === undefined ? {} : { tenantId }),
    ...(action === undefined ? {} : { action }),
    ...(actor === undefined ? {} : { OR: [{ actorKind: actor }, { actorId: actor }] }),
    at: { ...(from === undefined ? {} : { gte: dateOf(from) }), ...(to === undefined ? {} : { lt: dateOf(to) }) },
  };
}

function entryFromRow({ at, actorKind, actorId, action, subjects, ...row }: AuditRow): AuditEntry {
  return {
    ...row,
    at: at.getTime(),
    actor: { kind: actorKind as Actor['kind'], id: actorId },
    action: action as AuditAction,
    subjects: JSON.parse(subjects) as readonly string[],
  };
}
