import type { StoredApplication } from '../domain/model/client-application.ts';
import type { ApplicationChange, ApplicationStore } from '../monitoring/ports.ts';
import type { Database, Session } from './database.ts';
import { isUniqueViolation } from './driver-error.ts';
import type { Encryption, SecretPlace } from './encryption.ts';
import type { Application as Row } from './model.ts';
import { ascending, dateOf } from './rows/values.ts';
import { insertsFirst, inTransaction } from './transaction.ts';

/** Where an application's secret is sealed for. */
export function clientSecretPlace(applicationId: string): SecretPlace {
  return { tenantId: applicationId, field: 'client secret' };
}

export function createApplicationStore(database: Database, encryption: Encryption): ApplicationStore {
  const { db } = database;
  const sealed = (id: string, secret: string | null) =>
    secret === null ? null : encryption.seal(secret, clientSecretPlace(id));
  return {
    list: async () => {
      const rows = await db.application.findMany();
      return rows.map(applicationFromRow).toSorted((a, b) => ascending(a.name, b.name));
    },
    secretOf: async (id) => {
      const row = await db.application.findUnique({ where: { id }, select: { clientSecret: true } });
      const secret = row?.clientSecret ?? null;
      return secret === null ? null : encryption.open(secret, clientSecretPlace(id));
    },
    add: ({ clientSecret, createdAt, ...application }) =>
      insertsFirst(() =>
        db.application.create({
          data: {
            ...application,
            clientSecret: sealed(application.id, clientSecret),
            createdAt: dateOf(createdAt),
            revision: 1,
          },
        }),
      ),
    update: async (id, { clientSecret, ...change }: ApplicationChange) => {
      const secret = clientSecret === undefined ? {} : { clientSecret: sealed(id, clientSecret) };
      const data = { ...change, ...secret, revision: { increment: 1 } };
      try {
        const { count } = await db.application.updateMany({ where: { id }, data });
        return count === 1 ? 'updated' : 'unknown';
      } catch (error) {
        if (isUniqueViolation(error)) return 'taken';
        throw error;
      }
    },
    remove: (id) => inTransaction(database, (session) => remove(session, id)),
    tenants: async () => {
      const groups = await db.tenant.groupBy({
        by: ['applicationId'],
        where: { removedAt: null },
        _count: true,
      });
      return new Map(groups.map(({ applicationId, _count }) => [applicationId, _count]));
    },
  };
}

/**
 * A tenant that is assigned meanwhile keeps its application by the foreign key: its row, or ours, is then written last.
 * A removed tenant, of which only its history is left, needs none.
 */
async function remove({ db, dialect }: Session, id: string) {
  await db.$queryRawUnsafe(`SELECT "id" FROM "Application" WHERE "id" = $1 ${dialect.forUpdate}`, id);
  const row = await db.application.findUnique({ where: { id }, select: { clientId: true } });
  if (row === null) return 'unknown';
  if ((await db.tenant.count({ where: { applicationId: id, removedAt: null } })) > 0) return 'in_use';
  await db.tenant.updateMany({ where: { applicationId: id }, data: { applicationId: null } });
  await db.application.delete({ where: { id } });
  // What the key has used today still counts for whoever adds it again.
  return 'removed';
}

function applicationFromRow({ clientSecret, createdAt, ...row }: Row): StoredApplication {
  return { ...row, hasSecret: clientSecret !== null, createdAt: createdAt.getTime() };
}
