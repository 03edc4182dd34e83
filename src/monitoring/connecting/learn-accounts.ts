import { SECOND_MS } from '../../domain/model/time.ts';
import { decideLearned } from '../../domain/tenants/connect-account.ts';
import type { Log } from '../ports.ts';
import { tenantOfAccount } from '../tenants/tenant-of-account.ts';
import { accountIdOf, type FindTenantsPorts } from './find-tenants.ts';

export type LearnAccountsPorts = FindTenantsPorts & Readonly<{ log: Log }>;

/** At four requests a second, some seconds that a person waits, and a small part of the day's requests. */
const MOST_ASKED = 40;
/** A Constant Contact that answers slowly, or not at all, keeps nobody waiting for longer. */
const LONGEST_MS = 20 * SECOND_MS;

/**
 * Asks the tenants that came without it which Constant Contact account they are, before somebody signs in: a new
 * permission may end the old one, and then they could no longer say that they are the account that is being connected.
 * The newest come first, because they are what is being set up. Whatever fails here stops nobody from signing in.
 */
export async function learnAccounts(ports: LearnAccountsPorts): Promise<void> {
  const { tenants, clock, log } = ports;
  const until = clock.now() + LONGEST_MS;
  try {
    for (const tenantId of await tenants.withoutAccount(MOST_ASKED)) {
      if (clock.now() >= until) break;
      await tryToLearn(tenantId, ports);
    }
  } catch (error) {
    log.warn({ err: error }, 'could not look up the accounts of tenants');
  }
}

async function tryToLearn(tenantId: string, ports: LearnAccountsPorts): Promise<void> {
  try {
    const [record] = await ports.records.read([tenantId]);
    const accountId = record === undefined ? null : await accountIdOf(record.tenant, ports);
    if (accountId === null) return;
    const known = await tenantOfAccount(accountId, ports);
    await ports.records.change([tenantId], (records) => ({
      updates: records.map((record) => decideLearned(record, accountId, known)),
      result: null,
    }));
  } catch (error) {
    ports.log.warn({ err: error, tenantId }, 'could not look up the account of a tenant');
  }
}
