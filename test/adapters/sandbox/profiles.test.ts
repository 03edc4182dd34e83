import { describe, expect, it } from '@jest/globals';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { fetchJson, firstOf, withSandbox } from '../../support/sandbox-client.ts';

type Profile = Readonly<{ name: string; network: string; accessible?: boolean; connected: boolean }>;

async function profilesOf(sandbox: Sandbox, query = '?include=accessible') {
  const { tokens } = firstOf(sandbox.control.tenants());
  const headers = { authorization: `Bearer ${tokens.accessToken}` };
  return await fetchJson<readonly Profile[]>(`${sandbox.apiUrl}/social/profiles${query}`, { headers });
}

function nameOf({ control }: Sandbox) {
  const { id, connections } = firstOf(control.tenants());
  const info = firstOf(connections).account_info;
  return { id, name: { network: String(info?.network), accountId: String(info?.network_account_id) } };
}

describe('the profiles', () => {
  it('are one page of each connection until somebody says otherwise, out of reach with a dead token', async () => {
    await withSandbox({ connectionsEach: 2 }, async (sandbox) => {
      const { id, name } = nameOf(sandbox);
      sandbox.control.patchStatus(id, name, { token_is_valid: false });
      const { status, body } = await profilesOf(sandbox);
      expect(status).toBe(200);
      expect(body.map(({ accessible }) => accessible)).toEqual([false, true]);
    });
  });

  it('say whether they are accessible only when asked', async () => {
    await withSandbox({ connectionsEach: 1 }, async (sandbox) => {
      const { body } = await profilesOf(sandbox, '');
      expect(body).toMatchObject([{ connected: true }]);
      expect(body[0]).not.toHaveProperty('accessible');
    });
  });

  it('are as they were set, by another process as well', async () => {
    await withSandbox({ connectionsEach: 1 }, async (sandbox) => {
      const { id, name } = nameOf(sandbox);
      const path = `/tenants/${id}/connections/${name.network}/${name.accountId}/pages`;
      const pages = [{ name: 'Catering', accessible: false }];
      const answer = await fetchJson(`${sandbox.controlUrl}${path}`, { method: 'PUT', body: JSON.stringify(pages) });
      expect(answer.status).toBe(200);
      expect((await profilesOf(sandbox)).body).toMatchObject([
        { name: 'Catering', accessible: false, connected: true },
      ]);
      expect(() => sandbox.control.setPages(id, { network: 'facebook', accountId: 'nobody' }, pages)).toThrow(
        RangeError,
      );
    });
  });

  it('can fail by script, alone', async () => {
    await withSandbox({ connectionsEach: 1 }, async (sandbox) => {
      sandbox.control.script({ route: 'profiles', answer: { kind: 'status', status: 403 } });
      expect((await profilesOf(sandbox)).status).toBe(403);
      expect(sandbox.control.counters().requests.profiles).toBe(1);
    });
  });
});
