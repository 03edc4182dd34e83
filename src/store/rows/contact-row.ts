import type { Contact, ContactRole, ContactState, FormerContact, Snooze } from '../../domain/model/tenant.ts';
import type { Contact as Row } from '../model.ts';
import type { Plain, Table } from './table.ts';
import { ascending } from './values.ts';

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

export function contactToRow({ snoozes, ...contact }: Contact): Plain<ContactRow> {
  return { ...contact, snoozes: JSON.stringify(snoozes), removedAt: null };
}

export function formerContactToRow({ removedAt, ...contact }: FormerContact): Plain<ContactRow> {
  return { ...contactToRow(contact), removedAt };
}

/** With the mark of a contact that was taken off the list. */
function markedContactFromRow(row: Plain<ContactRow>) {
  const { role, state, snoozes, ...contact } = row;
  return {
    ...contact,
    role: role as ContactRole,
    state: state as ContactState,
    snoozes: JSON.parse(snoozes) as readonly Snooze[],
  };
}

/** Owners first, then by address; without those that were taken off the list. */
export function contactsFromRows(rows: readonly Plain<ContactRow>[]): readonly Contact[] {
  return rows
    .map(markedContactFromRow)
    .flatMap(({ removedAt, ...contact }) => (removedAt === null ? [contact] : []))
    .toSorted((a, b) => ascending(b.role, a.role) || ascending(a.email, b.email));
}

export function formerContactsFromRows(rows: readonly Plain<ContactRow>[]): readonly FormerContact[] {
  return rows
    .map(markedContactFromRow)
    .flatMap(({ removedAt, ...contact }) => (removedAt === null ? [] : [{ ...contact, removedAt }]));
}
