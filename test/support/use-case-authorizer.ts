import type { Permission } from '../../src/domain/model/grant.ts';
import { failureOf } from '../../src/domain/model/poll.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../src/domain/model/time.ts';
import type { AuthorizationAnswer, Authorizer, Clock, DeviceWait } from '../../src/monitoring/ports.ts';

type Answer = AuthorizationAnswer | DeviceWait;

export type ScriptedAuthorizer = Authorizer &
  Readonly<{
    /** The next answers, in this order; `agreed` when none is left. */
    answers(...answers: readonly Answer[]): void;
    /** When a device's answer was asked for, in ms since its beginning. */
    polledAt: readonly number[];
  }>;

export const usualScopes = ['offline_access', 'account_read', 'campaign_data'];

/** What a person allows who has signed in to the account of that name: its access token begins with the name. */
export function aPermission(name: string, given: Partial<Permission> = {}): Permission {
  return {
    accessToken: `${name}#new`,
    refreshToken: `refresh-${name}-new`,
    expiresAt: null,
    lifetimeMs: DAY_MS,
    scopes: usualScopes,
    ...given,
  };
}

/** Constant Contact's pages, with a person behind them as a script says. */
export function scriptedAuthorizer(clock: Clock): ScriptedAuthorizer {
  const script: Answer[] = [];
  const polledAt: number[] = [];
  let begunAt = 0;
  const next = (): Answer => script.shift() ?? { outcome: 'agreed', permission: aPermission('bakery') };
  return {
    answers: (...answers) => void script.push(...answers),
    polledAt,
    begin: async (redirectUri) => ({
      url: `https://constant.example/authorize?${redirectUri}`,
      state: 'state',
      verifier: 'v',
    }),
    finish: async () => {
      const answer = next();
      if (answer.outcome !== 'waiting') return answer;
      return { outcome: 'failed', failure: failureOf('invalid_response', 'a browser never waits') };
    },
    beginDevice: async () => {
      begunAt = clock.now();
      const expiresAt = begunAt + 10 * MINUTE_MS;
      const codes = {
        deviceCode: 'device',
        userCode: 'ABCDEFGH',
        verificationUri: 'https://constant.example/activate',
      };
      return { ok: true, value: { ...codes, expiresAt, intervalMs: 5 * SECOND_MS } };
    },
    pollDevice: async () => {
      polledAt.push(clock.now() - begunAt);
      return next();
    },
  };
}
