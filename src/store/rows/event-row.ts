import type { FeedEvent } from '../../domain/model/event.ts';
import type { Event as EventRow } from '../model.ts';
import type { Plain, Table } from './table.ts';

/** What comes with a change; the database counts `seq`, and the first reader gives `position`. */
type GivenRow = Omit<EventRow, 'seq' | 'position'> & Readonly<{ number: number }>;

/** `number` is no column: `seq` has to follow it, and no database keeps an order that nobody asks for. */
export const eventTable: Table<GivenRow> = {
  name: 'Event',
  columns: { id: 'text', tenantId: 'text', type: 'text', at: 'time', data: 'text', number: 'integer' },
};

export function eventToRow({ data, ...event }: FeedEvent, number: number): Plain<GivenRow> {
  return { ...event, data: JSON.stringify(data), number };
}

/** What is stored was an event when it was written, by this version or an earlier one. */
export function eventFromRow({ id, tenantId, type, at, data }: EventRow): FeedEvent {
  return { id, tenantId, type, at: at.getTime(), data: JSON.parse(data) } as FeedEvent;
}
