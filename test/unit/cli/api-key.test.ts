import { describe, expect, it } from '@jest/globals';
import { DAY_MS, MINUTE_MS } from '../../../src/domain/model/time.ts';
import type { Application, NewApiKey } from '../../../src/monitoring/application.ts';
import type { ApiKeyView, TenantSummary } from '../../../src/monitoring/views.ts';
import { anApiKey, NOW } from '../../support/builders.ts';
import { linkwatch, type PartialApplication } from '../../support/cli-run.ts';
import { aDetail, aSummary, onePage } from '../../support/cli-views.ts';

const SECRET = 'lw_5f0c1a2b_verySecret';

function aKeyView(given: Partial<ApiKeyView> = {}): ApiKeyView {
  return { ...anApiKey(), state: 'active', ...given };
}

/** Makes any key that it is asked for. */
function making() {
  const asked: NewApiKey[] = [];
  const create: Application['apiKeys']['create'] = async (_, key) => {
    asked.push(key);
    const { name = null, role = 'read', tenantId = null, expiresAt = null } = key;
    return { outcome: 'created', key: { ...aKeyView({ name, role, tenantId, expiresAt }), key: SECRET } };
  };
  return { asked, app: { apiKeys: { create } } };
}

describe('api-key create', () => {
  it.each<[string, NewApiKey]>([
    ['', { role: 'read' }],
    ['--tenant t-1 --role operate', { tenantId: 't-1', role: 'operate' }],
    ['--name shop --role admin', { role: 'admin', name: 'shop' }],
    ['--expires 90d', { role: 'read', expiresAt: NOW + 90 * DAY_MS }],
    ['--expires 2026-02-01', { role: 'read', expiresAt: Date.UTC(2026, 1) }],
    ['--expires 2026-02-01T09:30+01:00', { role: 'read', expiresAt: Date.UTC(2026, 1, 1, 8, 30) }],
  ])('takes "%s"', async (args, key) => {
    const { asked, app } = making();
    const { exitCode, closed } = await linkwatch(`api-key create ${args}`, { app });
    expect({ exitCode, closed }).toEqual({ exitCode: 0, closed: 1 });
    expect(asked).toEqual([key]);
  });

  it.each(['x'.repeat(201), 'two\nlines', 'half a character \ud800'])('refuses the name %j', async (name) => {
    const { asked, app } = making();
    const { exitCode, stderr } = await linkwatch(['api-key', 'create', '--name', name], { app });
    expect({ exitCode, asked }).toEqual({ exitCode: 2, asked: [] });
    expect(stderr).toContain('Write at most 200 characters, in one line.');
  });

  it('prints the secret first, and says that it is shown once, what it is for and how to end it', async () => {
    const { stdout } = await linkwatch('api-key create --tenant t-1 --role operate --expires 90d', making());
    expect(stdout).toBe(
      `${SECRET}\n\nKeep this secret now: it is shown once, and Linkwatch keeps no copy.\n` +
        'It reads and changes tenant t-1 alone, until 2026-04-15 12:00 UTC. `linkwatch api-key revoke lw_5f0c1a2b` ends it.\n',
    );
    expect((await linkwatch('api-key create', making())).stdout).toContain(
      'It reads all tenants, until it is revoked.',
    );
  });

  it('answers in JSON with the secret as "key"', async () => {
    const { json } = await linkwatch('api-key create --name shop --expires 1d --json', making());
    expect(json).toEqual({
      id: 'key-1',
      key: SECRET,
      prefix: 'lw_5f0c1a2b',
      name: 'shop',
      role: 'read',
      purpose: 'program',
      tenantId: null,
      state: 'active',
      createdAt: '2026-01-15T12:00:00.000Z',
      expiresAt: '2026-01-16T12:00:00.000Z',
      revokedAt: null,
      lastUsedAt: null,
    });
  });

  it.each(['unknown_tenant', 'expires_in_the_past'] as const)('says what to do about %s', async (outcome) => {
    const { exitCode, stdout, stderr } = await linkwatch('api-key create --tenant t-1', {
      app: { apiKeys: { create: async () => ({ outcome }) } },
    });
    expect(stdout).toBe('');
    expect(exitCode).toBe(outcome === 'unknown_tenant' ? 1 : 2);
    expect(stderr).toMatch(outcome === 'unknown_tenant' ? /There is no tenant t-1/ : /not in the future/);
  });

  it('makes none for a tenant that nobody knows', async () => {
    const { asked, app } = making();
    const tenants = { find: async () => null };
    const { exitCode, stderr } = await linkwatch('api-key create --tenant mistyped', { app: { ...app, tenants } });
    expect({ exitCode, asked }).toEqual({ exitCode: 1, asked: [] });
    expect(stderr).toContain('There is no tenant mistyped.');
  });
});

describe('api-key list', () => {
  const keys = [
    aKeyView({ id: 'k-3', role: 'admin', name: null, prefix: 'lw_00000003', lastUsedAt: NOW - 5 * MINUTE_MS }),
    aKeyView({ id: 'k-2', tenantId: 't-1', prefix: 'lw_00000002', expiresAt: NOW - DAY_MS, state: 'expired' }),
    aKeyView({ id: 'k-1', name: 'old\u001b[31m', prefix: 'lw_00000001', revokedAt: NOW, state: 'revoked' }),
  ];
  const app = { apiKeys: { list: async () => onePage(...keys) } };

  it('shows what each may do, whether it works, and when it was last used', async () => {
    const { stdout } = await linkwatch('api-key list', { app });
    expect(stdout.split('\n')).toEqual([
      'KEY          NAME      ROLE   TENANT  STATE    LAST USED (UTC)               EXPIRES (UTC)               ID',
      'lw_00000003  -         admin  all     active   2026-01-15 11:55 (5 min ago)  never                       k-3',
      'lw_00000002  shop      read   t-1     expired  never                         2026-01-14 12:00 (1 d ago)  k-2',
      'lw_00000001  old [31m  read   all     revoked  never                         never                       k-1',
      '',
    ]);
  });

  it('answers in JSON, without a secret', async () => {
    const { json } = await linkwatch('api-key list --json', { app });
    expect(json).toMatchObject({ apiKeys: [{ id: 'k-3' }, { id: 'k-2', state: 'expired' }, { id: 'k-1' }] });
    expect(JSON.stringify(json)).not.toContain('"key":');
  });

  it('says how to make the first one', async () => {
    const none = { apiKeys: { list: async () => onePage<ApiKeyView>() } };
    expect((await linkwatch('api-key list', { app: none })).stdout).toContain('`linkwatch api-key create` makes one.');
  });
});

describe('api-key revoke', () => {
  const twins = ['k-2', 'k-3'].map((id) => aKeyView({ id, prefix: 'lw_22222222' }));

  function revoking() {
    const revoked: string[] = [];
    const revoke: Application['apiKeys']['revoke'] = async (_, id) => {
      revoked.push(id);
      return id !== 'nobody' && !id.startsWith('lw_');
    };
    return { revoked, app: { apiKeys: { list: async () => onePage(aKeyView(), ...twins), revoke } } };
  }

  it.each([
    ['key-1', 'key-1'],
    ['lw_5f0c1a2b', 'key-1'],
    [SECRET, 'key-1'],
    ['k-3', 'k-3'],
    ['of-removed-tenant', 'of-removed-tenant'],
  ])('takes %s', async (named, id) => {
    const { revoked, app } = revoking();
    const { exitCode, stdout, json } = await linkwatch(`api-key revoke ${named} --json`, { app });
    expect({ exitCode, revoked, json }).toEqual({ exitCode: 0, revoked: [id], json: { id } });
    expect(stdout).not.toContain(SECRET);
  });

  it('says which key it was', async () => {
    const { stdout } = await linkwatch('api-key revoke lw_5f0c1a2b', revoking());
    expect(stdout).toBe('lw_5f0c1a2b (shop) is revoked: it opens nothing any more.\n');
  });

  it.each(['nobody', 'lw_99999999', 'lw_5f0c1a2bXX', 'lw_99999999_anotherSecret'])(
    'fails for %s, which it does not repeat, as it may be a secret',
    async (named) => {
      const { exitCode, stdout, stderr } = await linkwatch(`api-key revoke ${named}`, revoking());
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
      expect(stderr).toBe('error: There is no such API key.\n`linkwatch api-key list` shows them with their ids.\n');
    },
  );

  it('revokes none of two that begin alike', async () => {
    const { revoked, app } = revoking();
    const { exitCode, stderr } = await linkwatch('api-key revoke lw_22222222', { app });
    expect({ exitCode, revoked }).toEqual({ exitCode: 1, revoked: [] });
    expect(stderr).toContain('Name one by its id: k-2, k-3.');
  });
});

it('a tenant is named by its name as well', async () => {
  const { asked, app } = making();
  const tenants: PartialApplication['tenants'] = {
    find: async (_, id) => (id === 't-9' ? aDetail({ id }) : null),
    list: async (_, { search }) =>
      search === undefined ? onePage<TenantSummary>() : onePage(aSummary({ id: 't-9', name: 'Bakery' })),
  };
  await linkwatch('api-key create --tenant bakery', { app: { ...app, tenants } });
  expect(asked).toMatchObject([{ tenantId: 't-9' }]);
});
