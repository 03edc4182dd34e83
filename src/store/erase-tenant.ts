import { tenantPeople } from '../domain/model/audit.ts';
import type { FeedEvent } from '../domain/model/event.ts';
import type { OperatorReport } from '../domain/model/operator-report.ts';
import { reportWithout } from '../domain/tenants/report-without.ts';
import type { Database, Session } from './database.ts';
import { insertEvents } from './insert-events.ts';
import { inTransaction } from './transaction.ts';

/**
 * Erases every row of the tenant, and what other rows say of it: the operator's mail, and the samples of holds. A
 * second call goes on where a first one broke off. False when there was no such tenant.
 */
export async function eraseTenant(database: Database, id: string, last: readonly FeedEvent[]): Promise<boolean> {
  const wasThere = await eraseRows(database, id, last);
  await eraseFromReports(database, id);
  await eraseFromHolds(database, id);
  await eraseFromAudit(database, id);
  return wasThere;
}

/** `last` is the last that is said of it, when there was such a tenant. */
async function eraseRows(database: Database, id: string, last: readonly FeedEvent[]): Promise<boolean> {
  return await inTransaction(database, async (session) => {
    const keys = await session.db.apiKey.findMany({ where: { tenantId: id }, select: { id: true } });
    // Its rows go with it, by the foreign keys; first of all, so that nobody writes of it any more.
    const { count } = await session.db.tenant.deleteMany({ where: { id } });
    if (count === 0) return false;
    // With the keys, which nobody could find afterwards.
    for (const key of keys) await eraseRequestsOf(session, key.id);
    await session.db.event.deleteMany({ where: { tenantId: id } });
    await session.db.webhookDelivery.deleteMany({ where: { tenantId: id } });
    await session.db.webhookAttempt.deleteMany({ where: { tenantId: id } });
    await insertEvents(session, last);
    return true;
  });
}

async function eraseFromReports({ db }: Database, id: string): Promise<void> {
  const mails = await db.notification.findMany({
    where: { tenantId: null, report: { contains: JSON.stringify(id) } },
    select: { id: true, report: true },
  });
  for (const mail of mails) {
    const report = reportWithout(JSON.parse(mail.report ?? 'null') as OperatorReport, id);
    if (report === null) await db.notification.deleteMany({ where: { id: mail.id } });
    else await db.notification.updateMany({ where: { id: mail.id }, data: { report: JSON.stringify(report) } });
  }
}

/** What is kept of the requests that programs made with a key. */
async function eraseRequestsOf({ db }: Session, keyId: string): Promise<void> {
  await db.apiMinute.deleteMany({ where: { keyId } });
  await db.repeatableWrite.deleteMany({ where: { id: { startsWith: `${keyId} ` } } });
}

/** What was done stays written down; only the addresses of the tenant's people go. */
async function eraseFromAudit({ db }: Database, tenantId: string): Promise<void> {
  const actorKind = { in: [...tenantPeople] };
  await db.auditEntry.updateMany({ where: { tenantId, actorKind }, data: { from: null } });
}

async function eraseFromHolds({ db }: Database, id: string): Promise<void> {
  const holds = await db.hold.findMany({
    where: { sample: { contains: JSON.stringify(id) } },
    select: { id: true, sample: true },
  });
  for (const hold of holds) {
    const sample = (JSON.parse(hold.sample) as readonly string[]).filter((tenantId) => tenantId !== id);
    await db.hold.updateMany({ where: { id: hold.id }, data: { sample: JSON.stringify(sample) } });
  }
}
