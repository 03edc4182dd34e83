/** Each given for the ties of the one before. */
export function by<T>(...keys: readonly ((item: T) => string | number)[]) {
  return (a: T, b: T): number => keys.map((key) => compared(key(a), key(b))).find((order) => order !== 0) ?? 0;
}

function compared(a: string | number, b: string | number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
