/**
 * A pure function of texts that remembers what it made of those that it was asked for last. Formats of Intl take a
 * twentieth of a millisecond to make and some kilobytes to keep.
 */
export function remember<Texts extends readonly string[], Made>(
  most: number,
  make: (...texts: Texts) => Made,
): (...texts: Texts) => Made {
  const remembered = new Map<string, Made>();
  return (...texts) => {
    const key = JSON.stringify(texts);
    const made = remembered.has(key) ? (remembered.get(key) as Made) : make(...texts);
    remembered.delete(key);
    remembered.set(key, made);
    const [longestUnused] = remembered.keys();
    if (remembered.size > most && longestUnused !== undefined) remembered.delete(longestUnused);
    return made;
  };
}
