import type { Digest } from '../domain/model/digest.ts';
import type { Hold } from '../domain/model/hold.ts';
import type { Prisma } from './model.ts';
import { holdFromRow, MAIL_TROUBLE } from './rows/hold-row.ts';

type Db = Prisma.TransactionClient;
type HeldMail = Digest['held']['items'][number];

/** Every hold that has not ended, and single mails that were held by command without one. */
export async function readHeldMail(db: Db): Promise<Digest['held']> {
  const rows = await db.hold.findMany({
    where: { openKey: { not: null }, kind: { not: MAIL_TROUBLE } },
    orderBy: [{ beganAt: 'asc' }, { id: 'asc' }],
  });
  const holds = rows.map(holdFromRow);
  const items: HeldMail[] = [];
  for (const hold of holds) items.push({ cause: hold.cause, since: hold.beganAt, mails: await mailsOf(hold, db) });
  if (!holds.some(({ cause }) => cause.kind === 'command')) items.push(...(await heldOneByOne(db)));
  return { items, total: items.length };
}

async function mailsOf({ id, cause }: Hold, db: Db): Promise<number> {
  switch (cause.kind) {
    case 'fleet':
      return await db.notification.count({
        where: { state: 'held', reason: 'held_fleet', topics: { some: { incident: { heldBy: id } } } },
      });
    case 'access':
      return 0;
    case 'brake':
      return await db.notification.count({ where: { state: 'held', reason: 'held_brake' } });
    case 'command':
      return await db.notification.count({ where: { state: 'held', reason: 'held_by_command' } });
  }
}

async function heldOneByOne(db: Db): Promise<readonly HeldMail[]> {
  const { _count, _min } = await db.notification.aggregate({
    where: { state: 'held', reason: 'held_by_command' },
    _count: true,
    _min: { createdAt: true },
  });
  if (_count === 0 || _min.createdAt === null) return [];
  return [{ cause: { kind: 'command' }, since: _min.createdAt.getTime(), mails: _count }];
}
