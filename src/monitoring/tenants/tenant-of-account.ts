import type { Stores } from '../ports.ts';

/** The id of the tenant that is known to be this account of Constant Contact; null when there is none. */
export async function tenantOfAccount(accountId: string, { tenants }: Pick<Stores, 'tenants'>): Promise<string | null> {
  return (await tenants.ofAccount({ accountId, name: null, contactEmail: null })).known;
}
