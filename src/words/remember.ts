/**
 * A pure function of one text that remembers what it made of the texts that it was asked for last. Formats of Intl take a
 * twentieth of a millisecond to make and some kilobytes to keep.
 */
export function remember<Made>(most: number, make: (text: string) => Made): (text: string) => Made {
  const remembered = new Map<string, Made>();
  return (text) => {
    const made = remembered.has(text) ? (remembered.get(text) as Made) : make(text);
    remembered.delete(text);
    remembered.set(text, made);
    const [longestUnused] = remembered.keys();
    if (remembered.size > most && longestUnused !== undefined) remembered.delete(longestUnused);
    return made;
  };
}
