const WINDOW_MS = 1000;

/** Counts what happens within any one second. */
export type RequestWindow = Readonly<{
  /** How many were noted in the second that ends at `atMs`. */
  countAt(atMs: number): number;
  note(atMs: number): void;
  /** The most that were ever noted within one second. */
  most(): number;
  reset(): void;
}>;

export function createRequestWindow(): RequestWindow {
  let times: number[] = [];
  let first = 0;
  let most = 0;

  function countAt(atMs: number): number {
    while (first < times.length && (times[first] ?? 0) <= atMs - WINDOW_MS) first++;
    if (first > 4096) {
      times = times.slice(first);
      first = 0;
    }
    return times.length - first;
  }

  return {
    countAt,
    note(atMs) {
      times.push(atMs);
      most = Math.max(most, countAt(atMs));
    },
    most: () => most,
    reset() {
      most = 0;
    },
  };
}
