import { describe, expect, it } from '@jest/globals';
import { createAuthorizer } from '../../../src/constant-contact/authorizer.ts';
import type { CallerOptions } from '../../../src/constant-contact/constant-contact.ts';
import type { AuthorizationRequest, Authorizer } from '../../../src/monitoring/ports.ts';
import type { Sandbox, SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import { noLimit } from '../../support/request-slots.ts';
import { answerOf, clientOf, firstOf, withSandbox } from '../../support/sandbox-client.ts';
import { activate, signIn } from '../../support/sandbox-sign-in.ts';

const REDIRECT = 'https://watch.example/linkwatch/connect/callback';
const SECRET = 'a-secret_of+all/kinds%of=characters';

type Scene = Readonly<{
  sandbox: Sandbox;
  account: string;
  authorizer: Authorizer;
  /** Begins, and lets the person answer on the page. */
  agree(decision?: 'approve' | 'refuse'): Promise<Readonly<{ begun: AuthorizationRequest; returned: URL }>>;
  slots: { taken: number };
}>;

type Given = SandboxOptions & Readonly<{ client?: Partial<CallerOptions> }>;

async function withScene({ client = {}, ...given }: Given, test: (scene: Scene) => Promise<void>): Promise<void> {
  const options = { clientId: 'an-id_with-both', clientSecret: SECRET, redirectUris: [REDIRECT], ...given };
  await withSandbox(options, async (sandbox) => {
    const slots = { taken: 0 };
    const token = { ...noLimit, take: async () => void slots.taken++ };
    const { apiUrl, authUrl, clientId, clientSecret } = sandbox;
    const authorizer = createAuthorizer({
      apiUrl,
      authUrl,
      clientId,
      clientSecret,
      requestTimeoutMs: 2_000,
      slots: { api: noLimit, token },
      clock: { now: Date.now, sleep: async () => undefined },
      ...client,
    });
    const account = firstOf(sandbox.control.tenants()).id;
    const agree = async (decision: 'approve' | 'refuse' = 'approve') => {
      const begun = await authorizer.begin(REDIRECT, { prompt: false });
      return { begun, returned: await signIn(begun.url, { account, decision }) };
    };
    await test({ sandbox, account, authorizer, agree, slots });
  });
}

function backWith({ state, verifier }: AuthorizationRequest, returned: URL) {
  return { state, verifier, redirectUri: REDIRECT, query: Object.fromEntries(returned.searchParams) };
}

describe('a person who agrees in the browser', () => {
  it.each([
    ['an application with a secret', SECRET],
    ['an application without one', null],
  ])('gives %s tokens that work', async (_, clientSecret) => {
    await withScene({ clientSecret }, async ({ sandbox, account, authorizer, agree, slots }) => {
      const { begun, returned } = await agree();
      const answer = await authorizer.finish(backWith(begun, returned));
      if (answer.outcome !== 'agreed') throw new Error(JSON.stringify(answer));
      expect(answer.permission.scopes).toEqual(['offline_access', 'account_read', 'campaign_data']);
      expect(answer.permission.lifetimeMs).toBe(86_400_000);
      const client = clientOf(sandbox, { clientId: sandbox.clientId, clientSecret });
      expect(await answerOf(client.fetchAccount(answer.permission.accessToken))).toMatchObject({ accountId: account });
      expect((await client.refresh(answer.permission.refreshToken ?? '')).ok).toBe(true);
      expect(slots.taken).toBe(1);
    });
  });

  it('is sent to the page with everything that it needs, and is asked to sign in anew when wanted', async () => {
    await withScene({}, async ({ authorizer }) => {
      const { url, state, verifier } = await authorizer.begin(REDIRECT, { prompt: true });
      expect(Object.fromEntries(new URL(url).searchParams)).toEqual({
        response_type: 'code',
        client_id: 'an-id_with-both',
        redirect_uri: REDIRECT,
        scope: 'campaign_data account_read offline_access',
        state,
        code_challenge: expect.stringMatching(/^[\w-]{43}$/),
        code_challenge_method: 'S256',
        prompt: 'login',
      });
      expect(url).not.toContain(verifier);
    });
  });

  it.each([
    [['offline_access'], { refreshToken: null, scopes: ['account_read', 'campaign_data'] }],
    [['account_read'], { refreshToken: expect.any(String), scopes: ['offline_access', 'campaign_data'] }],
  ])('may be granted less than was asked for: without %j', async (omittedScopes, expected) => {
    await withScene({ omittedScopes }, async ({ authorizer, agree }) => {
      const { begun, returned } = await agree();
      const answer = await authorizer.finish(backWith(begun, returned));
      expect(answer).toMatchObject({ outcome: 'agreed', permission: expected });
    });
  });

  it('is not lost by a token endpoint that asks to slow down', async () => {
    await withScene({}, async ({ sandbox, authorizer, agree }) => {
      sandbox.control.script({ route: 'token', times: 2, answer: { kind: 'throttled' } });
      const { begun, returned } = await agree();
      expect((await authorizer.finish(backWith(begun, returned))).outcome).toBe('agreed');
    });
  });
});

it('A person who refuses is told apart from an error', async () => {
  await withScene({}, async ({ authorizer, agree, slots }) => {
    const { begun, returned } = await agree('refuse');
    expect(await authorizer.finish(backWith(begun, returned))).toEqual({ outcome: 'denied' });
    returned.searchParams.set('error', 'server_error');
    expect(await authorizer.finish(backWith(begun, returned))).toMatchObject({
      outcome: 'failed',
      failure: { kind: 'client', detail: expect.stringContaining('server_error') },
    });
    expect(slots.taken).toBe(0);
  });
});

describe('an answer that no request of this browser has', () => {
  it.each<readonly [string, (query: Record<string, unknown>) => Record<string, unknown>]>([
    ['another state', (query) => ({ ...query, state: 'of-another-browser' })],
    ['no state', ({ state: _, ...query }) => query],
    ['an empty state', (query) => ({ ...query, state: '' })],
    ['two states', (query) => ({ ...query, state: [query.state, query.state] })],
    ['no code', ({ code: _, ...query }) => query],
    ['an error with another state', () => ({ error: 'access_denied', state: 'of-another-browser' })],
    ['nothing at all', () => ({})],
  ])('is forged, and nothing is asked: %s', async (_, forge) => {
    await withScene({}, async ({ authorizer, agree, slots }) => {
      const { begun, returned } = await agree();
      const back = backWith(begun, returned);
      expect(await authorizer.finish({ ...back, query: forge(back.query) })).toEqual({ outcome: 'forged' });
      expect(slots.taken).toBe(0);
    });
  });

  it('gets no tokens: a code of another browser, which has another verifier, and a code that was used', async () => {
    await withScene({}, async ({ authorizer, agree }) => {
      const [mine, theirs] = [await agree(), await agree()];
      const swapped = { ...backWith(mine.begun, mine.returned).query, code: theirs.returned.searchParams.get('code') };
      const refused = { outcome: 'failed', failure: { kind: 'invalid_grant' } };
      expect(await authorizer.finish({ ...backWith(mine.begun, mine.returned), query: swapped })).toMatchObject(
        refused,
      );
      await authorizer.finish(backWith(mine.begun, mine.returned));
      expect(await authorizer.finish(backWith(mine.begun, mine.returned))).toMatchObject(refused);
    });
  });
});

describe('a token endpoint that does not answer as documented', () => {
  it.each([
    ['an outage', { kind: 'status', status: 503 }, 'server'],
    ['half a document', { kind: 'malformed' }, 'invalid_response'],
    ['a web page', { kind: 'html' }, 'invalid_response'],
    ['other types', { kind: 'wrong_types' }, 'invalid_response'],
    ['a reset', { kind: 'reset' }, 'connection'],
    ['silence', { kind: 'hang' }, 'timeout'],
  ] as const)('%s is a failure of its kind, without the code or the verifier', async (_, answer, kind) => {
    await withScene({ client: { requestTimeoutMs: 300 } }, async ({ sandbox, authorizer, agree }) => {
      sandbox.control.script({ route: 'token', answer });
      const { begun, returned } = await agree();
      const failed = await authorizer.finish(backWith(begun, returned));
      expect(failed).toMatchObject({ outcome: 'failed', failure: { kind } });
      const told = JSON.stringify(failed);
      for (const secret of [begun.verifier, begun.state, SECRET, returned.searchParams.get('code') ?? '']) {
        expect(told).not.toContain(secret);
      }
    });
  });

  it('tells a wrong secret from a refused code', async () => {
    await withScene({ client: { clientSecret: 'another' } }, async ({ authorizer, agree }) => {
      const { begun, returned } = await agree();
      const failed = await authorizer.finish(backWith(begun, returned));
      expect(failed).toMatchObject({ outcome: 'failed', failure: { kind: 'invalid_client' } });
    });
  });
});

it('A request that gets no slot is no answer', async () => {
  const token = { ...noLimit, take: () => Promise.reject(new Error('the store is away')) };
  await withScene({ client: { slots: { api: noLimit, token } } }, async ({ authorizer, agree }) => {
    const { begun, returned } = await agree();
    await expect(authorizer.finish(backWith(begun, returned))).rejects.toThrow('the store is away');
    await expect(authorizer.beginDevice()).rejects.toThrow('the store is away');
  });
});

describe('a device', () => {
  it.each([
    ['an application with a secret', SECRET],
    ['an application without one', null],
  ])('of %s waits until the person agrees', async (_, clientSecret) => {
    let now = Date.now();
    await withScene({ clientSecret, now: () => now }, async ({ sandbox, account, authorizer }) => {
      const device = await answerOf(authorizer.beginDevice());
      expect(device).toMatchObject({ userCode: expect.stringMatching(/^[A-Z]{8}$/), intervalMs: 5_000 });
      expect(device.verificationUri).toBe(`http://127.0.0.1:${sandbox.port}/activate`);
      expect(await authorizer.pollDevice(device.deviceCode)).toEqual({ outcome: 'waiting', isTooSoon: false });
      await activate(device.verificationUri, device.userCode, { account });
      now += 5_000;
      expect(await authorizer.pollDevice(device.deviceCode)).toMatchObject({ outcome: 'agreed' });
    });
  });

  it('is told to wait longer, that the person refused, and that the code has run out', async () => {
    let now = Date.now();
    await withScene({ now: () => now }, async ({ account, authorizer }) => {
      const [refused, forgotten] = [await answerOf(authorizer.beginDevice()), await answerOf(authorizer.beginDevice())];
      await authorizer.pollDevice(refused.deviceCode);
      expect(await authorizer.pollDevice(refused.deviceCode)).toEqual({ outcome: 'waiting', isTooSoon: true });
      await activate(refused.verificationUri, refused.userCode, { account, decision: 'refuse' });
      now += 60_000;
      expect(await authorizer.pollDevice(refused.deviceCode)).toEqual({ outcome: 'denied' });
      now += 600_000;
      expect(await authorizer.pollDevice(forgotten.deviceCode)).toEqual({ outcome: 'expired' });
    });
  });

  it('learns that device codes are not to be had', async () => {
    await withScene({}, async ({ sandbox, authorizer }) => {
      const body = { error: 'unauthorized_client', error_description: 'The client is not authorized.' };
      sandbox.control.script({ route: 'token', answer: { kind: 'status', status: 400, body } });
      expect(await authorizer.beginDevice()).toMatchObject({
        ok: false,
        failure: { kind: 'client', detail: expect.stringContaining('unauthorized_client') },
      });
    });
  });
});
