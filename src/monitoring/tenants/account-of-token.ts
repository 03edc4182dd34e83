import type { Tenant } from '../../domain/model/tenant.ts';
import { accountOfNewToken } from '../../domain/tenants/connect-account.ts';
import type { Log, Stores } from '../ports.ts';
import { type ReadAccountPorts, readAccountOnce } from './read-account.ts';
import { tenantOfAccount } from './tenant-of-account.ts';

export type AccountOfTokenPorts = ReadAccountPorts & Pick<Stores, 'tenants'> & Readonly<{ log: Log }>;

/** `holder`: the tenant that is the token's account, if any. */
export type AccountOfToken = Readonly<{ kind: 'own' | 'instead' }> | Readonly<{ kind: 'other'; holder: string | null }>;

/**
 * Whose account a new token of the tenant is; a tenant that is new (null) has none yet. The token that was given is
 * spent by now, and what took its place is not stored yet: whatever fails here counts as not known, so that it is.
 */
export async function accountOfToken(
  tenant: Pick<Tenant, 'id' | 'accountId' | 'lastGoodPollAt'> | null,
  { accessToken, applicationId }: Readonly<{ accessToken: string | null; applicationId: string | null }>,
  ports: AccountOfTokenPorts,
): Promise<AccountOfToken> {
  // Nothing would be found out by a request.
  if (tenant === null || tenant.accountId === null || accessToken === null) return { kind: 'own' };
  try {
    const given = (await readAccountOnce({ accessToken, applicationId }, ports))?.accountId ?? null;
    if (given === null) return { kind: 'own' };
    const kind = accountOfNewToken(tenant, given);
    return kind === 'other' ? { kind, holder: await tenantOfAccount(given, ports) } : { kind };
  } catch (error) {
    ports.log.warn({ err: error, tenantId: tenant.id }, 'could not look up the account of a tenant');
    return { kind: 'own' };
  }
}
