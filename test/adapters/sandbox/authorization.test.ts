import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Sandbox, SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import { fetchJson, firstOf, withSandbox } from '../../support/sandbox-client.ts';
import { activate, signIn } from '../../support/sandbox-sign-in.ts';

const REDIRECT = 'http://127.0.0.1:8976/callback';
const VERIFIER = 'a-verifier-of-at-least-43-characters-as-rfc-7636-wants-it';
const SCOPES = 'campaign_data account_read offline_access';
const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

/** A PKCE client with one account, and a clock that the test moves. */
async function withOne(
  options: SandboxOptions,
  test: (world: Readonly<{ sandbox: Sandbox; account: string; pass(ms: number): void }>) => Promise<void>,
): Promise<void> {
  let now = Date.parse('2026-11-28T09:00:00Z');
  const given = { clientSecret: null, tenants: 2, redirectUris: [REDIRECT], now: () => now, ...options };
  await withSandbox(given, async (sandbox) => {
    const pass = (ms: number) => {
      now += ms;
    };
    await test({ sandbox, account: firstOf(sandbox.control.tenants()).id, pass });
  });
}

function authorizeUrl({ authUrl, clientId }: Sandbox, changed: Readonly<Record<string, string>> = {}): string {
  const parameters = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: REDIRECT,
    scope: SCOPES,
    state: 'of-this-browser',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
    ...changed,
  };
  return `${authUrl}/authorize?${new URLSearchParams(parameters)}`;
}

type Answer = Readonly<{ error?: string; scope?: string; refresh_token?: string; access_token: string }>;

async function post(sandbox: Sandbox, path: string, form: Readonly<Record<string, string>>) {
  const body = new URLSearchParams({ client_id: sandbox.clientId, ...form });
  return await fetchJson<Answer>(`${sandbox.authUrl}${path}`, { method: 'POST', body });
}

function redeem(sandbox: Sandbox, returned: URL, changed: Readonly<Record<string, string>> = {}) {
  const code = returned.searchParams.get('code') ?? '';
  const form = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT, code_verifier: VERIFIER, ...changed };
  return post(sandbox, '/token', form);
}

describe('the authorize page', () => {
  it('sends the browser back with a code that gives tokens for the account, once', async () => {
    await withOne({}, async ({ sandbox, account }) => {
      const returned = await signIn(authorizeUrl(sandbox), { account });
      expect(`${returned.origin}${returned.pathname}`).toBe(REDIRECT);
      expect(returned.searchParams.get('state')).toBe('of-this-browser');

      const { status, body } = await redeem(sandbox, returned);
      expect(status).toBe(200);
      expect(body.scope).toBe('offline_access account_read campaign_data');
      const headers = { authorization: `Bearer ${body.access_token}` };
      const summary = await fetchJson(`${sandbox.apiUrl}/account/summary`, { headers });
      expect(summary.body).toMatchObject({ encoded_account_id: account });

      expect((await redeem(sandbox, returned)).body).toMatchObject({ error: 'invalid_grant' });
    });
  });

  it('shows the accounts that a person can sign in as, and what is asked for', async () => {
    await withOne({}, async ({ sandbox }) => {
      const page = await (await fetch(authorizeUrl(sandbox))).text();
      for (const { id } of sandbox.control.tenants()) expect(page).toContain(`value="${id}"`);
      expect(page).toContain('<code>campaign_data</code>');
    });
  });

  it('sends a refusal back as an error', async () => {
    await withOne({}, async ({ sandbox, account }) => {
      const returned = await signIn(authorizeUrl(sandbox), { account, decision: 'refuse' });
      expect(Object.fromEntries(returned.searchParams)).toMatchObject({
        error: 'access_denied',
        state: 'of-this-browser',
      });
    });
  });

  it.each([
    ['another client', { client_id: 'somebody-else' }],
    ['a redirect URI that is not registered', { redirect_uri: 'https://elsewhere.example/callback' }],
    ['a redirect URI that only begins like a registered one', { redirect_uri: `${REDIRECT}/more` }],
  ])('sends the browser nowhere for %s', async (_, changed) => {
    await withOne({}, async ({ sandbox }) => {
      const response = await fetch(authorizeUrl(sandbox, changed), { redirect: 'manual' });
      expect(response.status).toBe(400);
      expect(response.headers.get('location')).toBeNull();
    });
  });

  it.each([
    ['the verifier of another request', { code_verifier: VERIFIER.replace('a', 'b') }],
    ['another redirect URI', { redirect_uri: `${REDIRECT}2` }],
  ])('gives no tokens for a code that is presented with %s', async (_, changed) => {
    await withOne({}, async ({ sandbox, account }) => {
      const returned = await signIn(authorizeUrl(sandbox), { account });
      expect((await redeem(sandbox, returned, changed)).body).toMatchObject({ error: 'invalid_grant' });
    });
  });

  it('gives no tokens for a code that is 5 minutes old', async () => {
    await withOne({}, async ({ sandbox, account, pass }) => {
      const returned = await signIn(authorizeUrl(sandbox), { account });
      pass(5 * 60 * 1000);
      expect((await redeem(sandbox, returned)).body).toMatchObject({ error: 'invalid_grant' });
    });
  });

  it('wants PKCE of a client without a secret', async () => {
    await withOne({}, async ({ sandbox }) => {
      const url = new URL(authorizeUrl(sandbox));
      url.searchParams.delete('code_challenge');
      const response = await fetch(url, { redirect: 'manual' });
      expect(new URL(response.headers.get('location') ?? '').searchParams.get('error')).toBe('invalid_request');
    });
  });
});

describe('scopes', () => {
  it('leave out the refresh token, without an error, when offline_access is not granted', async () => {
    await withOne({ omittedScopes: ['offline_access'] }, async ({ sandbox, account }) => {
      const { status, body } = await redeem(sandbox, await signIn(authorizeUrl(sandbox), { account }));
      expect({ status, scope: body.scope }).toEqual({ status: 200, scope: 'account_read campaign_data' });
      expect(body.refresh_token).toBeUndefined();
    });
  });

  it('close what they are not granted for', async () => {
    await withOne({ omittedScopes: ['account_read'] }, async ({ sandbox, account }) => {
      const { body } = await redeem(sandbox, await signIn(authorizeUrl(sandbox), { account }));
      const headers = { authorization: `Bearer ${body.access_token}` };
      expect((await fetchJson(`${sandbox.apiUrl}/account/summary`, { headers })).status).toBe(403);
      expect((await fetchJson(`${sandbox.apiUrl}/social/connections`, { headers })).status).toBe(200);
    });
  });
});

describe('a device', () => {
  async function begin(sandbox: Sandbox) {
    const { body } = await post(sandbox, '/device/authorize', { scope: SCOPES });
    const codes = body as unknown as { device_code: string; user_code: string; verification_uri: string };
    return {
      ...codes,
      poll: () => post(sandbox, '/token', { grant_type: DEVICE_GRANT, device_code: codes.device_code }),
    };
  }

  it('gets tokens once the person has typed its code and agreed', async () => {
    await withOne({}, async ({ sandbox, account, pass }) => {
      const { user_code: userCode, verification_uri: uri, poll } = await begin(sandbox);
      expect((await poll()).body.error).toBe('authorization_pending');
      await activate(uri, `${userCode.slice(0, 4).toLowerCase()}-${userCode.slice(4)}`, { account });
      pass(5_000);
      expect((await poll()).body).toMatchObject({ refresh_token: expect.any(String) });
      pass(5_000);
      expect((await poll()).body.error).toBe('invalid_grant');
    });
  });

  it('is told to slow down when it asks sooner than it may, and then has to', async () => {
    await withOne({}, async ({ sandbox, pass }) => {
      const { poll } = await begin(sandbox);
      await poll();
      pass(4_000);
      expect((await poll()).body.error).toBe('slow_down');
      pass(9_000);
      expect((await poll()).body.error).toBe('slow_down');
      pass(15_000);
      expect((await poll()).body.error).toBe('authorization_pending');
    });
  });

  it('is told when the person refuses, and when the code has run out', async () => {
    await withOne({}, async ({ sandbox, account, pass }) => {
      const [refused, forgotten] = [await begin(sandbox), await begin(sandbox)];
      await activate(refused.verification_uri, refused.user_code, { account, decision: 'refuse' });
      expect((await refused.poll()).body.error).toBe('access_denied');
      pass(600_000);
      expect((await forgotten.poll()).body.error).toBe('expired_token');
    });
  });

  it('takes no code that has run out', async () => {
    await withOne({}, async ({ sandbox, account, pass }) => {
      const { user_code: userCode, verification_uri: uri } = await begin(sandbox);
      pass(600_000);
      expect(await activate(uri, userCode, { account })).toContain('Invalid code');
    });
  });

  it('takes no code that is not awaited', async () => {
    await withOne({}, async ({ sandbox, account }) => {
      const { verification_uri: uri } = await begin(sandbox);
      expect(await activate(uri, 'NOTACODE', { account })).toContain('Invalid code');
    });
  });
});
