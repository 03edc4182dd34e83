import type { Contact } from '../domain/model/tenant.ts';
import type { Session } from './database.ts';
import { mergeContacts } from './merge-contacts.ts';
import { contactFromRow, contactTable, contactToRow } from './rows/contact-row.ts';
import { upsertRows } from './write-rows.ts';

/** Contacts that are no longer wanted stay in their table, hidden: mail that was sent to them refers to them. */
export async function replaceContacts(
  session: Session,
  { tenantId, wanted, at }: Readonly<{ tenantId: string; wanted: readonly Contact[]; at: Date }>,
): Promise<void> {
  const { contact } = session.db;
  const rows = await contact.findMany({ where: { tenantId } });
  const known = rows.map((row) => ({ contact: contactFromRow(row), isRemoved: row.removedAt !== null }));
  const merged = mergeContacts(known, wanted);
  await upsertRows(session, contactTable, merged.map(contactToRow));
  const ids = merged.map(({ id }) => id);
  await contact.updateMany({ where: { tenantId, id: { in: ids } }, data: { removedAt: null } });
  await contact.updateMany({ where: { tenantId, id: { notIn: ids }, removedAt: null }, data: { removedAt: at } });
  if (merged.some(({ state }) => state === 'active')) {
    await session.db.tenant.updateMany({ where: { id: tenantId }, data: { unreachableSince: null } });
  }
}
