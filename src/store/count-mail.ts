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
  const toContacts = { contactId: { not: null } };
  const sent = await db.notification.count({ where: { ...toContacts, sentAt: { gte: dateOf(since) } } });
  const leased = { gt: dateOf(leaseNow), lte: dateOf(leaseNow + LONGEST_LEASE_MS) };
  return sent + (await db.notification.count({ where: { ...toContacts, state: 'pending', leaseUntil: leased } }));
}
