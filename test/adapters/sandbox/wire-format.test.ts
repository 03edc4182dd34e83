import { describe, expect, it } from '@jest/globals';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { fetchJson, firstOf, withSandbox } from '../../support/sandbox-client.ts';

const BASIC = `Basic ${btoa('sandbox-api-key:sandbox-secret')}`;

type Tokens = Readonly<{ access_token: string; refresh_token: string }>;

function get(sandbox: Sandbox, path: string, token?: string) {
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return fetchJson(`${sandbox.apiUrl}${path}`, { headers });
}

async function postToken(sandbox: Sandbox, form: Record<string, string>, authorization: string | null = BASIC) {
  const headers: Record<string, string> = authorization === null ? {} : { authorization };
  const body = new URLSearchParams(form);
  const answer = await fetchJson<Tokens>(`${sandbox.authUrl}/token`, { method: 'POST', headers, body });
  return { status: answer.status, body: answer.body };
}

function refreshWith(sandbox: Sandbox, refreshToken: string) {
  return postToken(sandbox, { grant_type: 'refresh_token', refresh_token: refreshToken });
}

describe('the API', () => {
  it('answers with connections in the documented shape', async () => {
    await withSandbox({ connectionsEach: 1 }, async (sandbox) => {
      const { tokens } = firstOf(sandbox.control.tenants());
      const { status, body } = await get(sandbox, '/social/connections', tokens.accessToken);
      expect(status).toBe(200);
      expect(body).toEqual({
        connections: [
          {
            account_info: {
              network: 'facebook',
              network_account_id: expect.stringMatching(/^\d{17}$/),
              display_name: expect.any(String),
              username: expect.any(String),
              image_url: expect.any(String),
            },
            connection_status: {
              has_token: true,
              is_active_user: true,
              rate_limited: false,
              token_has_scopes: true,
              token_is_valid: true,
            },
          },
        ],
      });
    });
  });

  it('answers with the account in the documented shape', async () => {
    await withSandbox({}, async (sandbox) => {
      const { tokens, account } = firstOf(sandbox.control.tenants());
      expect((await get(sandbox, '/account/summary', tokens.accessToken)).body).toEqual(account);
    });
  });

  it('refuses a request without a good token as the gateway does, to the byte', async () => {
    await withSandbox({}, async (sandbox) => {
      const { status, headers, body } = await get(sandbox, '/social/connections');
      expect([status, headers.get('content-length')]).toEqual([401, '59']);
      expect(body).toEqual({ error_key: 'unauthorized', error_message: 'Unauthorized' });
      expect(headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers.get('x-amzn-errortype')).toBe('UnauthorizedException');
      expect(headers.get('www-authenticate')).toBe('Bearer realm=api.cc.email');
    });
  });

  it('knows nothing else', async () => {
    await withSandbox({}, async (sandbox) => {
      expect((await get(sandbox, '/social/hashtags/groups')).status).toBe(404);
    });
  });

  it('stops taking an access token when its time is over', async () => {
    let now = Date.UTC(2026, 0, 1);
    await withSandbox({ accessTokenLifetimeS: 60, now: () => now }, async (sandbox) => {
      const { tokens } = firstOf(sandbox.control.tenants());
      now += 59_999;
      expect((await get(sandbox, '/account/summary', tokens.accessToken)).status).toBe(200);
      now += 1;
      expect((await get(sandbox, '/account/summary', tokens.accessToken)).status).toBe(401);
    });
  });
});

describe('the limits of the key', () => {
  it('lets 4 requests a second through and throttles the rest', async () => {
    await withSandbox({ requestsPerSecond: 4 }, async (sandbox) => {
      const { tokens } = firstOf(sandbox.control.tenants());
      const asked = Array.from({ length: 6 }, () => get(sandbox, '/social/connections', tokens.accessToken));
      const answers = await Promise.all(asked);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(4);
      const refused = answers.find(({ status }) => status === 429);
      expect(refused?.body).toEqual({ error_key: 'throttled', error_message: 'Too Many Requests' });
      expect(sandbox.control.counters().mostPerSecond.api).toBe(6);
    });
  });

  it('counts the day in UTC, for all tenants together', async () => {
    let now = Date.UTC(2026, 0, 1, 23, 59);
    await withSandbox({ requestsPerDay: 2, now: () => now }, async (sandbox) => {
      const [one, two] = sandbox.control.tenants();
      const ask = async (token: string | undefined) => (await get(sandbox, '/social/connections', token)).body;
      await ask(one?.tokens.accessToken);
      await ask(two?.tokens.accessToken);
      expect(await ask(one?.tokens.accessToken)).toEqual({
        error_key: 'quota_exceeded',
        error_message: 'Limit Exceeded',
      });
      now += 60_000;
      expect(await ask(one?.tokens.accessToken)).toHaveProperty('connections');
    });
  });

  it('has one of its own for the token endpoint', async () => {
    await withSandbox({ tokenRequestsPerSecond: 1 }, async (sandbox) => {
      const [one, two] = sandbox.control.tenants();
      expect((await refreshWith(sandbox, one?.tokens.refreshToken ?? '')).status).toBe(200);
      expect((await refreshWith(sandbox, two?.tokens.refreshToken ?? '')).status).toBe(429);
    });
  });
});

describe('the token endpoint', () => {
  it('gives new tokens for a refresh token, which then is spent', async () => {
    await withSandbox({ accessTokenLifetimeS: 28_800 }, async (sandbox) => {
      const { tokens } = firstOf(sandbox.control.tenants());
      const { status, body } = await refreshWith(sandbox, tokens.refreshToken);
      expect(status).toBe(200);
      expect(body).toMatchObject({
        token_type: 'Bearer',
        expires_in: 28_800,
        scope: expect.stringContaining('campaign_data'),
      });
      expect(await refreshWith(sandbox, tokens.refreshToken)).toEqual({
        status: 400,
        body: { error: 'invalid_grant', error_description: 'The refresh token is invalid or expired.' },
      });
      expect((await refreshWith(sandbox, body.refresh_token)).status).toBe(200);
      expect(sandbox.control.counters()).toMatchObject({ refreshes: 2, reusedRefreshTokens: 1 });
    });
  });

  it('gives the same refresh token again when they are long-lived', async () => {
    await withSandbox({ refreshTokens: 'long_lived' }, async (sandbox) => {
      const { tokens } = firstOf(sandbox.control.tenants());
      const first = await refreshWith(sandbox, tokens.refreshToken);
      const second = await refreshWith(sandbox, tokens.refreshToken);
      expect(first.body.refresh_token).toBe(tokens.refreshToken);
      expect(second.body.access_token).not.toBe(first.body.access_token);
    });
  });

  it('may end the whole grant when a spent token comes again', async () => {
    await withSandbox({ reuseRevokes: true }, async (sandbox) => {
      const { tokens } = firstOf(sandbox.control.tenants());
      const { body } = await refreshWith(sandbox, tokens.refreshToken);
      await refreshWith(sandbox, tokens.refreshToken);
      expect((await refreshWith(sandbox, body.refresh_token)).status).toBe(400);
      expect((await get(sandbox, '/account/summary', body.access_token)).status).toBe(401);
    });
  });

  const form = { grant_type: 'refresh_token', refresh_token: 'any' };
  it.each([
    ['a wrong secret', form, `Basic ${btoa('sandbox-api-key:wrong')}`, 401, { error: 'invalid_client' }],
    ['an unknown client', form, `Basic ${btoa('who:sandbox-secret')}`, 401, { errorCode: 'invalid_client' }],
    ['no client', form, null, 401, { errorCode: 'invalid_client' }],
    ['two kinds of credentials', { ...form, client_id: 'sandbox-api-key' }, BASIC, 400, { error: 'invalid_request' }],
    ['another grant type', { grant_type: 'password' }, BASIC, 400, { error: 'unsupported_grant_type' }],
    ['no refresh token', { grant_type: 'refresh_token' }, BASIC, 400, { error: 'invalid_grant' }],
  ])('refuses %s', async (_, parameters, authorization, status, body) => {
    await withSandbox({}, async (sandbox) => {
      const answer = await postToken(sandbox, parameters, authorization);
      expect(answer).toEqual({ status, body: expect.objectContaining(body) });
    });
  });

  it('takes the secret in the body, and the parameters in the query, as the documentation shows', async () => {
    await withSandbox({}, async (sandbox) => {
      const { refreshToken } = firstOf(sandbox.control.tenants()).tokens;
      const query = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken });
      const credentials = new URLSearchParams({
        client_id: sandbox.clientId,
        client_secret: sandbox.clientSecret ?? '',
      });
      const response = await fetch(`${sandbox.authUrl}/token?${query}`, { method: 'POST', body: credentials });
      expect(response.status).toBe(200);
    });
  });
});
