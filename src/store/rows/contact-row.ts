import type { Contact, ContactRole, ContactState, FormerContact, Snooze } from '../../domain/model/tenant.ts';
import type { Contact as Row } from '../model.ts';
import type { Table } from './table.ts';
import { ascending, dateOf } from './values.ts';

/** `unsubscribedAt` is of the first version, and no longer written. */
export type ContactRow = Omit<Row, 'unsubscribedAt'>;

export const contactTable: Table<ContactRow> = {
  name: 'Contact',
  columns: {
    id: 'text',
    tenantId: 'text',
    email: 'text',
    role: 'text',
    state: 'text',
    refusals: 'integer',
    locale: 'text',
    wantsReminders: 'boolean',
    snoozes: 'text',
    removedAt: 'time',
  },
};

export function contactToRow({ snoozes, ...contact }: Contact): ContactRow {
  return { ...contact, snoozes: JSON.stringify(snoozes), removedAt: null };
}

export function formerContactToRow({ removedAt, ...contact }: FormerContact): ContactRow {
  return { ...contactToRow(contact), removedAt: dateOf(removedAt) };
}

export function contactFromRow({ id, tenantId, email, refusals, locale, wantsReminders, ...row }: ContactRow): Contact {
  const role = row.role as ContactRole;
  const state = row.state as ContactState;
  const snoozes = JSON.parse(row.snoozes) as readonly Snooze[];
  return { id, tenantId, email, role, state, refusals, locale, wantsReminders, snoozes };
}

/** Owners first, then by address; without those that were taken off the list. */
export function contactsFromRows(rows: readonly ContactRow[]): readonly Contact[] {
  const present = rows.filter(({ removedAt }) => removedAt === null);
  return present.map(contactFromRow).toSorted((a, b) => ascending(b.role, a.role) || ascending(a.email, b.email));
}

export function formerContactsFromRows(rows: readonly ContactRow[]): readonly FormerContact[] {
  return rows.flatMap((row) =>
    row.removedAt === null ? [] : [{ ...contactFromRow(row), removedAt: row.removedAt.getTime() }],
  );
}
