import { positionAt } from '../monitoring/pages.ts';
import { dateOf } from './rows/values.ts';

/** What follows the page before, in a list with the newest first; the id decides between rows of one moment. */
export function olderThan(cursor: string | null, timeColumn: string) {
  const position = positionAt(cursor);
  if (position === null) return {};
  const at = dateOf(position.at);
  return { [timeColumn]: { lte: at }, OR: [{ [timeColumn]: { lt: at } }, { id: { lt: position.id } }] };
}
