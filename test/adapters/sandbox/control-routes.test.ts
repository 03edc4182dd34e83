import { describe, expect, it } from '@jest/globals';
import type { SandboxTenant } from '../../../src/sandbox/control.ts';
import type { IssuedTokens } from '../../../src/sandbox/grants.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { answerOf, clientOf, failureOf, fetchJson, firstOf, withSandbox } from '../../support/sandbox-client.ts';

type TenantPage = Readonly<{ tenants: readonly SandboxTenant[]; total: number }>;

async function control<Body = unknown>(sandbox: Sandbox, method: string, path: string, body?: unknown) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const init = body === undefined ? { method } : { method, body: text };
  const answer = await fetchJson<Body>(`${sandbox.controlUrl}${path}`, init);
  return { status: answer.status, body: answer.body };
}

function connectionPath(tenant: SandboxTenant): string {
  const info = firstOf(tenant.connections).account_info;
  return `/tenants/${tenant.id}/connections/${info?.network}/${info?.network_account_id}`;
}

/** The connections that our own client sees next. */
async function seen(sandbox: Sandbox, tenantId: string) {
  const { accessToken } = sandbox.control.tenant(tenantId).tokens;
  return (await answerOf(clientOf(sandbox).fetchConnections(accessToken))).connections;
}

describe('what a tenant shows', () => {
  it('one status field changes, and changes back', async () => {
    await withSandbox({ connectionsEach: 2 }, async (sandbox) => {
      const tenant = firstOf(sandbox.control.tenants());
      await control(sandbox, 'PATCH', connectionPath(tenant), { token_is_valid: false, error: 'expired', status: 401 });
      const [broken, other] = await seen(sandbox, tenant.id);
      expect(broken?.status).toMatchObject({
        tokenIsValid: false,
        hasToken: true,
        error: 'expired',
        networkStatus: 401,
      });
      expect(other?.status.tokenIsValid).toBe(true);
      await control(sandbox, 'PATCH', connectionPath(tenant), { token_is_valid: true, error: null, status: null });
      expect(firstOf(await seen(sandbox, tenant.id)).status).toMatchObject({ tokenIsValid: true, error: null });
    });
  });

  it('connections are replaced, added and removed', async () => {
    await withSandbox({ connectionsEach: 3 }, async (sandbox) => {
      const tenant = firstOf(sandbox.control.tenants());
      await control(sandbox, 'DELETE', connectionPath(tenant));
      expect(await seen(sandbox, tenant.id)).toHaveLength(2);
      await control(sandbox, 'PUT', `/tenants/${tenant.id}/connections`, []);
      expect(await seen(sandbox, tenant.id)).toEqual([]);
      const added = { account_info: { network: 'tiktok', network_account_id: 'me' } };
      await control(sandbox, 'POST', `/tenants/${tenant.id}/connections`, added);
      expect(await seen(sandbox, tenant.id)).toEqual([
        expect.objectContaining({
          network: 'tiktok',
          accountId: 'me',
          status: expect.objectContaining({ hasToken: true }),
        }),
      ]);
    });
  });

  it('a whole network breaks at once', async () => {
    await withSandbox({ tenants: 5, connectionsEach: 2 }, async (sandbox) => {
      const patch = { network: 'instagram', status: { token_is_valid: false } };
      expect((await control(sandbox, 'PATCH', '/connections', patch)).body).toEqual({ changed: 5 });
      for (const { id } of sandbox.control.tenants()) {
        const valid = (await seen(sandbox, id)).map(({ status }) => status.tokenIsValid);
        expect(valid).toEqual([true, false]);
      }
    });
  });
});

describe('the script', () => {
  it('plays a queue in order, then what lasts, until it is cleared', async () => {
    await withSandbox({}, async (sandbox) => {
      const { accessToken } = firstOf(sandbox.control.tenants()).tokens;
      const client = clientOf(sandbox);
      await control(sandbox, 'POST', '/script', [
        { times: 2, answer: { kind: 'status', status: 503 } },
        { times: 1, answer: { kind: 'connections', connections: [] } },
        { answer: { kind: 'throttled' } },
      ]);
      const kinds: string[] = [];
      for (let nth = 0; nth < 5; nth++) {
        const result = await client.fetchConnections(accessToken);
        const listed = result.ok && 'connections' in result.value ? result.value.connections.length : null;
        kinds.push(result.ok ? `${listed} connections` : result.failure.kind);
      }
      expect(kinds).toEqual(['server', 'server', '0 connections', 'throttled', 'throttled']);
      await control(sandbox, 'DELETE', '/script');
      expect((await client.fetchConnections(accessToken)).ok).toBe(true);
    });
  });

  it('meets one tenant, one route, or all', async () => {
    await withSandbox({ tenants: 2 }, async (sandbox) => {
      const [one, two] = sandbox.control.tenants();
      const client = clientOf(sandbox);
      await control(sandbox, 'POST', '/script', {
        tenantId: one?.id,
        route: 'connections',
        answer: { kind: 'status', status: 403 },
      });
      expect((await failureOf(client.fetchConnections(one?.tokens.accessToken ?? ''))).kind).toBe('forbidden');
      expect((await client.fetchAccount(one?.tokens.accessToken ?? '')).ok).toBe(true);
      expect((await client.fetchConnections(two?.tokens.accessToken ?? '')).ok).toBe(true);
      await control(sandbox, 'DELETE', `/script?tenantId=${one?.id}`);
      expect((await client.fetchConnections(one?.tokens.accessToken ?? '')).ok).toBe(true);
    });
  });

  it('meets a tenant at the token endpoint too', async () => {
    await withSandbox({ tenants: 2 }, async (sandbox) => {
      const [one, two] = sandbox.control.tenants();
      await control(sandbox, 'POST', '/script', {
        tenantId: one?.id,
        route: 'token',
        answer: { kind: 'status', status: 500 },
      });
      expect((await failureOf(clientOf(sandbox).refresh(one?.tokens.refreshToken ?? ''))).kind).toBe('server');
      expect((await clientOf(sandbox).refresh(two?.tokens.refreshToken ?? '')).ok).toBe(true);
    });
  });

  it('does not show connections to whoever has no good token', async () => {
    await withSandbox({}, async (sandbox) => {
      await control(sandbox, 'POST', '/script', { answer: { kind: 'connections', connections: [] } });
      expect((await failureOf(clientOf(sandbox).fetchConnections('no-token'))).kind).toBe('unauthorized');
    });
  });
});

describe('permissions', () => {
  it('are withdrawn and given again', async () => {
    await withSandbox({}, async (sandbox) => {
      const { id, tokens } = firstOf(sandbox.control.tenants());
      await control(sandbox, 'POST', `/tenants/${id}/revoke`);
      expect((await failureOf(clientOf(sandbox).refresh(tokens.refreshToken))).kind).toBe('invalid_grant');
      const { body } = await control<IssuedTokens>(sandbox, 'POST', `/tenants/${id}/authorise`);
      expect((await clientOf(sandbox).refresh(body.refreshToken)).ok).toBe(true);
    });
  });

  it('cover fewer scopes, a user with fewer privileges, and an application that is deactivated', async () => {
    await withSandbox({}, async (sandbox) => {
      const { id, tokens } = firstOf(sandbox.control.tenants());
      const client = clientOf(sandbox);
      const askedWith = async (token: string) => ((await client.fetchConnections(token)).ok ? 200 : 403);
      const privileges = { ok: true, value: ['campaign:create'] };
      await control(sandbox, 'PUT', `/tenants/${id}/privileges`, ['campaign:create']);
      expect(await askedWith(tokens.accessToken)).toBe(403);
      expect(await client.fetchPrivileges(tokens.accessToken)).toEqual(privileges);
      await control(sandbox, 'PUT', `/tenants/${id}/privileges`, ['campaign:read']);
      expect(await askedWith(tokens.accessToken)).toBe(200);
      await control(sandbox, 'PATCH', '/settings', { isApplicationDeactivated: true });
      expect(await askedWith(tokens.accessToken)).toBe(403);
      await control(sandbox, 'PATCH', '/settings', { isApplicationDeactivated: false, isSecretRegenerated: true });
      expect((await failureOf(client.refresh(tokens.refreshToken))).kind).toBe('invalid_client');
      await control(sandbox, 'PATCH', '/settings', { isSecretRegenerated: false });
      const scopes = ['offline_access', 'account_read'];
      const { body } = await control<IssuedTokens>(sandbox, 'POST', `/tenants/${id}/authorise`, { scopes });
      expect(await askedWith(body.accessToken)).toBe(403);
      expect(await client.refresh(body.refreshToken)).toMatchObject({ ok: true, value: { scopes } });
    });
  });

  it('access tokens end early, for one tenant or all', async () => {
    await withSandbox({ tenants: 2 }, async (sandbox) => {
      const [one, two] = sandbox.control.tenants();
      const works = async (token = '') => (await clientOf(sandbox).fetchAccount(token)).ok;
      await control(sandbox, 'POST', `/tenants/${one?.id}/expire`);
      expect([await works(one?.tokens.accessToken), await works(two?.tokens.accessToken)]).toEqual([false, true]);
      await control(sandbox, 'POST', '/expire');
      expect(await works(two?.tokens.accessToken)).toBe(false);
      expect((await clientOf(sandbox).refresh(one?.tokens.refreshToken ?? '')).ok).toBe(true);
    });
  });
});

describe('looking in from outside', () => {
  it('tenants come in pages, with what an importer needs', async () => {
    await withSandbox({ tenants: 7 }, async (sandbox) => {
      const { body } = await control<TenantPage>(sandbox, 'GET', '/tenants?offset=5&limit=10');
      expect(body.total).toBe(7);
      expect(body.tenants).toEqual(JSON.parse(JSON.stringify(sandbox.control.tenants().slice(5))));
    });
  });

  it('requests are counted by route, status and tenant, until the counters are reset', async () => {
    await withSandbox({}, async (sandbox) => {
      const { id, tokens } = firstOf(sandbox.control.tenants());
      await clientOf(sandbox).fetchConnections(tokens.accessToken);
      await clientOf(sandbox).fetchConnections('unknown');
      await clientOf(sandbox).refresh(tokens.refreshToken);
      expect((await control(sandbox, 'GET', '/counters')).body).toEqual({
        requests: { connections: 2, profiles: 0, account: 0, privileges: 0, token: 1 },
        statuses: { 200: 2, 401: 1 },
        connectionsByTenant: { [id]: 1, unknown: 1 },
        refreshes: 1,
        reusedRefreshTokens: 0,
        mostPerSecond: { api: 2, token: 1 },
      });
      await control(sandbox, 'DELETE', '/counters');
      expect((await control(sandbox, 'GET', '/counters')).body).toMatchObject({ refreshes: 0, statuses: {} });
    });
  });

  it('limits and lifetimes change while it runs', async () => {
    await withSandbox({}, async (sandbox) => {
      await control(sandbox, 'PATCH', '/settings', { requestsPerDay: 1, accessTokenLifetimeS: 5 });
      expect((await control(sandbox, 'GET', '/settings')).body).toMatchObject({
        requestsPerDay: 1,
        refreshTokens: 'rotating',
      });
      const { tokens } = firstOf(sandbox.control.tenants());
      expect((await answerOf(clientOf(sandbox).refresh(tokens.refreshToken))).lifetimeMs).toBe(5_000);
    });
  });

  it.each([
    ['GET', '/nothing', undefined, 404, 'There is no GET'],
    ['GET', '/tenants/nobody', undefined, 404, 'no tenant nobody'],
    ['POST', '/tenants/nobody/revoke', undefined, 404, 'no tenant nobody'],
    ['GET', '/tenants/%ff', undefined, 400, 'not a path'],
    ['POST', '/script', '{"answer":', 400, 'not JSON'],
    ['POST', '/script', { answer: { kind: 'explode' } }, 400, 'kind'],
    ['POST', '/script', { answer: { kind: 'status' } }, 400, 'status'],
    ['PATCH', '/settings', { requestPerSecond: 4 }, 400, 'requestPerSecond'],
  ])('%s %s %j is refused with a reason', async (method, path, body, status, reason) => {
    await withSandbox({}, async (sandbox) => {
      const answer = await control(sandbox, method, path, body);
      expect(answer).toEqual({ status, body: { error: expect.stringContaining(reason) } });
    });
  });
});
