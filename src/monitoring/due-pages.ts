/**
 * Reads a queue page by page until nothing new is due. Whatever is dealt with leaves the queue; what a failure left
 * in it is not given again, but waits for the next run.
 */
export async function* duePages<T>(
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
