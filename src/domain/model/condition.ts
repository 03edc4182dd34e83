import type { ConnectionStatus } from './connection-status.ts';

export const conditions = [
  'token_missing',
  'token_invalid',
  'scopes_missing',
  'no_profile',
  'page_unreachable',
  'rate_limited',
  'check_failed',
  'removed',
] as const;
/** One thing wrong with a connection, derived from its status. */
export type Condition = (typeof conditions)[number];

/** Worst first. */
export const tenantHealths = ['broken', 'waiting', 'unobserved', 'healthy'] as const;
/** A tenant's is the worst of its connections', removed ones left out. */
export type TenantHealth = (typeof tenantHealths)[number];

export const healths = [...tenantHealths, 'removed'] as const;
/** The summary of a connection's conditions. */
export type Health = (typeof healths)[number];

export function isInTrouble(health: Health): boolean {
  return health === 'broken' || health === 'waiting';
}

export const actions = ['reconnect', 'choose_profile', 'wait', 'none', 'reauthorize', 'privileges'] as const;
/** What the owner is asked to do; the last two concern our access to the account, not a connection. */
export type Action = (typeof actions)[number];

/**
 * How long a doubt has lasted, in ms, null while there is none. Two readings of `token_is_valid: false` are
 * believed only after a while, because the probe behind it may have failed for another reason.
 */
export type GracePeriod = Readonly<{
  rateLimitedForMs: number | null;
  checkFailedInvalidForMs: number | null;
}>;

export type BeliefSettings = Readonly<{ rateLimitAfterMs: number; checkFailedAfterMs: number }>;

/** The problems of a status; a deeper cause masks its consequences. Empty when no problem is known. */
export function conditionsOf(
  status: ConnectionStatus,
  gracePeriod: GracePeriod,
  settings: BeliefSettings,
): readonly Condition[] {
  const found: Condition[] = [];
  if (status.hasToken === false) found.push('token_missing');
  else if (isTokenInvalid(status, gracePeriod, settings)) found.push('token_invalid');
  else if (status.tokenHasScopes === false) found.push('scopes_missing');
  else if (status.isActiveUser === false) found.push('no_profile');
  if (status.rateLimited === true) found.push('rate_limited');
  if (isCheckFailed(status) && !found.includes('token_invalid')) found.push('check_failed');
  return found;
}

/** The network failed to answer Constant Contact's probe, so the token's real state is unknown. */
export function isCheckFailed({ error, networkStatus }: ConnectionStatus): boolean {
  if (networkStatus !== null && (networkStatus === 0 || networkStatus === 429 || networkStatus >= 500)) return true;
  return error !== null && (networkStatus === null || networkStatus < 400);
}

/**
 * With what the second witness says: pages that cannot be posted to are a condition of their own only where the
 * connection looks healthy, because any other condition explains them.
 */
export function withUnreachablePages(found: readonly Condition[], status: ConnectionStatus): readonly Condition[] {
  return healthOf(found, status) === 'healthy' ? ['page_unreachable'] : found;
}

function isTokenInvalid(status: ConnectionStatus, gracePeriod: GracePeriod, settings: BeliefSettings): boolean {
  if (status.tokenIsValid !== false) return false;
  if (isCheckFailed(status) && !lasted(gracePeriod.checkFailedInvalidForMs, settings.checkFailedAfterMs)) return false;
  if (status.rateLimited === true && !lasted(gracePeriod.rateLimitedForMs, settings.rateLimitAfterMs)) return false;
  return true;
}

function lasted(forMs: number | null, atLeastMs: number): boolean {
  return forMs !== null && forMs >= atLeastMs;
}

export function healthOf(found: readonly Condition[], status: ConnectionStatus): Health {
  if (found.includes('removed')) return 'removed';
  const action = actionOf(found);
  if (action === 'reconnect' || action === 'choose_profile') return 'broken';
  if (found.length > 0) return 'waiting';
  return status.hasToken === true && status.tokenIsValid === true ? 'healthy' : 'unobserved';
}

/** The one leading action: reconnect before choose_profile before wait before none. */
export function actionOf(found: readonly Condition[]): Action {
  if (found.some((c) => c === 'token_missing' || c === 'token_invalid' || c === 'scopes_missing')) return 'reconnect';
  if (found.includes('no_profile') || found.includes('page_unreachable')) return 'choose_profile';
  if (found.includes('rate_limited')) return 'wait';
  return 'none';
}

export function isSameConditions(a: readonly Condition[], b: readonly Condition[]): boolean {
  return a.length === b.length && a.every((condition) => b.includes(condition));
}

/** A tenant's health is its worst connection's; null when it has none that count. */
export function worstHealth(all: readonly Health[]): TenantHealth | null {
  return tenantHealths.find((health) => all.includes(health)) ?? null;
}
