/** Something that is opened when it is first needed. A failed attempt is not kept: the next need tries again. */
export type OpenedOnce<T> = Readonly<{
  open(): Promise<T>;
  /** Null while it is not open. Never rejects. */
  opened(): Promise<T | null>;
}>;

export function openOnce<T>(make: () => Promise<T>): OpenedOnce<T> {
  let opening: Promise<T> | null = null;
  return {
    open: () => {
      opening ??= make().catch((error: unknown) => {
        opening = null;
        throw error;
      });
      return opening;
    },
    opened: async () => (opening === null ? null : await opening.catch(() => null)),
  };
}
