/** Every scope that the stand-in knows, in the order in which Okta lists them. */
const knownScopes = ['offline_access', 'account_read', 'account_update', 'contact_data', 'campaign_data'] as const;

/** The scopes of a grant that somebody made by hand. */
export const usualScopes: readonly string[] = ['offline_access', 'account_read', 'campaign_data'];

/** What is granted of the scopes that an application asks for. */
export function grantedScopes(
  asked: string,
  { omittedScopes }: Readonly<{ omittedScopes: readonly string[] }>,
): readonly string[] {
  const wanted = asked.split(' ');
  return knownScopes.filter((scope) => wanted.includes(scope) && !omittedScopes.includes(scope));
}
