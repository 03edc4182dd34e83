/** Something that reads a text of somebody else's. */
export type Reader = Readonly<{
  name: string;
  /** Real texts of that kind: what is fuzzed begins with them. */
  corpus: readonly [string, ...string[]];
  /** Throws what it refuses, or gives anything. */
  read(text: string): unknown;
  /** Whether an error is a refusal in words; none is, unless this says so. */
  isRefusal?: (error: unknown) => boolean;
}>;

/** What the reader throws that is no refusal; null when it does its work. */
export async function crashOf({ read, isRefusal = () => false }: Reader, text: string): Promise<unknown> {
  try {
    await read(text);
    return null;
  } catch (error) {
    return isRefusal(error) ? null : error;
  }
}
