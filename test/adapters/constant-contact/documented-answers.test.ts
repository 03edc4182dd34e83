import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { DAY_MS } from '../../../src/domain/model/time.ts';
import type { ScriptedAnswer } from '../../../src/sandbox/script.ts';
import { noLimit, slotsOf } from '../../support/request-slots.ts';
import { answerOf, clientOf, failureOf, firstOf, withSandbox } from '../../support/sandbox-client.ts';
import { hastyClock } from '../../support/sandbox-clock.ts';

const NOW = Date.UTC(2026, 4, 1);

describe('fetching connections', () => {
  it('gives what the account shows, every status field in our words', async () => {
    await withSandbox({ connectionsEach: 2 }, async (sandbox) => {
      const tenant = firstOf(sandbox.control.tenants());
      sandbox.control.setConnections(tenant.id, [
        {
          account_info: {
            network: 'facebook',
            network_account_id: '17841400000000001',
            display_name: 'Lola',
            username: 'lola',
          },
          connection_status: {
            has_token: true,
            is_active_user: false,
            rate_limited: null,
            token_is_valid: false,
            error: 'no answer',
            status: 503,
          },
        },
      ]);
      expect(await answerOf(clientOf(sandbox).fetchConnections(tenant.tokens.accessToken))).toEqual({
        isPartial: false,
        digest: expect.stringMatching(/^[\w-]{22}$/),
        connections: [
          {
            network: 'facebook',
            accountId: '17841400000000001',
            displayName: 'Lola',
            username: 'lola',
            status: {
              hasToken: true,
              isActiveUser: false,
              rateLimited: null,
              tokenHasScopes: null,
              tokenIsValid: false,
              error: 'no answer',
              networkStatus: 503,
            },
          },
        ],
      });
    });
  });

  it('asks each tenant for its own', async () => {
    await withSandbox({ tenants: 20 }, async (sandbox) => {
      const client = clientOf(sandbox);
      for (const { tokens, connections } of sandbox.control.tenants()) {
        const answer = await answerOf(client.fetchConnections(tokens.accessToken));
        const ids = connections.map(({ account_info }) => account_info?.network_account_id);
        expect(answer.connections.map(({ accountId }) => accountId)).toEqual(ids);
      }
    });
  });
});

describe('an answer that was read before', () => {
  it('is known again by its digest, and is read once more when somebody wants that', async () => {
    await withSandbox({}, async (sandbox) => {
      const { accessToken } = firstOf(sandbox.control.tenants()).tokens;
      const client = clientOf(sandbox);
      const first = await answerOf(client.fetchConnections(accessToken));
      const again = await client.fetchConnections(accessToken, { knownDigest: first.digest });
      if (!again.ok || !('read' in again.value)) throw new Error('the answer is not known again');
      expect(again.value.digest).toBe(first.digest);
      expect(again.value.read()).toEqual(first);
    });
  });

  it('is another one as soon as a sign of it differs, or another version of the program reads it', async () => {
    await withSandbox({}, async (sandbox) => {
      const { id, tokens, connections } = firstOf(sandbox.control.tenants());
      const fetch = async (known?: string, version = '1.0.0') =>
        await answerOf(clientOf(sandbox, { version }).fetchConnections(tokens.accessToken, { knownDigest: known }));
      const { digest } = await fetch();
      expect(await fetch(digest, '1.0.1')).toHaveProperty('connections');
      const renamed = connections.map(({ account_info, ...rest }) => ({
        ...rest,
        account_info: { ...account_info, display_name: 'Renamed' },
      }));
      sandbox.control.setConnections(id, renamed);
      expect(await fetch(digest)).toMatchObject({ connections: renamed.map(() => ({ displayName: 'Renamed' })) });
    });
  });
});

describe('every documented failure has its kind', () => {
  const cases: readonly (readonly [ScriptedAnswer, string])[] = [
    [{ kind: 'status', status: 400 }, 'client'],
    [{ kind: 'status', status: 401 }, 'unauthorized'],
    [{ kind: 'status', status: 403 }, 'forbidden'],
    [{ kind: 'raw', status: 401, body: '' }, 'invalid_response'],
    [{ kind: 'raw', status: 403, body: '<html>Request blocked</html>' }, 'invalid_response'],
    [{ kind: 'status', status: 404 }, 'client'],
    [{ kind: 'throttled' }, 'throttled'],
    [{ kind: 'quota_exceeded' }, 'quota_exceeded'],
    [{ kind: 'status', status: 500 }, 'server'],
    [{ kind: 'status', status: 503 }, 'server'],
    [{ kind: 'hang' }, 'timeout'],
    [{ kind: 'reset' }, 'connection'],
    [{ kind: 'reset', midBody: true }, 'connection'],
    [{ kind: 'malformed' }, 'invalid_response'],
    [{ kind: 'html' }, 'invalid_response'],
    [{ kind: 'wrong_types' }, 'invalid_response'],
    [{ kind: 'oversized' }, 'invalid_response'],
  ];

  it.each(cases)('%j is %s', async (answer, kind) => {
    await withSandbox({}, async (sandbox) => {
      const { accessToken } = firstOf(sandbox.control.tenants()).tokens;
      sandbox.control.script({ times: 1, answer });
      const client = clientOf(sandbox, { requestTimeoutMs: answer.kind === 'hang' ? 150 : 5_000 });
      expect(await failureOf(client.fetchConnections(accessToken))).toMatchObject({ kind });
      expect((await client.fetchConnections(accessToken)).ok).toBe(true);
    });
  });

  it('and names the request, for Constant Contact support', async () => {
    await withSandbox({}, async (sandbox) => {
      const { requestId } = await failureOf(clientOf(sandbox).fetchConnections('nobody-knows-this'));
      expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
    });
  });

  it('a slow answer is as good as any while it comes in time', async () => {
    await withSandbox({}, async (sandbox) => {
      sandbox.control.script({ times: 1, answer: { kind: 'usual', delayMs: 100 } });
      const { accessToken } = firstOf(sandbox.control.tenants()).tokens;
      expect((await clientOf(sandbox).fetchConnections(accessToken)).ok).toBe(true);
    });
  });
});

describe('the account', () => {
  it('gives name, address and time zone', async () => {
    await withSandbox({}, async (sandbox) => {
      const tenant = firstOf(sandbox.control.tenants());
      expect(await answerOf(clientOf(sandbox).fetchAccount(tenant.tokens.accessToken))).toEqual({
        accountId: tenant.id,
        name: tenant.name,
        contactEmail: tenant.contactEmail,
        timezone: tenant.timeZone,
      });
    });
  });
});

describe('refreshing', () => {
  it('gives new tokens, and the time at which the access token ends', async () => {
    await withSandbox({ accessTokenLifetimeS: 28_800 }, async (sandbox) => {
      const { tokens } = firstOf(sandbox.control.tenants());
      const client = clientOf(sandbox, { clock: hastyClock(NOW) });
      const grant = await answerOf(client.refresh(tokens.refreshToken));
      expect(grant).toMatchObject({ expiresAt: NOW + 28_800_000, lifetimeMs: 28_800_000 });
      expect(grant.refreshToken).not.toBe(tokens.refreshToken);
      expect((await client.fetchConnections(grant.accessToken ?? '')).ok).toBe(true);
    });
  });

  it('a token that was used before is invalid_grant', async () => {
    await withSandbox({}, async (sandbox) => {
      const { tokens } = firstOf(sandbox.control.tenants());
      const client = clientOf(sandbox);
      await answerOf(client.refresh(tokens.refreshToken));
      expect(await failureOf(client.refresh(tokens.refreshToken))).toMatchObject({ kind: 'invalid_grant' });
    });
  });

  it('a withdrawn permission is invalid_grant, and its access token unauthorized', async () => {
    await withSandbox({}, async (sandbox) => {
      const { id, tokens } = firstOf(sandbox.control.tenants());
      sandbox.control.revoke(id);
      const client = clientOf(sandbox);
      expect((await failureOf(client.refresh(tokens.refreshToken))).kind).toBe('invalid_grant');
      expect((await failureOf(client.fetchConnections(tokens.accessToken))).kind).toBe('unauthorized');
    });
  });

  it('a wrong secret and an unknown client id are invalid_client', async () => {
    await withSandbox({}, async (sandbox) => {
      const { refreshToken } = firstOf(sandbox.control.tenants()).tokens;
      const wrongSecret = clientOf(sandbox, { clientSecret: 'another-secret' });
      const unknownId = clientOf(sandbox, { clientId: 'another-key' });
      expect((await failureOf(wrongSecret.refresh(refreshToken))).kind).toBe('invalid_client');
      expect((await failureOf(unknownId.refresh(refreshToken))).kind).toBe('invalid_client');
      expect((await clientOf(sandbox).refresh(refreshToken)).ok).toBe(true);
    });
  });

  it('a PKCE client names itself in the body and needs no secret', async () => {
    await withSandbox({ clientId: 'public', clientSecret: null }, async (sandbox) => {
      const { refreshToken } = firstOf(sandbox.control.tenants()).tokens;
      const client = clientOf(sandbox, { clientId: 'public', clientSecret: null });
      expect((await client.refresh(refreshToken)).ok).toBe(true);
    });
  });

  it.each([
    ['the same refresh token again', 'long_lived' as const, null],
    ['no refresh token', 'rotating' as const, { access_token: 'new-access', expires_in: 86_400 }],
    ['an empty refresh token', 'rotating' as const, { access_token: 'new-access', refresh_token: '' }],
  ])('an answer with %s leaves the old one in place', async (_, refreshTokens, body) => {
    await withSandbox({ refreshTokens }, async (sandbox) => {
      const { refreshToken } = firstOf(sandbox.control.tenants()).tokens;
      if (body !== null) sandbox.control.script({ times: 1, answer: { kind: 'raw', body: JSON.stringify(body) } });
      expect((await answerOf(clientOf(sandbox).refresh(refreshToken))).refreshToken).toBe(refreshToken);
    });
  });

  it.each([
    ['no token', '{"expires_in":86400}'],
    ['a web page', '<html>signed in</html>'],
  ])('a 200 with %s is not an answer', async (_, body) => {
    await withSandbox({}, async (sandbox) => {
      sandbox.control.script({ times: 1, answer: { kind: 'raw', body } });
      const { refreshToken } = firstOf(sandbox.control.tenants()).tokens;
      expect((await failureOf(clientOf(sandbox).refresh(refreshToken))).kind).toBe('invalid_response');
    });
  });
});

describe('the limits of the key', () => {
  it('requests wait for their slots; the token endpoint has slots of its own', async () => {
    await withSandbox({}, async (sandbox) => {
      const clock = hastyClock(NOW);
      const slots = {
        api: slotsOf({ perSecond: 4, steadyClock: clock }),
        token: slotsOf({ perSecond: 1, steadyClock: clock }),
      };
      const client = clientOf(sandbox, { slots, clock });
      const { accessToken, refreshToken } = firstOf(sandbox.control.tenants()).tokens;
      await client.fetchConnections(accessToken);
      await client.fetchAccount(accessToken);
      await client.refresh(refreshToken);
      expect(clock.now() - NOW).toBeGreaterThanOrEqual(250);
      expect(clock.now() - NOW).toBeLessThan(300);
    });
  });

  it('a wait for a slot that is longer than a request may take is no timeout', async () => {
    await withSandbox({}, async (sandbox) => {
      const slots = { api: { ...noLimit, take: () => sleep(1_200) }, token: noLimit };
      const client = clientOf(sandbox, { slots, requestTimeoutMs: 1_000 });
      await answerOf(client.fetchConnections(firstOf(sandbox.control.tenants()).tokens.accessToken));
    });
  });

  it('a request that gets no slot is not sent, and is no failure of upstream', async () => {
    await withSandbox({}, async (sandbox) => {
      const take = async () => {
        throw new Error('the store cannot be reached');
      };
      const slots = { api: { ...noLimit, take }, token: { ...noLimit, take } };
      const client = clientOf(sandbox, { slots });
      for (const request of [client.fetchConnections('token'), client.refresh('token'), client.checkClient()]) {
        await expect(request).rejects.toThrow('the store cannot be reached');
      }
      expect(sandbox.control.counters().statuses).toEqual({});
    });
  });

  it('after a 429 nobody asks for as long as upstream says', async () => {
    await withSandbox({}, async (sandbox) => {
      const clock = hastyClock(NOW);
      const client = clientOf(sandbox, { slots: { api: slotsOf({ steadyClock: clock }), token: noLimit }, clock });
      const { accessToken } = firstOf(sandbox.control.tenants()).tokens;
      const body = { error_key: 'throttled', error_message: 'Too Many Requests' };
      sandbox.control.script({
        times: 1,
        answer: { kind: 'status', status: 429, body, headers: { 'retry-after': '3' } },
      });
      expect(await failureOf(client.fetchConnections(accessToken))).toMatchObject({ retryAfterMs: 3_000 });
      await answerOf(client.fetchConnections(accessToken));
      expect(clock.now() - NOW).toBe(3_000);
    });
  });

  it('a quota that is used up is a failure, with a day ahead of it', async () => {
    await withSandbox({ requestsPerDay: 2, now: () => NOW + DAY_MS / 2 }, async (sandbox) => {
      const client = clientOf(sandbox);
      const { accessToken } = firstOf(sandbox.control.tenants()).tokens;
      const results = [1, 2, 3].map(() => client.fetchConnections(accessToken));
      const kinds = (await Promise.all(results)).map((result) => (result.ok ? 'ok' : result.failure.kind));
      expect(kinds).toEqual(['ok', 'ok', 'quota_exceeded']);
    });
  });
});
