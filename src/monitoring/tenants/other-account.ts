import type { Tenant } from '../../domain/model/tenant.ts';
import type { Stores } from '../ports.ts';
import { type ReadAccountPorts, readAccountOnce } from './read-account.ts';

export type AccountHolderPorts = ReadAccountPorts & Pick<Stores, 'tenants'>;

/**
 * The account of a new token, when it is certain that it is not the tenant's: `holder` is the tenant that is that
 * account, if any. With such a token the tenant's people would get mail about somebody else's connections. Null where
 * the account is the tenant's, or cannot be told.
 */
export async function otherAccount(
  { id, accountId }: Pick<Tenant, 'id' | 'accountId'>,
  { accessToken, applicationId }: Readonly<{ accessToken: string | null; applicationId: string | null }>,
  ports: AccountHolderPorts,
): Promise<Readonly<{ holder: string | null }> | null> {
  const account = accessToken === null ? null : await readAccountOnce({ accessToken, applicationId }, ports);
  const given = account?.accountId ?? null;
  if (given === null || given === accountId) return null;
  const { known } = await ports.tenants.ofAccount({ accountId: given, name: null, contactEmail: null });
  const isFree = accountId === null && (known === null || known === id);
  return isFree ? null : { holder: known };
}
