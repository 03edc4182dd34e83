/** Rows that one statement looks at where a whole table is looked at: so many take a few milliseconds. */
const PORTION = 2_000;

export type Portion<Key> = Readonly<{ gt: Key; lte: Key }>;

/** The key that lies `skip` rows behind the one that follows `key` in an index; nothing where so many are not left. */
export type KeyBehind<Key> = (key: Key, skip: number) => Promise<Key | null | undefined>;

/**
 * Divides what an index holds behind `first` and up to `last` into portions of so many rows. Each has both its ends:
 * with one of them SQLite would rather look at the whole table by another index.
 */
export async function* portionsBetween<Key>(
  first: Key,
  last: Key | null | undefined,
  keyBehind: KeyBehind<Key>,
): AsyncGenerator<Portion<Key>> {
  if (last === null || last === undefined) return;
  for (let gt = first; ; ) {
    const lte = await keyBehind(gt, PORTION - 1);
    if (lte === undefined || lte === null || lte > last) return yield { gt, lte: last };
    yield { gt, lte };
    gt = lte;
  }
}

/** What is shown of a list that is read in portions, and how long it is. */
export type ListedRows<Row> = Readonly<{ rows: readonly Row[]; total: number }>;

/** The first rows of all portions in one order; `read` gives the first of one portion, and how many it has. */
export async function listPortions<Key, Row>(
  portions: AsyncIterable<Portion<Key>>,
  { lines, inOrder }: Readonly<{ lines: number; inOrder: (a: Row, b: Row) => number }>,
  read: (portion: Portion<Key>) => Promise<readonly [rows: readonly Row[], total: number]>,
): Promise<ListedRows<Row>> {
  let listed: ListedRows<Row> = { rows: [], total: 0 };
  for await (const portion of portions) {
    const [rows, total] = await read(portion);
    const first = [...listed.rows, ...rows].toSorted(inOrder).slice(0, lines);
    listed = { rows: first, total: listed.total + total };
  }
  return listed;
}

/** As the database orders by these columns, an unset time before all others. */
export function byColumns<Row>(...columns: readonly (keyof Row)[]): (a: Row, b: Row) => number {
  return (a, b) => {
    for (const column of columns) {
      const [one, other] = [sortKeyOf(a[column]), sortKeyOf(b[column])];
      if (one !== other) return one < other ? -1 : 1;
    }
    return 0;
  };
}

function sortKeyOf(value: unknown): number | string {
  if (value === null) return Number.NEGATIVE_INFINITY;
  return value instanceof Date ? value.getTime() : String(value);
}
