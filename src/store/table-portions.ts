import type { Prisma } from './model.ts';
import { type Portion, portionsBetween } from './portions.ts';
import { dateOf } from './rows/values.ts';

type Db = Prisma.TransactionClient;
type Order = 'asc' | 'desc';

/** One key of an index: the one that lies `skip` rows behind the first, or before the last, of those behind `gt`. */
type ReadKey<Key> = (gt: Key, order: Order, skip: number) => Promise<Key | null | undefined>;

async function* along<Key>(first: Key, readKey: ReadKey<Key>): AsyncGenerator<Portion<Key>> {
  const last = await readKey(first, 'desc', 0);
  yield* portionsBetween(first, last, (key, skip) => readKey(key, 'asc', skip));
}

/** Incidents that are not closed. */
export const openIncidents = (db: Db) =>
  along('', async (gt, order, skip) => {
    const read = { where: { openKey: { gt } }, select: { openKey: true }, skip, take: 1 };
    return (await db.incident.findMany({ ...read, orderBy: { openKey: order } }))[0]?.openKey;
  });

/** Incidents that were closed at `from` or later. */
export const closedSince = (db: Db, from: number) =>
  along(dateOf(from - 1), async (gt, order, skip) => {
    const read = { where: { closedAt: { gt } }, select: { closedAt: true }, skip, take: 1 };
    return (await db.incident.findMany({ ...read, orderBy: { closedAt: order } }))[0]?.closedAt;
  });

export const contactsById = (db: Db) => along('', async (...key) => (await db.contact.findMany(idAt(...key)))[0]?.id);

export const tenantsById = (db: Db) => along('', async (...key) => (await db.tenant.findMany(idAt(...key)))[0]?.id);

export const connectionsById = (db: Db) =>
  along('', async (...key) => (await db.connection.findMany(idAt(...key)))[0]?.id);

function idAt(gt: string, order: Order, skip: number) {
  return { where: { id: { gt } }, orderBy: { id: order }, select: { id: true }, skip, take: 1 };
}

/** Mail in that state, by the time at which it was due. */
export const mailIn = (db: Db, state: 'failed' | 'held') =>
  along(dateOf(0), async (gt, order, skip) => {
    const read = { where: { state, dueAt: { gt } }, select: { dueAt: true }, skip, take: 1 };
    return (await db.notification.findMany({ ...read, orderBy: { dueAt: order } }))[0]?.dueAt;
  });

/** Mail that was written before then. */
export const mailBefore = (db: Db, before: Date) =>
  along(dateOf(0), async (gt, order, skip) => {
    const read = { where: { createdAt: { gt, lt: before } }, select: { createdAt: true }, skip, take: 1 };
    return (await db.notification.findMany({ ...read, orderBy: { createdAt: order } }))[0]?.createdAt;
  });
