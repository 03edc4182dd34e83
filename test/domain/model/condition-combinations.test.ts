import { expect, it } from '@jest/globals';
import {
  actionOf,
  type Condition,
  conditionsOf,
  type GracePeriod,
  healthOf,
} from '../../../src/domain/model/condition.ts';
import { type ConnectionStatus, UNKNOWN_STATUS } from '../../../src/domain/model/connection-status.ts';
import { alertSettings } from '../../support/domain-settings.ts';
import { ms } from '../../support/domain-time.ts';

/*
 * The rules of condition.test.ts told a second time, as sets: what each field shows, then what hides what. Every
 * combination of the seven fields and of the two doubts must come out the same.
 */
const tristates = [true, false, null];
const fields: Readonly<Record<keyof ConnectionStatus, readonly unknown[]>> = {
  hasToken: tristates,
  isActiveUser: tristates,
  rateLimited: tristates,
  tokenHasScopes: tristates,
  tokenIsValid: tristates,
  error: [null, 'boom'],
  networkStatus: [null, 0, 200, 400, 403, 404, 429, 500, 503],
};
const waits = [null, ms('1h'), ms('2h'), ms('23h'), ms('24h')];

type Case = Readonly<{ status: ConnectionStatus; gracePeriod: GracePeriod; isUnanswered: boolean }>;

function everyStatus(): readonly ConnectionStatus[] {
  return Object.entries(fields).reduce<readonly ConnectionStatus[]>(
    (statuses, [field, values]) => statuses.flatMap((status) => values.map((value) => ({ ...status, [field]: value }))),
    [UNKNOWN_STATUS],
  );
}

const everyGracePeriod: readonly GracePeriod[] = waits.flatMap((rateLimitedForMs) =>
  waits.map((checkFailedInvalidForMs) => ({ rateLimitedForMs, checkFailedInvalidForMs })),
);

const shownBy: readonly (readonly [Condition, (seen: Case) => boolean])[] = [
  ['token_missing', ({ status }) => status.hasToken === false],
  ['token_invalid', (seen) => seen.status.tokenIsValid === false && !isExcused(seen)],
  ['scopes_missing', ({ status }) => status.tokenHasScopes === false],
  ['no_profile', ({ status }) => status.isActiveUser === false],
  ['rate_limited', ({ status }) => status.rateLimited === true],
  ['check_failed', ({ isUnanswered }) => isUnanswered],
];

const hiddenBy: Readonly<Partial<Record<Condition, readonly Condition[]>>> = {
  token_invalid: ['token_missing'],
  scopes_missing: ['token_missing', 'token_invalid'],
  no_profile: ['token_missing', 'token_invalid', 'scopes_missing'],
};

function isExcused({ status, gracePeriod, isUnanswered }: Case): boolean {
  const isLimitFresh = status.rateLimited === true && (gracePeriod.rateLimitedForMs ?? 0) < ms('2h');
  return isLimitFresh || (isUnanswered && (gracePeriod.checkFailedInvalidForMs ?? 0) < ms('24h'));
}

function caseOf(status: ConnectionStatus, gracePeriod: GracePeriod): Case {
  const refusals = [400, 403, 404];
  const answers = status.error === null ? [null, 200, ...refusals] : refusals;
  return { status, gracePeriod, isUnanswered: !answers.includes(status.networkStatus) };
}

function expectedConditions(seen: Case): readonly Condition[] {
  const shown = shownBy.filter(([, isShown]) => isShown(seen)).map(([condition]) => condition);
  const leading = shown.filter((condition) => !hiddenBy[condition]?.some((cause) => shown.includes(cause)));
  // A check that fails for so long that the token is believed to be invalid has become that.
  return leading.filter((condition) => condition !== 'check_failed' || !leading.includes('token_invalid'));
}

const ranks = [
  { conditions: ['token_missing', 'token_invalid', 'scopes_missing'], action: 'reconnect', health: 'broken' },
  { conditions: ['no_profile'], action: 'choose_profile', health: 'broken' },
  { conditions: ['rate_limited'], action: 'wait', health: 'waiting' },
  { conditions: ['check_failed'], action: 'none', health: 'waiting' },
];

function expectedFor(seen: Case) {
  const conditions = expectedConditions(seen);
  const leading = ranks.find((rank) => conditions.some((condition) => rank.conditions.includes(condition)));
  const isKnownGood = seen.status.hasToken === true && seen.status.tokenIsValid === true;
  const { action, health } = leading ?? { action: 'none', health: isKnownGood ? 'healthy' : 'unobserved' };
  return { conditions, action, health };
}

function actualFor({ status, gracePeriod }: Case) {
  const conditions = conditionsOf(status, gracePeriod, alertSettings());
  return { conditions, action: actionOf(conditions), health: healthOf(conditions, status) };
}

it('every combination of the seven fields shows what the table and the masks give it', () => {
  const cases = everyStatus().flatMap((status) => everyGracePeriod.map((gracePeriod) => caseOf(status, gracePeriod)));
  const wrong = cases.filter((seen) => JSON.stringify(actualFor(seen)) !== JSON.stringify(expectedFor(seen)));
  expect(wrong.slice(0, 3).map((seen) => ({ ...seen, actual: actualFor(seen), expected: expectedFor(seen) }))).toEqual(
    [],
  );
  expect(cases).toHaveLength(3 ** 5 * 2 * 9 * 25);
});
