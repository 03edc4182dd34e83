import type { NewGrant, Permission } from '../../domain/model/grant.ts';
import { isLinkGood, isUnnamed, type Tenant } from '../../domain/model/tenant.ts';
import { givenNameOf } from '../../domain/model/tenant-record.ts';
import {
  type ConnectDecision,
  decideAccount,
  decideConnected,
  missingScopes,
} from '../../domain/tenants/connect-account.ts';
import { newContact } from '../../domain/tenants/contact-list.ts';
import { newTenant } from '../../domain/tenants/new-tenant.ts';
import type { ConnectOutcome, ConnectWish, RoundTally } from '../application.ts';
import type { Log, NewId } from '../ports.ts';
import type { Connector } from '../viewer.ts';
import { type FindTenantsPorts, findTenants } from './find-tenants.ts';
import { firstLook } from './first-look.ts';
import type { OpenQuestion, OpenQuestions } from './open-questions.ts';
import { readAccount } from './read-account.ts';

export type SettlePorts = FindTenantsPorts &
  Readonly<{
    newId: NewId;
    log: Log;
    questions: OpenQuestions;
    intervalOf: (tenant: Pick<Tenant, 'schedule' | 'timezone'>) => number;
    /** A round for this tenant alone. */
    pollTenant(tenantId: string, signal?: AbortSignal): Promise<RoundTally>;
  }>;

/** Finds out which account a permission is for, and gives it to that account's tenant. */
export async function settlePermission(
  permission: Permission,
  { viewer, wish }: Readonly<{ viewer: Connector; wish: ConnectWish }>,
  ports: SettlePorts,
): Promise<ConnectOutcome> {
  const scopes = missingScopes(permission);
  if (scopes.length > 0) return { outcome: 'scopes_missing', scopes };
  const read = await readAccount(permission, ports);
  if (!read.ok) return { outcome: 'failed', failure: read.failure };
  return await settle({ viewer, wish, permission, account: read.value }, { isConfirmed: false }, ports);
}

/** Another process may connect the same account at this moment: what it stored is then taken into account. */
export async function settle(
  asked: OpenQuestion,
  { isConfirmed }: Readonly<{ isConfirmed: boolean }>,
  ports: SettlePorts,
): Promise<ConnectOutcome> {
  try {
    return await settleOnce(asked, isConfirmed, ports);
  } catch (error) {
    const { known } = await ports.tenants.ofAccount(asked.account);
    if (known === null) throw error;
    return await settleOnce(asked, isConfirmed, ports);
  }
}

async function settleOnce(asked: OpenQuestion, isConfirmed: boolean, ports: SettlePorts): Promise<ConnectOutcome> {
  const { account, viewer, wish } = asked;
  const targetId = viewer.kind === 'invited' ? viewer.tenantId : wish.tenantId;
  const found = await findTenants(account, targetId, ports);
  if (targetId !== null && found.target === null) return { outcome: 'gone' };
  const decision = decideAccount({ account, ...found });
  if (decision.kind === 'ask' && !isConfirmed) return questionOf(asked, decision, ports);
  const stored = decision.kind === 'add' ? await add(asked, ports) : await update(decision.tenantId, asked, ports);
  if ('outcome' in stored) return stored;
  ports.log.info({ tenantId: stored.id, isNew: decision.kind === 'add', by: viewer.kind }, 'an account was connected');
  return {
    outcome: 'connected',
    tenant: { id: stored.id, name: stored.name },
    givenName: stored.givenName,
    isNew: decision.kind === 'add',
    isAccountRead: account.accountId !== null,
    look: await firstLook(stored.id, ports),
  };
}

function questionOf(
  asked: OpenQuestion,
  { tenantId, expected: { tenant } }: Extract<ConnectDecision, { kind: 'ask' }>,
  { questions }: SettlePorts,
): ConnectOutcome {
  const { name, contactEmail } = asked.account;
  return {
    outcome: 'asks',
    question: questions.ask(asked),
    found: { name, contactEmail },
    expected: { id: tenant.id, name: tenant.name },
    isAnotherTenants: tenantId !== tenant.id,
  };
}

type Stored = Readonly<{ id: string; name: string; givenName: string | null }>;

async function add({ account, permission, wish }: OpenQuestion, ports: SettlePorts): Promise<Stored | ConnectOutcome> {
  const { clock, newId, intervalOf, tenants } = ports;
  const [name, owner] = [wish.name ?? account.name, wish.owner ?? account.contactEmail];
  if (name === null || owner === null) return { outcome: 'unnamed' };
  const own = { name, timezone: account.timezone ?? 'UTC', locale: wish.locale ?? 'en', schedule: null };
  const id = newId();
  const given = { ...own, id, accountId: account.accountId, intervalMs: intervalOf(own) };
  const contacts = [newContact({ email: owner, role: 'owner' }, id, newId)];
  await tenants.add([{ tenant: newTenant(given, 'active', clock.now()), contacts, grant: grantOf(permission) }]);
  return { id, name, givenName: isUnnamed(name, [owner]) ? null : name };
}

async function update(
  tenantId: string,
  { account, permission, viewer }: OpenQuestion,
  { records, clock }: SettlePorts,
): Promise<Stored | ConnectOutcome> {
  const linkSignedAt = viewer.kind === 'invited' && viewer.tenantId === tenantId ? viewer.signedAt : null;
  const now = clock.now();
  return await records.change<Stored | ConnectOutcome>([tenantId], ([record]) => {
    if (record === undefined) return { updates: [], result: { outcome: 'gone' } };
    // Two browsers may have followed the same link: the first one to come here has used it up.
    if (linkSignedAt !== null && !isLinkGood(record.tenant, linkSignedAt)) {
      return { updates: [], result: { outcome: 'link_used' } };
    }
    const change = decideConnected(record, { account, grant: grantOf(permission), linkSignedAt, now });
    const tenant = change.tenant ?? record.tenant;
    const result = { id: tenantId, name: tenant.name, givenName: givenNameOf({ ...record, tenant }) };
    return { updates: [change], result };
  });
}

/** Asked only of a permission that will do. */
function grantOf({ accessToken, refreshToken, expiresAt, lifetimeMs }: Permission): NewGrant {
  if (refreshToken === null) throw new Error('a permission without a refresh token is no grant');
  return { accessToken, refreshToken, expiresAt, lifetimeMs };
}
