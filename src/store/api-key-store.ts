import type { ApiKey, KeyRole } from '../domain/model/api-key.ts';
import { pageOf } from '../monitoring/pages.ts';
import type { ApiKeyStore } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import type { ApiKey as ApiKeyRow } from './model.ts';
import { olderThan } from './older-than.ts';
import { dateOf, dateOrNull, instantOrNull } from './rows/values.ts';

/** A key of a removed tenant is found by nobody. */
const visible = { OR: [{ tenantId: null }, { tenant: { removedAt: null } }] };

export function createApiKeyStore({ db }: Database): ApiKeyStore {
  return {
    add: async ({ createdAt, expiresAt, revokedAt, lastUsedAt, ...key }, hash) => {
      const times = { createdAt: dateOf(createdAt), expiresAt: dateOrNull(expiresAt) };
      const later = { revokedAt: dateOrNull(revokedAt), lastUsedAt: dateOrNull(lastUsedAt) };
      await db.apiKey.create({ data: { ...key, ...times, ...later, hash } });
    },
    list: async ({ cursor, limit }) => {
      const rows = await db.apiKey.findMany({
        where: { AND: [visible, olderThan(cursor, 'createdAt')] },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: limit + 1,
      });
      return pageOf(rows.map(apiKeyFromRow), limit, ({ createdAt, id }) => ({ at: createdAt, id }));
    },
    find: async (id) => {
      const row = await db.apiKey.findUnique({ where: { id, ...visible } });
      return row === null ? null : apiKeyFromRow(row);
    },
    findByHash: async (hash) => {
      const row = await db.apiKey.findUnique({ where: { hash, ...visible } });
      return row === null ? null : apiKeyFromRow(row);
    },
    revoke: async (id, at) => {
      const { count } = await db.apiKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: dateOf(at) } });
      if (count === 1) return 'revoked';
      return (await db.apiKey.count({ where: { id } })) === 1 ? 'was_revoked' : 'unknown';
    },
    touch: async (id, at) => {
      const isEarlier = { OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: dateOf(at) } }] };
      await db.apiKey.updateMany({ where: { id, ...isEarlier }, data: { lastUsedAt: dateOf(at) } });
    },
  };
}

function apiKeyFromRow({ hash: _, createdAt, expiresAt, revokedAt, lastUsedAt, ...row }: ApiKeyRow): ApiKey {
  return {
    ...row,
    role: row.role as KeyRole,
    purpose: row.purpose as ApiKey['purpose'],
    createdAt: createdAt.getTime(),
    expiresAt: instantOrNull(expiresAt),
    revokedAt: instantOrNull(revokedAt),
    lastUsedAt: instantOrNull(lastUsedAt),
  };
}
