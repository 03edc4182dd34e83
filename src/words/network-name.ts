/** Constant Contact's `network` is an open set of lower-case names; these names have a known spelling. */
const spellings: Readonly<Record<string, string>> = {
  facebook: 'Facebook',
  instagram: 'Instagram',
  linkedin: 'LinkedIn',
  tiktok: 'TikTok',
  twitter: 'Twitter',
  x: 'X',
  youtube: 'YouTube',
  pinterest: 'Pinterest',
  threads: 'Threads',
  google_business: 'Google Business',
};

export const knownNetworks: readonly string[] = Object.keys(spellings);

/** A network's name as its owner knows it: `linkedin` becomes `LinkedIn`, an unknown `blue_sky` becomes `Blue sky`. */
export function networkName(network: string): string {
  const known = Object.hasOwn(spellings, network.toLowerCase()) ? spellings[network.toLowerCase()] : undefined;
  if (known !== undefined) return known;
  const spaced = network.replaceAll(/[_-]+/g, ' ').trim();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
