/** A value that must not be stored, because it is somebody's already. */
export type TakenValue<Holder> = Readonly<{
  /** Among those that were given. */
  index: number;
  value: string;
  /** The tenant that has it; null when an earlier one of those that were given is the same. */
  holder: Holder | null;
}>;

/** The given values that another tenant has, or that an earlier given one repeats; null stands for no value. */
export function takenValues<Holder>(
  values: readonly (string | null)[],
  holders: ReadonlyMap<string, Holder>,
): readonly TakenValue<Holder>[] {
  const seen = new Set<string>();
  return values.flatMap((value, index): readonly TakenValue<Holder>[] => {
    if (value === null) return [];
    const holder = holders.get(value) ?? null;
    const isTaken = holder !== null || seen.has(value);
    seen.add(value);
    return isTaken ? [{ index, value, holder }] : [];
  });
}
