import { batchesOf } from '../monitoring/pages.ts';

/** Prisma keeps a plan for every length of a list it ever saw, so lists come in three lengths alone. */
const SIZES = [1, 10, 100] as const;

/** The ids in lists of a fixed length, the last id repeated to fill; `IN` does not mind. */
function fixedLists(ids: readonly string[]): readonly string[][] {
  const largest = SIZES[SIZES.length - 1] ?? 1;
  return [...batchesOf(ids, largest)].map(filled);
}

function filled(ids: readonly string[]): string[] {
  const size = SIZES.find((length) => length >= ids.length) ?? ids.length;
  const last = ids.at(-1) ?? '';
  return [...ids, ...Array<string>(size - ids.length).fill(last)];
}

/** All rows that `find` gives for the ids, list by list. */
export async function findForIds<Row>(
  ids: readonly string[],
  find: (list: string[]) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const found: Row[] = [];
  for (const list of fixedLists(ids)) found.push(...(await find(list)));
  return found;
}
