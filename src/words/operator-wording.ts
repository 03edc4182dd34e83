import type { Action, Condition } from '../domain/model/condition.ts';
import type { PollFailureKind } from '../domain/model/poll.ts';
import type { TenantSummary } from '../monitoring/views.ts';

const conditionWords: Readonly<Record<Condition, string>> = {
  token_missing: 'Constant Contact has no token for it',
  token_invalid: 'its token no longer works',
  scopes_missing: 'permissions are missing',
  no_profile: 'no page or profile is connected',
  page_unreachable: 'pages of it cannot be posted to',
  rate_limited: 'limited by the network for now',
  check_failed: 'the network did not answer the check',
  removed: 'it is no longer listed',
};

const actionWords: Readonly<Record<Action, string>> = {
  reconnect: 'reconnect it in Constant Contact',
  choose_profile: 'choose a page or profile',
  wait: 'nothing: it passes',
  none: 'nothing',
  reauthorize: 'authorise Linkwatch again',
  privileges: 'give the missing privilege',
};

const failureWords: Readonly<Record<PollFailureKind, string>> = {
  timeout: 'no answer in time',
  dns: 'the host name was not found',
  tls: 'no secure connection',
  connection: 'no connection',
  unauthorized: 'the access token was refused',
  forbidden: 'a privilege or a scope is missing',
  missing_privilege: 'the user who gave the permission lacks the privilege campaign:read',
  missing_scope: 'the permission lacks a scope: the owner must authorise again, and allow everything',
  application_deactivated: 'the application is refused, though no scope and no privilege is missing',
  throttled: 'too many requests a second',
  quota_exceeded: "the day's requests are used up",
  client: 'the request was refused',
  server: 'Constant Contact failed',
  invalid_response: 'an answer that is not the documented one',
  invalid_grant: 'the owner must authorise Linkwatch again',
  refresh_failed: 'its token could not be refreshed, five times in a row and for a day',
  invalid_client: "the application's key or secret was refused",
};

/** What a person has to know of a tenant's state. */
export function stateText({ state, failing, firstGoodPollAt }: TenantSummary): string {
  if (state === 'paused') return 'paused';
  if (state === 'unconnected') return 'waits to be connected';
  if (firstGoodPollAt === null && state === 'reauthorize') return 'has never worked: give it another token';
  if (firstGoodPollAt === null && state === 'access_denied') return `has never worked: ${refusalText(failing)}`;
  if (state === 'reauthorize') {
    return failing?.kind === 'missing_scope' ? failureText(failing.kind) : 'the owner must authorise again';
  }
  if (failing !== null) return `polls fail: ${failureText(failing.kind)}`;
  return state === 'access_denied' ? refusalText(failing) : 'active';
}

function refusalText(failing: TenantSummary['failing']): string {
  return failureText(failing?.kind ?? 'forbidden');
}

export function conditionText(conditions: readonly Condition[]): string {
  return conditions.map((condition) => conditionWords[condition]).join(', ');
}

export function actionText(action: Action): string {
  return actionWords[action];
}

export function failureText(kind: PollFailureKind): string {
  return failureWords[kind];
}

/** `facebook "Jane's Bakery"`; the account's id when the account has no name. */
export function connectionText(
  connection: Readonly<{ network: string; accountId: string; displayName: string | null }>,
): string {
  const { network, accountId, displayName } = connection;
  return displayName === null ? `${network} ${accountId}` : `${network} "${displayName}"`;
}

/** What an incident is about. */
export function incidentSubject({
  network,
  accountId,
  displayName,
}: Readonly<{ network: string | null; accountId: string | null; displayName: string | null }>): string {
  if (network === null || accountId === null) return 'our access to the account';
  return connectionText({ network, accountId, displayName });
}
