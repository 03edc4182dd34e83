import { describe, expect, it } from '@jest/globals';
import { DAY_MS } from '../../../src/domain/model/time.ts';
import type { TriedTenant, UpdateOutcome } from '../../../src/monitoring/application.ts';
import type { PageRequest } from '../../../src/monitoring/ports.ts';
import type { NewTenant, TenantPatch } from '../../../src/monitoring/tenants/tenant-input.ts';
import type { ExportedTenant, TenantSummary } from '../../../src/monitoring/views.ts';
import { NOW } from '../../support/builders.ts';
import { type CliResult, type CliWorld, linkwatch } from '../../support/cli-run.ts';
import { aDetail, anExport, aSummary, onePage } from '../../support/cli-views.ts';
import { A_KEY } from '../../support/config-environment.ts';

type Added = Readonly<{ result: CliResult; added: readonly NewTenant[] }>;

type AddWorld = CliWorld & { existing?: readonly TenantSummary[]; outcome?: TriedTenant };
const WORKS = {
  outcome: 'added',
  id: 'id-1',
  untried: null,
  timezone: 'America/New_York',
  sameAccountAs: null,
} as const satisfies TriedTenant;

async function add(
  args: readonly string[],
  { existing = [], outcome = WORKS, ...world }: AddWorld = {},
): Promise<Added> {
  const added: NewTenant[] = [];
  const addTried = async (_: unknown, tenant: NewTenant): Promise<TriedTenant> => {
    added.push(tenant);
    return outcome;
  };
  const app = { tenants: { addTried, list: async () => onePage(...existing) } };
  return { result: await linkwatch(['tenant', 'add', ...args], { ...world, app }), added };
}

const jane = ['--name', "Jane's Bakery", '--owner', 'jane@bakery.example'];

describe('tenant add', () => {
  it('stores the tenant with its contacts and grant, and prints its id', async () => {
    const { result, added } = await add([
      ...jane,
      '--cc',
      'office@bakery.example',
      '--cc',
      'boss@bakery.example',
      '--timezone',
      'US/Eastern',
      '--locale',
      'EN-us',
      '--schedule',
      '*/30 * * * *',
      '--refresh-token',
      'r-1',
      '--access-token',
      'a-1',
      '--expires-in',
      '86400',
      '--json',
    ]);
    expect(result).toMatchObject({ exitCode: 0, json: { id: 'id-1' } });
    expect(added).toEqual([
      {
        name: "Jane's Bakery",
        timezone: 'US/Eastern',
        locale: 'en-US',
        schedule: '*/30 * * * *',
        contacts: [
          { email: 'jane@bakery.example', role: 'owner' },
          { email: 'office@bakery.example', role: 'cc' },
          { email: 'boss@bakery.example', role: 'cc' },
        ],
        grant: { refreshToken: 'r-1', accessToken: 'a-1', expiresAt: NOW + DAY_MS, lifetimeMs: DAY_MS },
      },
    ]);
  });

  it("takes what is the mail's own: sender, address for answers, and where the button leads", async () => {
    const { added } = await add([
      ...jane,
      '--refresh-token',
      'r-1',
      '--sender-name',
      'Agency Watch',
      '--reply-to',
      'help@agency.example',
      '--reconnect-url',
      'https://login.agency.example/social',
    ]);
    expect(added).toMatchObject([
      {
        senderName: 'Agency Watch',
        replyTo: 'help@agency.example',
        reconnectUrl: 'https://login.agency.example/social',
      },
    ]);
  });

  it('needs no more than a name, an owner, a token and the key that encrypts it', async () => {
    const { result, added } = await add([...jane, '--refresh-token', 'r-1'], { env: { ENCRYPTION_KEY: A_KEY } });
    expect(result.stdout).toContain("Jane's Bakery is watched from now on. Its id is id-1.\n");
    expect(result.stdout).toContain('linkwatch poll --tenant id-1');
    expect(result.stdout).toContain('Its time zone is America/New_York.');
    expect(added[0]).toMatchObject({ timezone: null, locale: 'en', schedule: null, grant: { accessToken: null } });
    expect((await add([...jane, '--refresh-token', 'r'], { env: {} })).result).toMatchObject({ exitCode: 2 });
  });

  it('warns of a tenant with the same name and owner, which is often the same account', async () => {
    const stored = aSummary({ id: 'id-0', name: "jane's bakery ", owner: 'JANE@bakery.example' });
    const { result, added } = await add([...jane, '--refresh-token', 'r-1'], { existing: [stored] });
    expect(result).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('is watched already, as id-0') });
    expect(added).toHaveLength(1);
    const other = { ...stored, owner: 'bob@bakery.example' };
    expect((await add([...jane, '--refresh-token', 'r-1'], { existing: [other] })).result.stderr).toBe('');
  });

  it('warns where the account is watched already, and says as which tenant', async () => {
    const outcome = { ...WORKS, sameAccountAs: 'id-0' };
    const { result } = await add([...jane, '--refresh-token', 'r-1', '--json'], { outcome });
    expect(result).toMatchObject({ exitCode: 0, json: { id: 'id-1', sameAccountAs: 'id-0' } });
    expect(result.stderr).toContain('Its Constant Contact account is watched already, as id-0: remove one of the two');
  });

  it('reads a token from stdin or from a file, without the line break at its end', async () => {
    const fromStdin = await add([...jane, '--refresh-token', '-'], { stdin: 'r-stdin\n' });
    const fromFile = await add([...jane, '--refresh-token', '@token.txt'], { files: { 'token.txt': ' r-file\r\n' } });
    expect([fromStdin, fromFile].map(({ added }) => added[0]?.grant?.refreshToken)).toEqual(['r-stdin', 'r-file']);
  });

  it('names every bad option at once, shows no token, and stores nothing', async () => {
    const { result, added } = await add([
      '--name',
      'a\nb',
      '--owner',
      'jane',
      '--cc',
      'x',
      '--timezone',
      'Mars/Olympus',
      '--locale',
      '??',
      '--sender-name',
      'Jane <jane@x.example>',
      '--reply-to',
      'nobody',
      '--reconnect-url',
      'javascript:alert(1)',
      '--schedule',
      '0 * * *',
      '--refresh-token',
      'hidden r',
      '--access-token',
      'hidden a',
      '--expires-in',
      '1d',
    ]);
    expect(result.exitCode).toBe(2);
    expect(added).toEqual([]);
    const flags = [
      'name',
      'owner',
      'cc',
      'timezone',
      'locale',
      'schedule',
      'sender-name',
      'reply-to',
      'reconnect-url',
      'refresh-token',
      'access-token',
      'expires-in',
    ];
    for (const flag of flags) expect(result.stderr).toContain(`--${flag}: `);
    expect(result.stderr).not.toMatch(/hidden/);
  });

  it.each([
    [[], ['--name: it is missing', '--owner: it is missing', '--refresh-token: it is missing']],
    [[...jane, '--refresh-token', '-'], ['--refresh-token: it is missing']],
    [[...jane, '--refresh-token', '@none'], ['none cannot be read']],
    [[...jane, '--refresh-token', '-', '--access-token', '-'], ['cannot both come from stdin']],
    [[...jane, '--refresh-token', 'r', '--access-token', 'a'], ['--expires-in: it is the seconds']],
    [[...jane, '--refresh-token', 'r', '--expires-in', '60'], ['--expires-in: it belongs to an access token']],
    [
      [...jane, '--refresh-token', 'r', '--cc', 'JANE@bakery.example'],
      ['--cc: jane@bakery.example would get every mail twice'],
    ],
  ])('%j is wrong usage', async (args, messages) => {
    const { result, added } = await add(args);
    expect(result.exitCode).toBe(2);
    expect(added).toEqual([]);
    for (const message of messages) expect(result.stderr).toContain(message);
  });
});

it.each([
  ['add', ['tenant', 'add', ...jane]],
  ['update', ['tenant', 'update', 'tenant-1', '--name', 'New']],
])('tenant %s refuses a refresh token that another tenant has, and says which, but not the token', async (_, args) => {
  const taken = async () => ({ outcome: 'token_taken', holder: 'tenant-9' }) as const;
  const app = { tenants: { addTried: taken, update: taken } };
  const { exitCode, stdout, stderr } = await linkwatch([...args, '--refresh-token', 'r-of-another'], { app });
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toContain('The refresh token is that of tenant tenant-9; nothing was changed.');
  expect(stderr).toContain('Authorise the account again');
  expect(stderr).not.toContain('r-of-another');
});

it.each([
  ['add', ['tenant', 'add', ...jane, '--refresh-token', 'r-1']],
  ['update', ['tenant', 'update', 'tenant-1']],
])('tenant %s refuses an external id that another tenant has, and names that one', async (_, args) => {
  const holder = { id: 'tenant-9', name: 'Bob’s Garage' };
  const taken = async () => ({ outcome: 'external_id_taken', externalId: 'crm-7', holder }) as const;
  const app = { tenants: { addTried: taken, update: taken } };
  const { exitCode, stdout, stderr } = await linkwatch([...args, '--external-id', 'crm-7'], { app });
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toContain('The external id crm-7 is that of Bob’s Garage (tenant-9); nothing was changed.');
});

it.each([
  [null, 'is of another Constant Contact account than the tenant’s; nothing was changed, and the token is used up.'],
  [
    'tenant-9',
    'is of another Constant Contact account than the tenant’s, that of tenant tenant-9; nothing was changed, and the token is used up.',
  ],
])('tenant update refuses a token of another account: %s', async (holder, message) => {
  const app = { tenants: { update: async () => ({ outcome: 'token_of_another_account', holder }) as const } };
  const { exitCode, stderr } = await linkwatch('tenant update tenant-1 --refresh-token r-1', { app });
  expect(exitCode).toBe(1);
  expect(stderr).toContain(message);
  expect(stderr).toContain('linkwatch connect --tenant ID');
});

describe.each([
  ['add', ['tenant', 'add', ...jane]],
  ['update', ['tenant', 'update', 'tenant-1']],
])('tenant %s tries the refresh token', (_, args) => {
  const given = [...args, '--refresh-token', 'r-1'];

  it('and fails when Constant Contact refuses it', async () => {
    const refused = async () =>
      ({ outcome: 'token_refused', detail: 'POST /token answered 400: invalid_grant' }) as const;
    const app = { tenants: { addTried: refused, update: refused } };
    const { exitCode, stdout, stderr } = await linkwatch(given, { app });
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain('refuses this refresh token; nothing was changed');
    expect(stderr).toContain('invalid_grant');
    expect(stderr).toContain('Authorise the account again');
  });

  it('and says when it could not', async () => {
    const untried = 'POST /token failed: connect ECONNREFUSED';
    const app = {
      tenants: {
        addTried: async () => ({ ...WORKS, untried, timezone: null }),
        update: async () => ({ outcome: 'updated', untried }) as const,
      },
    };
    const { exitCode, stdout } = await linkwatch(given, { app });
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`Its token was not tried (${untried}). The first poll tries it`);
    expect((await linkwatch([...given, '--json'], { app })).json).toMatchObject({ untried });
  });
});

describe('tenant update', () => {
  async function update(
    args: readonly string[],
  ): Promise<Readonly<{ result: CliResult; patches: readonly TenantPatch[] }>> {
    const patches: TenantPatch[] = [];
    const updateTenant = async (_viewer: unknown, _id: string, patch: TenantPatch): Promise<UpdateOutcome> => {
      patches.push(patch);
      return { outcome: 'updated', untried: null };
    };
    return {
      result: await linkwatch(['tenant', 'update', 'tenant-1', ...args], {
        app: { tenants: { update: updateTenant } },
      }),
      patches,
    };
  }

  it('changes what is given and nothing else', async () => {
    expect((await update(['--owner', 'new@bakery.example'])).patches).toEqual([{ owner: 'new@bakery.example' }]);
    expect((await update(['--cc', 'a@b.example', '--cc', 'c@d.example'])).patches).toEqual([
      { cc: ['a@b.example', 'c@d.example'] },
    ]);
    expect((await update(['--no-cc'])).patches).toEqual([{ cc: [] }]);
    expect((await update(['--schedule', 'default'])).patches).toEqual([{ schedule: null }]);
  });

  it('takes away what its mail had of its own when given an empty text', async () => {
    const { result, patches } = await update(['--sender-name', 'Agency', '--reply-to', '', '--reconnect-url', ' ']);
    expect(patches).toEqual([{ senderName: 'Agency', replyTo: null, reconnectUrl: null }]);
    expect(result.stdout).toBe('Changed: sender name, reply to, reconnect url.\n');
  });

  it('gives a new grant', async () => {
    const { result, patches } = await update(['--refresh-token', 'r-2']);
    expect(patches).toEqual([{ grant: { refreshToken: 'r-2', accessToken: null, expiresAt: null, lifetimeMs: null } }]);
    expect(result.stdout).toBe('Changed: its tokens.\n');
  });

  it('refuses what is wrong', async () => {
    const { result, patches } = await update(['--owner', 'nobody', '--access-token', 'a']);
    expect(result.exitCode).toBe(2);
    expect(patches).toEqual([]);
    expect(result.stderr).toContain('--access-token: it needs its refresh token');
  });
});

describe('tenant remove, pause, show and export', () => {
  it('erases rows only with --purge', async () => {
    const removed: unknown[] = [];
    const removeTenant = async (_viewer: unknown, ...given: readonly unknown[]): Promise<boolean> =>
      removed.push(given) > 0;
    const kept = await linkwatch('tenant remove t', { app: { tenants: { remove: removeTenant } } });
    const purged = await linkwatch('tenant remove t --purge', { app: { tenants: { remove: removeTenant } } });
    expect(removed).toEqual([
      ['t', { purge: false }],
      ['t', { purge: true }],
    ]);
    expect(kept.stdout).not.toBe(purged.stdout);
  });

  it('show the settings and every contact with its state', async () => {
    const { stdout } = await linkwatch('tenant show tenant-1', { app: { tenants: { find: async () => aDetail() } } });
    expect(stdout).toMatch(/Owner +jane@bakery.example\n/);
    expect(stdout).toMatch(/Copy to +office@bakery.example \(unsubscribed\)\n/);
    expect(stdout).toMatch(/Schedule +as all\n/);
    expect(stdout).not.toMatch(/Mail from|Answers to|Button to/);
  });

  it.each([
    ['0 9 * * *', 'America/New_York', '0 9 * * * (in its time zone)'],
    ['0 0 30 2 *', 'UTC', '0 0 30 2 * (it never comes: none of its months has one of its days; polled as all)'],
    ['0 9 * * *', 'Mars/Olympus', '0 9 * * * (Mars/Olympus is not a time zone; polled as all)'],
  ])('show the own schedule %s in %s as %s', async (schedule, timezone, shown) => {
    const find = async () => aDetail({ schedule, timezone });
    const { stdout } = await linkwatch('tenant show tenant-1', { app: { tenants: { find } } });
    expect(stdout).toContain(`  ${shown}\n`);
  });

  it('show what its mail has of its own', async () => {
    const own = { senderName: 'Agency', replyTo: 'help@agency.example', reconnectUrl: 'https://agency.example' };
    const { stdout } = await linkwatch('tenant show tenant-1', {
      app: { tenants: { find: async () => aDetail(own) } },
    });
    expect(stdout).toMatch(
      /Mail from +Agency\n.*Answers to +help@agency.example\n.*Button to +https:\/\/agency.example\n/,
    );
  });

  it('export in the form that import reads, with no token in it', async () => {
    const both = [anExport(), anExport({ id: 'tenant-2', name: '=1+1', cc: [], schedule: null })];
    const pages = both.map((tenant, n) => ({ items: [tenant], nextCursor: n === 0 ? 'more' : null }));
    const exportPage = async (_: unknown, { cursor }: PageRequest) => pages[cursor === null ? 0 : 1] ?? onePage();
    const app = { tenants: { count: async () => 2, export: exportPage } };
    expect((await linkwatch('tenant export', { app })).stdout).toBe(
      [
        'id,external_id,state,name,owner,cc,timezone,locale,schedule,application,sender_name,reply_to,reconnect_url,refresh_token,access_token,expires_in',
        "tenant-1,,active,Jane's Bakery,jane@bakery.example,office@bakery.example;boss@bakery.example,America/New_York,en-US,*/30 * * * *,,,,,,,",
        "tenant-2,,active,'=1+1,jane@bakery.example,,America/New_York,en-US,,,,,,,,",
        '',
      ].join('\n'),
    );
    expect((await linkwatch('tenant export --json', { app })).json).toEqual({ tenants: both });
    const nobody = { tenants: { count: async () => 0, export: async () => onePage<ExportedTenant>() } };
    expect((await linkwatch('tenant export --json', { app: nobody })).json).toEqual({ tenants: [] });
    expect((await linkwatch('tenant export --format json', { app })).json).not.toBeNull();
  });
});
