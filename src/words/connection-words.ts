import type { Action, Condition } from '../domain/model/condition.ts';
import { networkName } from './network-name.ts';
import { shownName } from './plain-name.ts';
import type { MessageKey, Say } from './words.ts';

/** An account's names as they stand in a sentence. */
export type AccountNames = Readonly<{ network: string; account: string }>;

type Named = Readonly<{ network: string; accountId: string; displayName: string | null }>;

/** Null: it is about our access, and so about no account of its own. */
export function accountNames(connection: Named | null, say: Say): AccountNames {
  const { network, accountId, displayName } = connection ?? { network: '', accountId: '', displayName: null };
  return {
    network: shownName(networkName(network)) ?? say('network.unnamed'),
    account: shownName(displayName) ?? say('account.unnamed', { accountId: shownName(accountId) ?? '?' }),
  };
}

/** The name of the whole account at Constant Contact; null where nobody has named it. */
export function tenantName(name: string | null, say: Say): string {
  return shownName(name) ?? say('tenant.unnamed');
}

/** What is wrong, where mail and page say it alike. */
export const commonCauses: Readonly<Record<Exclude<Condition, 'check_failed' | 'removed'>, MessageKey>> = {
  token_missing: 'problem.token_missing',
  token_invalid: 'problem.token_invalid',
  scopes_missing: 'problem.scopes_missing',
  no_profile: 'problem.no_profile',
  page_unreachable: 'problem.page_unreachable',
  rate_limited: 'problem.rate_limited',
};

/** The actions that a broken connection can need of its owner. */
export type RepairAction = Extract<Action, 'reconnect' | 'choose_profile'>;

type Problem = Readonly<{ action: Action; conditions: readonly Condition[] }>;

/** Whether a person can repair the problem by following steps. */
export function isRepairable<Given extends Pick<Problem, 'action'>>(
  problem: Given,
): problem is Given & Readonly<{ action: RepairAction }> {
  return problem.action === 'reconnect' || problem.action === 'choose_profile';
}

/** What is spoken of: a page that was lost asks for the same as a missing one, and is another thing to a reader. */
export type Subject = RepairAction | 'page_unreachable' | 'wait';

export function subjectOf(problem: Problem): Subject {
  if (!isRepairable(problem)) return 'wait';
  const isAboutPages = problem.action === 'choose_profile' && problem.conditions.includes('page_unreachable');
  return isAboutPages ? 'page_unreachable' : problem.action;
}

/** What everybody needs to know who repairs an account. */
export const repairFacts: readonly MessageKey[] = ['facts.who', 'facts.keep', 'facts.scheduled', 'facts.password'];
