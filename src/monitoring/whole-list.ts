/** The largest page of a list that is read whole. */
const PAGE = 500;

export type Page = Readonly<{ after: string | null; limit: number }>;

/** Reads a list page by page, to its end. `after` is the last id of the page before. */
export async function wholeList<T>(
  readPage: (page: Page) => Promise<readonly T[]>,
  idOf: (item: T) => string,
): Promise<readonly T[]> {
  const all: T[] = [];
  for (;;) {
    const last = all.at(-1);
    const page = await readPage({ after: last === undefined ? null : idOf(last), limit: PAGE });
    all.push(...page);
    if (page.length < PAGE) return all;
  }
}
