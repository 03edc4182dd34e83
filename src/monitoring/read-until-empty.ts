/**
 * Reads a queue batch by batch until nothing new is due. An item that is done leaves the queue; an item that
 * failed stays in it, and is given again by the next run alone.
 */
export async function* readUntilEmpty<T>(
  readBatch: () => Promise<readonly T[]>,
  idOf: (item: T) => string,
): AsyncGenerator<readonly T[], void> {
  const given = new Set<string>();
  for (;;) {
    const batch = (await readBatch()).filter((item) => !given.has(idOf(item)));
    if (batch.length === 0) return;
    for (const item of batch) given.add(idOf(item));
    yield batch;
  }
}
