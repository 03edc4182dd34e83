import type { Contact, ContactRole, ContactState } from '../../domain/tenant.ts';
import type { Contact as Row } from '../model.ts';
import type { Table } from './table.ts';
import { ascending } from './values.ts';

/** When somebody left is the store's own record; decisions see the state alone. */
export type ContactRow = Omit<Row, 'unsubscribedAt' | 'removedAt'>;

export const contactTable: Table<ContactRow> = {
  name: 'Contact',
  columns: { id: 'text', tenantId: 'text', email: 'text', role: 'text', state: 'text', refusals: 'integer' },
};

export function contactToRow({ id, tenantId, email, role, state, refusals }: Contact): ContactRow {
  return { id, tenantId, email, role, state, refusals };
}

export function contactFromRow({ id, tenantId, email, role, state, refusals }: ContactRow): Contact {
  return { id, tenantId, email, role: role as ContactRole, state: state as ContactState, refusals };
}

/** Owners first, then by address. */
export function contactsFromRows(rows: readonly ContactRow[]): readonly Contact[] {
  return rows.map(contactFromRow).toSorted((a, b) => ascending(b.role, a.role) || ascending(a.email, b.email));
}
