import { type Account, UNKNOWN_ACCOUNT } from '../../domain/model/account.ts';
import type { Permission } from '../../domain/model/grant.ts';
import { failureOf } from '../../domain/model/poll.ts';
import { SECOND_MS } from '../../domain/model/time.ts';
import { mayReadAccount } from '../../domain/tenants/connect-account.ts';
import type { ApiResult, Clock, ConstantContact, Stores, Upstream, Upstreams } from '../ports.ts';
import { requestQuotaOf } from '../request-quota.ts';
import { problemsOf, type TenantFields } from './tenant-field-rules.ts';

const MOST_ATTEMPTS = 3;

type ReadUpstream = Pick<Upstream, 'application'> &
  Readonly<{ constantContact: Pick<ConstantContact, 'fetchAccount' | 'fetchContactEmail'> }>;

export type ReadAccountPorts = Pick<Stores, 'quota'> &
  Readonly<{ upstreams: Pick<Upstreams<ReadUpstream>, 'of'>; clock: Clock }>;

/** An access token, and the application that it was given to. */
export type TokenOfApplication = Readonly<{ accessToken: string; applicationId: string | null }>;

/** Which account a permission is for. Without the scope or the privilege to read that, it stays unknown. */
export async function readAccount(
  permission: Permission,
  applicationId: string | null,
  ports: ReadAccountPorts,
): Promise<ApiResult<Account>> {
  if (!mayReadAccount(permission)) return { ok: true, value: UNKNOWN_ACCOUNT };
  return await accountOf({ accessToken: permission.accessToken, applicationId }, ports);
}

/** A failure that may pass is tried again a few times: the person who has just agreed would have to agree once more. */
export async function accountOf(token: TokenOfApplication, ports: ReadAccountPorts): Promise<ApiResult<Account>> {
  const ask = await questionsOf(token, ports);
  for (let attempt = 1; ; attempt++) {
    const answer = await ask.account();
    if (answer.ok) return { ok: true, value: usable(await withAddress(answer.value)) };
    if (answer.failure.kind === 'forbidden') return { ok: true, value: UNKNOWN_ACCOUNT };
    const mayPass = answer.failure.kind !== 'unauthorized' && answer.failure.kind !== 'quota_exceeded';
    if (!mayPass || attempt === MOST_ATTEMPTS) return answer;
    await ports.clock.sleep(SECOND_MS);
  }

  async function withAddress(account: Account): Promise<Account> {
    const address = account.contactEmail === null ? await ask.contactEmail() : null;
    return address?.ok === true ? { ...account, contactEmail: address.value } : account;
  }
}

/** One question. Null where the account cannot be read; rejects as the stores do. */
export async function readAccountOnce(token: TokenOfApplication, ports: ReadAccountPorts): Promise<Account | null> {
  const answer = await (await questionsOf(token, ports)).account();
  return answer.ok ? usable(answer.value) : null;
}

/**
 * What can be asked of an account by a token; each question takes a request of the day, and fails where none is left.
 */
async function questionsOf(
  { accessToken, applicationId }: TokenOfApplication,
  { clock, upstreams, quota }: ReadAccountPorts,
) {
  const { application, constantContact } = await upstreams.of(applicationId);
  const requests = requestQuotaOf(application, quota);
  const isTaken = async () => (await requests.reserve({ count: 1, purpose: 'priority', now: clock.now() })) === 1;
  const usedUp = { ok: false, failure: failureOf('quota_exceeded', 'the requests of the day are used up') } as const;
  return {
    account: async () => ((await isTaken()) ? await constantContact.fetchAccount(accessToken) : usedUp),
    contactEmail: async () => ((await isTaken()) ? await constantContact.fetchContactEmail(accessToken) : usedUp),
  };
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
