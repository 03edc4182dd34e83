import { InvalidCursor } from '../pages.ts';
import type { FeedPlace } from '../ports.ts';

/** Opaque outside. The event's id tells the feed of this database from that of a backup that was restored since. */
export function feedCursor({ position, eventId }: FeedPlace): string {
  return Buffer.from(`events ${position} ${eventId ?? ''}`).toString('base64url');
}

/** Throws `InvalidCursor` for text that the feed has not given. */
export function feedPlace(cursor: string): FeedPlace {
  const [, position, eventId] = /^events (\d{1,10}) (.*)$/s.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (position === undefined || Number(position) > LARGEST) {
    throw new InvalidCursor('The cursor is not one that the feed of events has given.');
  }
  return { position: Number(position), eventId: eventId || null };
}

/** The largest number that a database can count to. */
const LARGEST = 2 ** 31 - 1;
