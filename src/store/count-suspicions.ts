import type { DigestRules } from '../domain/notification/digest-rules.ts';
import type { Prisma } from './model.ts';
import { dateOf } from './rows/values.ts';
import { closedSince } from './table-portions.ts';

/** How many suspicions about each connection were not confirmed lately. */
export async function countSuspicions(
  db: Prisma.TransactionClient,
  { openedFrom, closedFrom }: DigestRules['unsettled'],
  tenant: Prisma.TenantWhereInput,
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for await (const closedAt of closedSince(db, closedFrom)) {
    // Grouped here: to group them, SQLite would go through every incident in the order of their connections.
    const rows = await db.incident.findMany({
      where: { closedAt, closeReason: 'not_confirmed', openedAt: { gte: dateOf(openedFrom) }, tenant },
      select: { connectionId: true },
    });
    for (const { connectionId } of rows) {
      if (connectionId !== null) counts.set(connectionId, (counts.get(connectionId) ?? 0) + 1);
    }
  }
  return counts;
}
