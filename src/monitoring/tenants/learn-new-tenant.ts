import { decideFirstLearned } from '../../domain/tenants/connect-account.ts';
import type { Log, Stores } from '../ports.ts';
import { type ReadAccountPorts, readAccountOnce, type TokenOfApplication } from './read-account.ts';
import { tenantOfAccount } from './tenant-of-account.ts';

export type LearnNewTenantPorts = ReadAccountPorts & Pick<Stores, 'tenants' | 'records'> & Readonly<{ log: Log }>;

export type LearnedTenant = Readonly<{
  /** Null when it cannot be read. */
  timezone: string | null;
  /** The tenant by which the account is watched already; null when there is none, or when that cannot be read. */
  sameAccountAs: string | null;
}>;

const NOTHING_LEARNED: LearnedTenant = { timezone: null, sameAccountAs: null };

/**
 * Which account a new tenant is, and the account's time zone, both stored with the tenant. After the tenant is stored
 * with its grant: nothing that fails here may lose that.
 */
export async function learnNewTenant(
  { tenantId, isZoneGiven }: Readonly<{ tenantId: string; isZoneGiven: boolean }>,
  token: TokenOfApplication,
  ports: LearnNewTenantPorts,
): Promise<LearnedTenant> {
  try {
    const account = await readAccountOnce(token, ports);
    if (account === null) return NOTHING_LEARNED;
    const { accountId, timezone } = account;
    const known = accountId === null ? null : await tenantOfAccount(accountId, ports);
    await ports.records.change([tenantId], (records) => ({
      updates: records.map((record) => decideFirstLearned(record, { account, known, isZoneGiven })),
      result: null,
    }));
    return { timezone, sameAccountAs: known };
  } catch (error) {
    ports.log.warn({ err: error, tenantId }, 'could not look up the account of a tenant');
    return NOTHING_LEARNED;
  }
}
