/** Seeds, with their days, that once showed a violation; CI lives through all of them again. */
export const corpus: readonly Readonly<{ seed: number; days: number; why: string }>[] = [];
