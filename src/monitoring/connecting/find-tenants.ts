import type { Account } from '../../domain/model/account.ts';
import type { Tenant } from '../../domain/model/tenant.ts';
import type { TenantRecord } from '../../domain/model/tenant-record.ts';
import type { Connecting } from '../../domain/tenants/connect-account.ts';
import type { Access } from '../polling/poll-tenant.ts';
import type { Stores } from '../ports.ts';
import { accountOf, type ReadAccountPorts } from '../tenants/read-account.ts';

export type FindTenantsPorts = ReadAccountPorts &
  Pick<Stores, 'tenants' | 'records'> &
  Readonly<{ access: Pick<Access, 'accessToken'> }>;

/** More tenants of one name or address are not asked about, to spare the day's requests. */
const MOST_ASKED = 5;

/** The tenants that an account may belong to. `targetId`: the one that was to be connected, if any. */
export async function findTenants(
  account: Account,
  targetId: string | null,
  ports: FindTenantsPorts,
): Promise<Omit<Connecting, 'account'>> {
  const { tenants, records } = ports;
  const of = await tenants.ofAccount(account);
  const ids = [...(targetId === null ? of.similar.slice(0, MOST_ASKED) : [targetId])];
  const found = new Map((await records.read([...ids, of.known ?? ''])).map((record) => [record.tenant.id, record]));
  const target = found.get(targetId ?? '') ?? null;
  const known = found.get(of.known ?? '') ?? null;
  if (target !== null || known !== null) return { target, known, similar: [] };
  return { target, ...(await compare(account, [...found.values()], ports)) };
}

/** Asks similar tenants, by their own grants, which account they are. One whose grant does not work stays similar. */
async function compare(
  account: Account,
  candidates: readonly TenantRecord[],
  ports: FindTenantsPorts,
): Promise<Pick<Connecting, 'known' | 'similar'>> {
  const similar: TenantRecord[] = [];
  for (const candidate of candidates) {
    const accountId = candidate.tenant.state === 'unconnected' ? null : await accountIdOf(candidate.tenant, ports);
    if (accountId !== null && accountId === account.accountId) return { known: candidate, similar: [] };
    if (accountId === null) similar.push(candidate);
  }
  return { known: null, similar };
}

/** Null when the tenant’s own grant cannot tell. */
export async function accountIdOf(
  { id, applicationId }: Pick<Tenant, 'id' | 'applicationId'>,
  ports: FindTenantsPorts,
): Promise<string | null> {
  const token = await ports.access.accessToken(id);
  if (!token.ok) return null;
  const answer = await accountOf({ accessToken: token.accessToken, applicationId }, ports);
  return answer.ok ? answer.value.accountId : null;
}
