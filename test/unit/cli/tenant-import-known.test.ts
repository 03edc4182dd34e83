import { describe, expect, it } from '@jest/globals';
import type { SettingsUpdate, UpdateOutcome } from '../../../src/monitoring/application.ts';
import type { NewTenant, TenantPatch } from '../../../src/monitoring/tenants/tenant-input.ts';
import type { ExportedTenant } from '../../../src/monitoring/views.ts';
import { linkwatch } from '../../support/cli-run.ts';
import { anExport } from '../../support/cli-views.ts';

type Given = Readonly<{
  args?: readonly string[];
  stored?: readonly ExportedTenant[];
  /** By token, the tenant that was given it before. */
  holders?: Readonly<Record<string, string>>;
  outcome?: UpdateOutcome;
}>;

const UPDATED: UpdateOutcome = { outcome: 'updated', untried: null };

async function importLines(lines: readonly string[], given: Given = {}) {
  const { args = ['--json'], stored = [anExport()], holders = {}, outcome = UPDATED } = given;
  const patches: (readonly [string, TenantPatch])[] = [];
  const added: string[] = [];
  const tenants = {
    // A page for each, as a list has many pages.
    export: async (_: unknown, { cursor }: Readonly<{ cursor: string | null }>) => {
      const at = Number(cursor ?? 0);
      return { items: stored.slice(at, at + 1), nextCursor: at + 1 < stored.length ? String(at + 1) : null };
    },
    tokenHolders: async () => new Map(Object.entries(holders)),
    update: async (_: unknown, id: string, patch: TenantPatch) => {
      patches.push([id, patch]);
      return outcome;
    },
    updateSettings: async (_: unknown, updates: readonly SettingsUpdate[]) =>
      updates.map(({ id, patch }) => {
        patches.push([id, patch]);
        return outcome;
      }),
    add: async (_: unknown, all: readonly NewTenant[]) => {
      added.push(...all.map(({ name }) => name));
      return { ok: true, ids: all.map(({ name }) => `id of ${name}`) } as const;
    },
  };
  const files = { 'tenants.csv': lines.join('\n') };
  const result = await linkwatch(['tenant', 'import', 'tenants.csv', ...args], { files, app: { tenants } });
  return { result, patches, added };
}

const JANE = "Jane's Bakery,jane@bakery.example";

describe('tenant import, of a tenant that is there already', () => {
  it('takes a token that is new, and says so, without --update', async () => {
    const { result, patches } = await importLines(['name,owner,refresh_token', `${JANE},fresh`], { args: [] });
    expect(patches).toMatchObject([['tenant-1', { grant: { refreshToken: 'fresh' } }]]);
    expect(result).toMatchObject({ exitCode: 0, stdout: '0 tenants imported, 1 updated (1 with a new grant)\n' });
  });

  it('skips a line that differs in nothing, and says so', async () => {
    const holders = { known: 'tenant-1' };
    const same = `JANE'S bakery ,JANE@bakery.example,"BOSS@bakery.example; office@bakery.example",EN-us,known`;
    for (const name of ["Jane's Bakery", "Jane's Bakery "]) {
      const line = same.replace("JANE'S bakery ", name);
      const { result, patches } = await importLines(['name,owner,cc,locale,refresh_token', line], {
        args: [],
        holders,
      });
      expect(patches).toEqual([]);
      expect(result).toMatchObject({
        exitCode: 0,
        stdout: expect.stringContaining('1 skipped because they are there'),
      });
    }
  });

  const other = ['name,owner,timezone,cc,refresh_token', `${JANE},Europe/Berlin,new@bakery.example,known`];

  it('says what differs, and that --update takes it', async () => {
    const { result, patches } = await importLines(other, { args: [], holders: { known: 'tenant-1' } });
    expect(patches).toEqual([]);
    expect(result).toMatchObject({
      exitCode: 0,
      stdout: [
        '0 tenants imported',
        '1 line differs from the tenant that is there, which stays as it is; --update takes what differs:',
        '  line 2: cc, timezone',
        '',
      ].join('\n'),
    });
  });

  it('takes what differs with --update, and nothing else', async () => {
    const { result, patches } = await importLines(other, {
      args: ['--update', '--json'],
      holders: { known: 'tenant-1' },
    });
    expect(patches).toEqual([['tenant-1', { timezone: 'Europe/Berlin', cc: ['new@bakery.example'] }]]);
    expect(result.json).toMatchObject({
      updated: [{ line: 2, id: 'tenant-1', columns: ['cc', 'timezone'] }],
      differing: [],
      skipped: [],
    });
  });

  it('takes a token that is new although the line differs elsewhere, and says what stays', async () => {
    const { result, patches } = await importLines(other);
    expect(patches).toMatchObject([['tenant-1', { grant: { refreshToken: 'known' } }]]);
    expect(Object.keys(patches[0]?.[1] ?? {})).toEqual(['grant']);
    expect(result.json).toMatchObject({
      updated: [{ line: 2, columns: ['refresh_token'] }],
      differing: [{ line: 2, columns: ['cc', 'timezone'] }],
    });
  });

  it('changes nothing for an empty cell, or for one that is cut off', async () => {
    const lines = ['name,owner,refresh_token,cc,timezone,sender_name', `${JANE},,,`];
    const stored = [anExport({ sender_name: 'Agency' })];
    const { result, patches } = await importLines(lines, { args: ['--update', '--json'], stored });
    expect(patches).toEqual([]);
    expect(result.json).toMatchObject({ skipped: [{ line: 2, id: 'tenant-1' }], errors: [] });
  });

  it('knows a tenant by its external id, whatever its name and owner were', async () => {
    const stored = [
      anExport({ id: 'tenant-1', external_id: 'crm-1' }),
      anExport({ id: 'tenant-2', external_id: 'crm-2' }),
    ];
    const lines = ['external_id,name,owner', `crm-2,Jane & Co,boss@bakery.example`, `crm-1,,`];
    const { result, patches } = await importLines(lines, { args: ['--update', '--json'], stored });
    expect(patches).toEqual([['tenant-2', { name: 'Jane & Co', owner: 'boss@bakery.example' }]]);
    expect(result.json).toMatchObject({ skipped: [{ line: 3, id: 'tenant-1' }] });
  });

  it('gives an external id to a tenant that is known by name and owner', async () => {
    const lines = ['external_id,name,owner', `crm-9,${JANE}`];
    const { patches } = await importLines(lines, { args: ['--update'] });
    expect(patches).toEqual([['tenant-1', { externalId: 'crm-9' }]]);
  });

  it('adds another account of the same name and owner when it has another external id', async () => {
    const stored = [anExport({ external_id: 'crm-1' })];
    const lines = ['external_id,name,owner,refresh_token', `crm-1,${JANE},`, `crm-2,${JANE},t-2`, `crm-3,${JANE},t-3`];
    const { result, added, patches } = await importLines(lines, { stored });
    expect({ added, patches }).toEqual({ added: ["Jane's Bakery", "Jane's Bakery"], patches: [] });
    expect(result.json).toMatchObject({ skipped: [{ line: 2 }], tenants: [{ line: 3 }, { line: 4 }] });
  });

  it.each<[string, readonly string[], Given, string]>([
    [
      'a token that is another tenant’s',
      [`${JANE},t-1,,`],
      { holders: { 't-1': 'tenant-9' } },
      'it is that of tenant tenant-9',
    ],
    [
      'a token that is refused',
      [`${JANE},t-1,,`],
      { outcome: { outcome: 'token_refused', detail: 'invalid_grant' } },
      'Constant Contact refuses it: invalid_grant',
    ],
    [
      'an external id that is another tenant’s',
      [`${JANE},,,crm-7`],
      {
        args: ['--update', '--json'],
        outcome: { outcome: 'external_id_taken', externalId: 'crm-7', holder: { id: 'tenant-9', name: 'Mill' } },
      },
      'it is that of Mill (tenant-9)',
    ],
    ['a field that is wrong', [`${JANE},,klingon,`], {}, 'mail is written in'],
    [
      'a name and an owner that two tenants have',
      [`${JANE},t-1,,`],
      { stored: [anExport(), anExport({ id: 'tenant-2' })] },
      'tenants tenant-1 and tenant-2 have this name and owner',
    ],
    ['a tenant that was removed meanwhile', [`${JANE},t-1,,`], { outcome: { outcome: 'not_found' } }, 'was removed'],
  ])('reports %s with its line, and goes on', async (_, lines, given, problem) => {
    const all = ['name,owner,refresh_token,locale,external_id', ...lines, 'New,new@shop.example,t-9'];
    const { result, added } = await importLines(all, given);
    expect(added).toEqual(['New']);
    expect(result).toMatchObject({
      exitCode: 1,
      json: { errors: [{ line: 2, problems: [{ problem: expect.stringContaining(problem) }] }] },
    });
  });

  it('refuses a second line of the same tenant, however it names it', async () => {
    const stored = [anExport({ external_id: 'crm-1' })];
    const lines = ['external_id,name,owner', 'crm-1,Another name,jane@bakery.example', `,${JANE}`, `,${JANE}`];
    const { result } = await importLines(lines, { stored });
    expect(result.json).toMatchObject({
      errors: [
        { line: 3, problems: [{ problem: 'it is the same tenant as in line 2' }] },
        { line: 4, problems: [{ problem: 'name and owner are the same as in line 3' }] },
      ],
    });
  });

  it('names ten lines that differ, and counts the others', async () => {
    const stored = Array.from({ length: 12 }, (_, n) => anExport({ id: `t-${n}`, external_id: `crm-${n}` }));
    const lines = ['external_id,locale', ...stored.map(({ external_id }) => `${external_id},de`)];
    const { result } = await importLines(lines, { args: [], stored });
    expect(result.stdout).toContain('12 lines differ from the tenant');
    expect(result.stdout).toMatch(/ {2}line 11: locale\n {2}and 2 more\n$/);
  });

  it('says which tokens were taken untried', async () => {
    const outcome = { outcome: 'updated', untried: 'connect ECONNREFUSED' } as const;
    const { result } = await importLines(['name,owner,refresh_token', `${JANE},fresh`], { args: [], outcome });
    expect(result.stdout).toContain('1 token not tried (connect ECONNREFUSED).');
  });
});

describe('tenant import, of lines that are alike', () => {
  it.each([
    ['two of one external id', ['a,A,a@x.example', 'a,B,b@x.example'], 'it is the same as in line 2'],
    [
      'the second without an external id',
      ['a,A,a@x.example', ',A,a@x.example'],
      'name and owner are the same as in line 2',
    ],
    [
      'the first without an external id',
      [',A,a@x.example', 'a,A,a@x.example'],
      'name and owner are the same as in line 2',
    ],
  ])('refuses %s', async (_, pair, problem) => {
    const lines = ['external_id,name,owner,refresh_token', ...pair.map((line, n) => `${line},t-${n}`)];
    const { result, added } = await importLines(lines, { stored: [] });
    expect(added).toEqual(['A']);
    expect(result.json).toMatchObject({ errors: [{ line: 3, problems: [{ problem }] }] });
  });

  it('of JSON, an empty text or list takes away what is there, and null says nothing', async () => {
    const patches: TenantPatch[] = [];
    const stored = anExport({ external_id: 'crm-1', sender_name: 'Agency', reply_to: 'a@x.example' });
    const entry = { external_id: 'crm-1', sender_name: '', cc: [], reply_to: null };
    await linkwatch('tenant import t.json --update', {
      files: { 't.json': JSON.stringify([entry]) },
      app: {
        tenants: {
          export: async () => ({ items: [stored], nextCursor: null }),
          updateSettings: async (_, updates) => {
            patches.push(...updates.map(({ patch }) => patch));
            return [UPDATED];
          },
        },
      },
    });
    expect(patches).toEqual([{ senderName: null, cc: [] }]);
  });
});
