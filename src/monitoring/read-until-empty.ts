/**
 * Reads a queue page by page until nothing new is due. An item that is done leaves the queue; an item that
 * failed stays in it, and is given again by the next run alone.
 */
export async function* readUntilEmpty<T>(
  readPage: () => Promise<readonly T[]>,
  idOf: (item: T) => string,
): AsyncGenerator<readonly T[], void> {
  const given = new Set<string>();
  for (;;) {
    const page = (await readPage()).filter((item) => !given.has(idOf(item)));
    if (page.length === 0) return;
    for (const item of page) given.add(idOf(item));
    yield page;
  }
}
