type PageArgs = Readonly<{ take: number; skip: number; cursor?: Readonly<{ id: string }> }>;

/** The rows after the row with id `after`, which is the last of the page before. */
export function pageArgs({ after, limit }: Readonly<{ after: string | null; limit: number }>): PageArgs {
  return after === null ? { take: limit, skip: 0 } : { take: limit, skip: 1, cursor: { id: after } };
}
