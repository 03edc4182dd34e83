import { type ConnectDecision, decideAccount, missingScopes } from '../../domain/tenants/connect-account.ts';
import type { ConnectOutcome, RoundTally } from '../application.ts';
import type { Log } from '../ports.ts';
import { readAccount } from '../tenants/read-account.ts';
import { storeUntilTaken } from '../tenants/try-grant.ts';
import { type FindTenantsPorts, findTenants } from './find-tenants.ts';
import { firstLook } from './first-look.ts';
import type { Agreed, OpenQuestion, OpenQuestions } from './open-questions.ts';
import {
  addAccount,
  newTenantFor,
  type Stored,
  type StorePermissionPorts,
  storedAs,
  updateAccount,
} from './store-permission.ts';

export type SettlePorts = FindTenantsPorts &
  StorePermissionPorts &
  Readonly<{
    log: Log;
    questions: OpenQuestions;
    /** A round for this tenant alone. */
    pollTenant(tenantId: string, signal?: AbortSignal): Promise<RoundTally>;
  }>;

/**
 * Finds out which account a permission is for, and gives it to that account's tenant. The permission may have ended the
 * tenant's old grant, so nothing gives up at once when the store fails.
 */
export async function settlePermission(
  { permission, applicationId, viewer, wish }: Omit<Agreed, 'account'>,
  ports: SettlePorts,
): Promise<ConnectOutcome> {
  const scopes = missingScopes(permission);
  if (scopes.length > 0) return { outcome: 'scopes_missing', scopes };
  const read = await storeUntilTaken(() => readAccount(permission, applicationId, ports), ports);
  if (!read.ok) return { outcome: 'failed', failure: read.failure };
  return await settle({ viewer, wish, permission, applicationId, account: read.value }, null, ports);
}

/** An answer to `asks` is for the tenant that was asked about, and for no other that it may be by now. */
export async function settleAnswered(
  { confirms, ...agreed }: OpenQuestion,
  ports: SettlePorts,
): Promise<ConnectOutcome> {
  return await settle(agreed, confirms, ports);
}

type Settled = Readonly<{ outcome: 'stored'; tenant: Stored; isNew: boolean }> | ConnectOutcome | 'changed';

async function settle(agreed: Agreed, answered: string | null, ports: SettlePorts): Promise<ConnectOutcome> {
  // Made once: an attempt whose success was not told must not be followed by a second tenant.
  const added = newTenantFor(agreed, ports);
  for (let confirmed = answered; ; confirmed = null) {
    const settled = await storeUntilTaken(() => settleOnce(agreed, { confirmed, added }, ports), ports);
    if (settled === 'changed') continue;
    return settled.outcome === 'stored' ? await connected(agreed, settled, ports) : settled;
  }
}

type Attempt = Readonly<{ confirmed: string | null; added: ReturnType<typeof newTenantFor> }>;

/** `changed`: what was decided from no longer holds, because another process was faster. Nothing is stored then. */
async function settleOnce(agreed: Agreed, { confirmed, added }: Attempt, ports: SettlePorts): Promise<Settled> {
  const { account, viewer, wish } = agreed;
  const [before] = added === null ? [] : await ports.records.read([added.tenant.id]);
  if (before !== undefined) return { outcome: 'stored', tenant: storedAs(before), isNew: true };
  const targetId = viewer.kind === 'invited' ? viewer.tenantId : wish.tenantId;
  const found = await findTenants(account, targetId, ports);
  if (targetId !== null && found.target === null) return { outcome: 'gone' };
  const decision = decideAccount({ account, ...found });
  if (decision.kind === 'ask' && decision.tenantId !== confirmed) return questionOf(agreed, decision, ports);
  const isNew = decision.kind === 'add';
  try {
    const stored = isNew ? await addAccount(added, ports) : await updateAccount(decision, agreed, ports);
    return stored === 'changed' || 'outcome' in stored ? stored : { outcome: 'stored', tenant: stored, isNew };
  } catch (error) {
    const { known } = await ports.tenants.ofAccount(account);
    if (known !== (found.known?.tenant.id ?? null)) return 'changed';
    throw error;
  }
}

async function connected(
  { account, viewer }: Agreed,
  { tenant: { givenName, ...tenant }, isNew }: Extract<Settled, { outcome: 'stored' }>,
  ports: SettlePorts,
): Promise<ConnectOutcome> {
  const { id } = tenant;
  ports.log.info({ tenantId: id, isNew, by: viewer.kind }, 'an account was connected');
  const isAccountRead = account.accountId !== null;
  const look = await firstLook(id, ports);
  return { outcome: 'connected', tenant, givenName, isNew, isAccountRead, look };
}

function questionOf(
  agreed: Agreed,
  { tenantId, expected: { tenant } }: Extract<ConnectDecision, { kind: 'ask' }>,
  { questions }: SettlePorts,
): ConnectOutcome {
  const { name, contactEmail } = agreed.account;
  return {
    outcome: 'asks',
    question: questions.ask({ ...agreed, confirms: tenantId }),
    found: { name, contactEmail },
    expected: { id: tenant.id, name: tenant.name },
    isAnotherTenants: tenantId !== tenant.id,
  };
}
