import { type Account, UNKNOWN_ACCOUNT } from '../../domain/model/account.ts';
import type { Permission } from '../../domain/model/grant.ts';
import { failureOf } from '../../domain/model/poll.ts';
import { SECOND_MS } from '../../domain/model/time.ts';
import { mayReadAccount } from '../../domain/tenants/connect-account.ts';
import type { ApiResult, Clock, ConstantContact, Stores } from '../ports.ts';
import { problemsOf, type TenantFields } from './tenant-field-rules.ts';

const MOST_ATTEMPTS = 3;

export type ReadAccountPorts = Pick<Stores, 'quota'> &
  Readonly<{ constantContact: Pick<ConstantContact, 'fetchAccount' | 'fetchContactEmail'>; clock: Clock }>;

/** Which account a permission is for. Without the scope or the privilege to read that, it stays unknown. */
export async function readAccount(permission: Permission, ports: ReadAccountPorts): Promise<ApiResult<Account>> {
  if (!mayReadAccount(permission)) return { ok: true, value: UNKNOWN_ACCOUNT };
  return await accountOf(permission.accessToken, ports);
}

/** A failure that may pass is tried again a few times: the person who has just agreed would have to agree once more. */
export async function accountOf(accessToken: string, ports: ReadAccountPorts): Promise<ApiResult<Account>> {
  const { constantContact, clock } = ports;
  for (let attempt = 1; ; attempt++) {
    if (!(await takeRequest(ports))) {
      return { ok: false, failure: failureOf('quota_exceeded', 'the requests of the day are used up') };
    }
    const answer = await constantContact.fetchAccount(accessToken);
    if (answer.ok) return { ok: true, value: usable(await withAddress(answer.value, accessToken, ports)) };
    if (answer.failure.kind === 'forbidden') return { ok: true, value: UNKNOWN_ACCOUNT };
    const mayPass = answer.failure.kind !== 'unauthorized' && answer.failure.kind !== 'quota_exceeded';
    if (!mayPass || attempt === MOST_ATTEMPTS) return answer;
    await clock.sleep(SECOND_MS);
  }
}

async function withAddress(account: Account, accessToken: string, ports: ReadAccountPorts): Promise<Account> {
  if (account.contactEmail !== null || !(await takeRequest(ports))) return account;
  const answer = await ports.constantContact.fetchContactEmail(accessToken);
  return answer.ok ? { ...account, contactEmail: answer.value } : account;
}

async function takeRequest({ quota, clock }: ReadAccountPorts): Promise<boolean> {
  return (await quota.reserve({ count: 1, purpose: 'recheck', now: clock.now() })) === 1;
}

/** Constant Contact's words, as far as they could be a tenant's. */
function usable({ accountId, name, contactEmail, timezone }: Account): Account {
  const fits = (fields: TenantFields) => problemsOf(fields, { now: 0, cronProblem: () => null }).length === 0;
  return {
    accountId,
    name: name !== null && fits({ name }) ? name : null,
    contactEmail: contactEmail !== null && fits({ owner: contactEmail }) ? contactEmail : null,
    timezone: timezone !== null && fits({ timezone }) ? timezone : null,
  };
}
