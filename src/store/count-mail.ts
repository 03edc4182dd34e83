import { LONGEST_LEASE_MS } from '../domain/model/lease.ts';
import type { Instant } from '../domain/model/time.ts';
import type { Session } from './database.ts';
import { dateOf } from './rows/values.ts';

/** From here to the end of the transaction, no other one counts mail in order to send some. */
export async function takeTurnToMail({ db, dialect }: Session): Promise<void> {
  if (dialect.takeTurn !== '') await db.$executeRawUnsafe(dialect.takeTurn, 'mail');
}

/** Mails to tenants' contacts that were sent since then, and those that somebody is sending at this moment. */
export async function countMail({ db }: Session, since: Instant, leaseNow: Instant): Promise<number> {
  const [row] = await db.$queryRawUnsafe<readonly Readonly<{ mail: number | bigint }>[]>(
    `SELECT (${countOf('"sentAt" >= $1')}) + (${countOf(`"state" = 'pending' AND "leaseUntil" > $2 AND "leaseUntil" <= $3`)}) AS "mail"`,
    ...[since, leaseNow, leaseNow + LONGEST_LEASE_MS].map(dateOf),
  );
  return Number(row?.mail ?? 0);
}

function countOf(condition: string): string {
  return `SELECT COUNT(*) FROM "Notification" WHERE "contactId" IS NOT NULL AND ${condition}`;
}
