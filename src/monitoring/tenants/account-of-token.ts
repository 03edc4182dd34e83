import type { Tenant } from '../../domain/model/tenant.ts';
import type { Log, Stores } from '../ports.ts';
import { type ReadAccountPorts, readAccountOnce } from './read-account.ts';

export type AccountHolderPorts = ReadAccountPorts & Pick<Stores, 'tenants'> & Readonly<{ log: Log }>;

/** `holder`: the tenant that is the token's account, if any. */
export type AccountOfToken =
  /** The tenant's own, or it cannot be told. */
  | Readonly<{ kind: 'own' }>
  /** Another one, and so was that of the tenant's first token, by which no poll has ever been good. */
  | Readonly<{ kind: 'instead' }>
  | Readonly<{ kind: 'other'; holder: string | null }>;

const OWN: AccountOfToken = { kind: 'own' };

/**
 * Whose account a new token of the tenant is; a tenant that is new (null) has none yet. With a token of another account
 * the tenant's people would get mail about somebody else's connections. The token that was given is spent by now, and
 * what took its place is not stored yet: no failure may lose that.
 */
export async function accountOfToken(
  tenant: Pick<Tenant, 'id' | 'accountId' | 'lastGoodPollAt'> | null,
  { accessToken, applicationId }: Readonly<{ accessToken: string | null; applicationId: string | null }>,
  ports: AccountHolderPorts,
): Promise<AccountOfToken> {
  if (tenant === null || tenant.accountId === null || accessToken === null) return OWN;
  const { id, accountId, lastGoodPollAt } = tenant;
  try {
    const account = await readAccountOnce({ accessToken, applicationId }, ports);
    const given = account?.accountId ?? null;
    if (given === null || given === accountId) return OWN;
    if (lastGoodPollAt === null) return { kind: 'instead' };
    const { known } = await ports.tenants.ofAccount({ accountId: given, name: null, contactEmail: null });
    return { kind: 'other', holder: known };
  } catch (error) {
    ports.log.warn({ err: error, tenantId: id }, 'could not look up the account of a tenant');
    return OWN;
  }
}
