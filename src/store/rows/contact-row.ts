import type { Contact, ContactRole, ContactState, Snooze } from '../../domain/model/tenant.ts';
import type { Contact as Row } from '../model.ts';
import type { Table } from './table.ts';
import { ascending } from './values.ts';

/** When somebody left is the store's own record; `unsubscribedAt` is of the first version, and no longer written. */
export type ContactRow = Omit<Row, 'unsubscribedAt' | 'removedAt'>;

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
  },
};

export function contactToRow({ id, tenantId, email, role, state, refusals, ...wishes }: Contact): ContactRow {
  const { locale, wantsReminders, snoozes } = wishes;
  return { id, tenantId, email, role, state, refusals, locale, wantsReminders, snoozes: JSON.stringify(snoozes) };
}

export function contactFromRow({ id, tenantId, email, refusals, locale, wantsReminders, ...row }: ContactRow): Contact {
  const role = row.role as ContactRole;
  const state = row.state as ContactState;
  const snoozes = JSON.parse(row.snoozes) as readonly Snooze[];
  return { id, tenantId, email, role, state, refusals, locale, wantsReminders, snoozes };
}

/** Owners first, then by address. */
export function contactsFromRows(rows: readonly ContactRow[]): readonly Contact[] {
  return rows.map(contactFromRow).toSorted((a, b) => ascending(b.role, a.role) || ascending(a.email, b.email));
}
