/** A refresh token that is another tenant's: to present it for both may cost both their grants. */
export type TakenToken = Readonly<{
  /** Among those that were given. */
  index: number;
  /** The tenant that has it; null when an earlier one of those that were given is the same. */
  holder: string | null;
}>;

/** Those that must not be stored; null stands for no token. `holders` says by token which tenant has it. */
export function takenTokens(
  refreshTokens: readonly (string | null)[],
  holders: ReadonlyMap<string, string>,
): readonly TakenToken[] {
  return refreshTokens.flatMap((token, index): readonly TakenToken[] => {
    if (token === null) return [];
    const holder = holders.get(token) ?? null;
    return holder !== null || refreshTokens.indexOf(token) < index ? [{ index, holder }] : [];
  });
}
