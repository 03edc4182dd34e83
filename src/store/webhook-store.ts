import { pageOf } from '../monitoring/pages.ts';
import type { WebhookEntry, WebhookStore } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import type { Encryption } from './encryption.ts';
import { placeEvents } from './event-store.ts';
import type { WebhookEndpoint as EndpointRow } from './model.ts';
import { olderThan } from './older-than.ts';
import { dateOf } from './rows/values.ts';
import { attemptFromRow, attemptToRow, endpointFromRow, endpointToRow } from './rows/webhook-row.ts';
import { inTransaction } from './transaction.ts';
import { beginAnew, lockEndpoint, openSecrets, saveEndpoint, secretPlace } from './webhook-endpoints.ts';

/** An endpoint of a removed tenant is found by nobody. */
const visible = { OR: [{ tenantId: null }, { tenant: { removedAt: null } }] };

export function createWebhookStore(database: Database, encryption: Encryption): WebhookStore {
  const { db } = database;
  return {
    add: async (endpoint, secret) => {
      const position = await placeEvents(database);
      const sealed = encryption.seal(secret, secretPlace(endpoint.id));
      await db.webhookEndpoint.create({ data: { ...endpointToRow(endpoint), secret: sealed, position } });
    },

    list: async ({ tenantId, cursor, limit }) => {
      const rows = await db.webhookEndpoint.findMany({
        where: { AND: [visible, olderThan(cursor, 'createdAt'), ...(tenantId === null ? [] : [{ tenantId }])] },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: limit + 1,
      });
      const positionOf = ({ endpoint }: WebhookEntry) => ({ at: endpoint.createdAt, id: endpoint.id });
      return pageOf(await entriesOf(database, rows), limit, positionOf);
    },

    find: async (id) => {
      const row = await db.webhookEndpoint.findUnique({ where: { id, ...visible } });
      const [entry] = row === null ? [] : await entriesOf(database, [row]);
      return entry ?? null;
    },

    countOf: (tenantId) => db.webhookEndpoint.count({ where: { tenantId } }),

    change: (id, now, decide) =>
      inTransaction(database, async (session) => {
        const before = await lockEndpoint(session, id);
        if (before === null) return null;
        const after = decide(before);
        await saveEndpoint(session, after);
        if (after.state === 'active' && before.state !== 'active') await beginAnew(session, id, now);
        return after;
      }),

    rotate: (id, secret, formerUntil) =>
      inTransaction(database, async (session) => {
        if ((await lockEndpoint(session, id)) === null) return false;
        const { secret: former } = await session.db.webhookEndpoint.findUniqueOrThrow({ where: { id } });
        const sealed = encryption.seal(secret, secretPlace(id));
        const data = { secret: sealed, formerSecret: former, formerUntil: dateOf(formerUntil) };
        await session.db.webhookEndpoint.update({ where: { id }, data });
        return true;
      }),

    remove: async (id) => (await db.webhookEndpoint.deleteMany({ where: { id } })).count === 1,

    secrets: async (id, now) => {
      const row = await db.webhookEndpoint.findUnique({ where: { id } });
      return row === null ? null : openSecrets(row, now, encryption);
    },

    attempts: async ({ endpointId, eventId, isDelivered, cursor, limit }) => {
      const taken = { status: { gte: 200, lt: 300 } };
      const rows = await db.webhookAttempt.findMany({
        where: {
          AND: [
            { endpointId, ...(eventId !== undefined && { eventId }) },
            ...(isDelivered === undefined ? [] : [isDelivered ? taken : { OR: [{ status: null }, { NOT: taken }] }]),
            olderThan(cursor, 'at'),
          ],
        },
        orderBy: [{ at: 'desc' }, { id: 'desc' }],
        take: limit + 1,
      });
      return pageOf(rows.map(attemptFromRow), limit, ({ at, id }) => ({ at, id }));
    },

    addAttempt: async (attempt) => {
      await db.webhookAttempt.create({ data: attemptToRow(attempt) });
    },
  };
}

async function entriesOf({ db }: Database, rows: readonly EndpointRow[]): Promise<readonly WebhookEntry[]> {
  const counts = await db.webhookDelivery.groupBy({
    by: ['endpointId', 'state'],
    where: { endpointId: { in: rows.map(({ id }) => id) }, state: { in: ['pending', 'failed'] } },
    _count: true,
    _min: { createdAt: true },
  });
  const countOf = (id: string, wanted: string) =>
    counts.find(({ endpointId, state }) => endpointId === id && state === wanted);
  return rows.map((row) => ({
    endpoint: endpointFromRow(row),
    pending: countOf(row.id, 'pending')?._count ?? 0,
    failed: countOf(row.id, 'failed')?._count ?? 0,
    oldestPendingAt: countOf(row.id, 'pending')?._min.createdAt?.getTime() ?? null,
  }));
}
