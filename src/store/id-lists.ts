import { batchesOf } from '../monitoring/batches.ts';

/** Prisma keeps a plan for every length of a list it ever saw, so lists come in three lengths alone. */
const SIZES = [1, 10, 100] as const;

/** The ids, or what names rows in another way, in lists of a fixed length, the last one repeated to fill. */
function fixedLists<Id>(ids: readonly Id[]): readonly Id[][] {
  const largest = SIZES[SIZES.length - 1] ?? 1;
  return [...batchesOf(ids, largest)].map(filled);
}

/** The ids in a list of one of these lengths; a hundred at most. */
export function filled<Id>(ids: readonly Id[]): Id[] {
  const size = SIZES.find((length) => length >= ids.length) ?? ids.length;
  return [...ids, ...ids.slice(-1).flatMap((last) => Array<Id>(size - ids.length).fill(last))];
}

/** As `$1` of `dialect.rowsFromJson({ id: 'text' })`: one plan for any number of ids. */
export function idsToJson(ids: readonly string[]): string {
  return JSON.stringify(ids.map((id) => ({ id })));
}

/** All rows that `find` gives for the ids, list by list. */
export async function findForIds<Row, Id = string>(
  ids: readonly Id[],
  find: (list: Id[]) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const found: Row[] = [];
  for (const list of fixedLists(ids)) found.push(...(await find(list)));
  return found;
}
