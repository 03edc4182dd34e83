import type { Tenant } from '../../domain/model/tenant.ts';
import { noUpdate } from '../../domain/model/tenant-record.ts';
import { readAllPages } from '../pages.ts';
import type { Log } from '../ports.ts';
import { accountIdOf, type FindTenantsPorts } from './find-tenants.ts';

export type LearnAccountsPorts = FindTenantsPorts & Readonly<{ log: Log }>;

/** At four requests a second, some seconds that a person waits, and a small part of the day's requests. */
const MOST_ASKED = 40;

/**
 * Asks the tenants that came without it which Constant Contact account they are, before somebody signs in: a new
 * permission may end the old one, and then they could no longer say that they are the account that is being connected.
 */
export async function learnAccounts(ports: LearnAccountsPorts): Promise<void> {
  try {
    const listed = await readAllPages((page) =>
      ports.tenants.list({ ...page, tenantId: null, state: 'active', now: ports.clock.now() }),
    );
    const unknown = listed.filter(({ tenant }) => tenant.accountId === null).slice(0, MOST_ASKED);
    for (const { tenant } of unknown) await learnAccount(tenant, ports);
  } catch (error) {
    ports.log.warn({ err: error }, 'it could not be learned which accounts the tenants are');
  }
}

/** An account that another tenant has keeps that tenant. */
async function learnAccount(tenant: Tenant, ports: LearnAccountsPorts): Promise<void> {
  const accountId = await accountIdOf({ tenant }, ports);
  if (accountId === null) return;
  const { known } = await ports.tenants.ofAccount({ accountId, name: null, contactEmail: null });
  if (known !== null) return;
  await ports.records.change([tenant.id], ([record]) => {
    const updates = record === undefined ? [] : [{ ...noUpdate(tenant.id), tenant: { ...record.tenant, accountId } }];
    return { updates, result: null };
  });
}
