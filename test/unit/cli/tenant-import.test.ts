import { describe, expect, it } from '@jest/globals';
import { takenValues } from '../../../src/domain/tenants/taken-values.ts';
import type { AddedTenants, TriedTenant } from '../../../src/monitoring/application.ts';
import type { NewTenant } from '../../../src/monitoring/tenants/tenant-input.ts';
import type { ExportedTenant } from '../../../src/monitoring/views.ts';
import { type CliResult, type CliWorld, linkwatch } from '../../support/cli-run.ts';
import { anExport, onePage } from '../../support/cli-views.ts';

type Imported = Readonly<{ result: CliResult; batches: readonly (readonly NewTenant[])[]; names: readonly string[] }>;

type ImportWorld = CliWorld & Readonly<{ path?: string; holders?: ReadonlyMap<string, string> }>;

async function importText(
  text: string,
  { path = 'tenants.csv', holders = new Map(), ...world }: ImportWorld = {},
): Promise<Imported> {
  const batches: (readonly NewTenant[])[] = [];
  const addTenants = async (_: unknown, tenants: readonly NewTenant[]): Promise<AddedTenants> => {
    const taken = takenValues(
      tenants.map(({ grant }) => grant?.refreshToken ?? null),
      holders,
    );
    if (taken.length > 0) return { ok: false, taken, takenExternalIds: [], unknownApplications: [] };
    batches.push(tenants);
    return { ok: true, ids: tenants.map(({ name }) => `id of ${name}`) };
  };
  const app = { tenants: { export: async () => onePage<ExportedTenant>(), add: addTenants, ...world.app?.tenants } };
  const result = await linkwatch(['tenant', 'import', path, '--json'], { ...world, files: { [path]: text }, app });
  return { result, batches, names: batches.flat().map(({ name }) => name) };
}

const rowsOf = (count: number): string =>
  Array.from({ length: count }, (_, i) => `Shop ${i},owner${i}@shop.example,token-${i}`).join('\n');

describe('tenant import', () => {
  it.each([
    ['a,a@a.example,t1,Europe/Vienna\n', ''],
    ['a,a@a.example,t1,Europe/Vienna\nb,b@b.example,t2,\n', '1 imported tenant has no time zone and goes by UTC'],
    ['a,a@a.example,t1,\nb,b@b.example,t2,\n', '2 imported tenants have no time zone and go by UTC'],
  ])('tells a person of imported tenants without a time zone', async (rows, note) => {
    const add = async (_: unknown, tenants: readonly NewTenant[]): Promise<AddedTenants> => ({
      ok: true,
      ids: tenants.map(({ name }) => name),
    });
    const app = { tenants: { export: async () => onePage<ExportedTenant>(), add } };
    const files = { 't.csv': `name,owner,refresh_token,timezone\n${rows}` };
    const { stderr } = await linkwatch(['tenant', 'import', 't.csv'], { files, app });
    expect(note === '' ? stderr === '' : stderr.startsWith(note)).toBe(true);
  });

  it('reads a file as spreadsheets write it: BOM, CRLF, quotes, empty lines, spaces, columns in any order', async () => {
    const text = [
      '\uFEFFRefresh Token, Owner ,"name",CC,Time-zone',
      '',
      't-1,jane@bakery.example,"Jane\'s ""Best"" Bakery, Inc.",a@b.example; c@d.example,US/Eastern',
      ',,,,',
      ' t-2 , bob@garage.example ,Bob,,',
      '',
    ].join('\r\n');
    const { result, batches } = await importText(text.replace('Time-zone', 'timezone'));
    expect(result.exitCode).toBe(0);
    expect(batches.flat()).toMatchObject([
      {
        name: 'Jane\'s "Best" Bakery, Inc.',
        timezone: 'US/Eastern',
        contacts: [
          { email: 'jane@bakery.example', role: 'owner' },
          { email: 'a@b.example', role: 'cc' },
          { email: 'c@d.example', role: 'cc' },
        ],
        grant: { refreshToken: 't-1' },
      },
      { name: 'Bob', timezone: null, contacts: [{ email: 'bob@garage.example' }], grant: { refreshToken: 't-2' } },
    ]);
    expect(result.json).toEqual({
      imported: 2,
      tenants: [
        { line: 3, id: 'id of Jane\'s "Best" Bakery, Inc.' },
        { line: 5, id: 'id of Bob' },
      ],
      updated: [],
      differing: [],
      skipped: [],
      untried: [],
      sameAccounts: [],
      errors: [],
      unfinished: 0,
    });
  });

  it('reports every bad line by its number with all that is wrong, and imports the rest', async () => {
    const text = [
      'name,owner,refresh_token,timezone',
      'Good,good@shop.example,token-1,UTC',
      ',nobody,to ken,Mars',
      '"Two\nLines",two@shop.example,token-2,UTC',
      'Short,short@shop.example',
      'Comma, Inc.,comma@shop.example,token-3,UTC',
      'Qu"ote,quote@shop.example,token-4,UTC',
      'Last,last@shop.example,token-5,',
    ].join('\n');
    const { result, names } = await importText(text);
    expect(result.exitCode).toBe(1);
    expect(names).toEqual(['Good', 'Last']);
    expect(result.json).toMatchObject({
      imported: 2,
      tenants: [{ line: 2 }, { line: 9 }],
      errors: [
        {
          line: 3,
          problems: [
            { field: 'name', problem: 'it is missing' },
            { field: 'owner', problem: 'it is not an e-mail address, such as jane@example.com' },
            { field: 'timezone' },
            { field: 'refresh_token' },
          ],
        },
        { line: 4, problems: [{ field: 'name', problem: expect.stringContaining('line break') }] },
        {
          line: 6,
          problems: [{ field: 'refresh_token', problem: 'it is missing' }],
        },
        { line: 7, problems: [{ field: null, problem: expect.stringContaining('it has 5 columns') }] },
        { line: 8, problems: [{ field: null, problem: expect.stringContaining('quotation mark stands inside') }] },
      ],
    });
    expect(JSON.parse(result.stderr)).toMatchObject({ error: { message: '5 of 7 were not imported.' } });
    expect(`${result.stdout}${result.stderr}`).not.toMatch(/to ken|token-/);
  });

  it('reports a line with several stray quotation marks once, and no file that is full of them', async () => {
    const { result } = await importText('name,owner,refresh_token\nJ"a"n"e,"j"@shop.example,"t"-1\n');
    expect(result.json).toMatchObject({ errors: [{ line: 2 }] });
    expect(JSON.parse(result.stderr)).toMatchObject({ error: { message: '1 of 1 were not imported.' } });
    const full = await importText(`name,owner,refresh_token\n${'a"'.repeat(50_000)},j@shop.example,t-1\n`);
    expect(full.result.exitCode).toBe(2);
    expect(full.result.stderr).toContain('more than 2000 quotation marks');
  });

  it('says where a quotation mark opens that is never closed, and keeps the lines before it', async () => {
    const { result, names } = await importText(
      'name,owner,refresh_token\nGood,good@shop.example,t-1\n"Open,open@shop.example,t-2\nLost,lost@shop.example,t-3\n',
    );
    expect(names).toEqual(['Good']);
    expect(result.json).toMatchObject({
      errors: [{ line: 3, problems: [{ field: null, problem: 'a quotation mark opens here and is never closed' }] }],
    });
  });

  it('knows the fields of JSON by whichever way a program spells them, each once', async () => {
    const entry = { name: 'Good', owner: 'good@shop.example', timezone: 'UTC' };
    const entries = [
      { ...entry, externalId: 'c-1', refreshToken: 't-1' },
      { ...entry, externalId: 'c-2', external_id: 'c-3', refresh_token: 't-2' },
    ];
    const { result, batches } = await importText(JSON.stringify(entries), { path: 'tenants.json' });
    expect(batches.flat()).toMatchObject([{ externalId: 'c-1', grant: { refreshToken: 't-1' } }]);
    expect(result.json).toMatchObject({
      errors: [{ line: 2, problems: [{ field: 'external_id', problem: 'it is there twice' }] }],
    });
  });

  it('refuses a refresh token, or a name with its owner, that the file has already', async () => {
    const text = [
      'name,owner,refresh_token',
      'A,a@shop.example,token-1',
      'B,b@shop.example,token-1',
      'a, A@shop.example,token-2',
      'C,c@shop.example,token-3',
    ].join('\n');
    const { result, names } = await importText(text);
    expect(names).toEqual(['A', 'C']);
    expect(result.json).toMatchObject({
      errors: [
        { line: 3, problems: [{ field: 'refresh_token', problem: 'it is the same as in line 2' }] },
        { line: 4, problems: [{ field: 'name', problem: 'name and owner are the same as in line 2' }] },
      ],
    });
  });

  it('refuses the lines whose refresh token a tenant has, by their numbers, and imports the rest', async () => {
    const holders = new Map([
      ['token-1', 'tenant-7'],
      ['token-149', 'tenant-8'],
    ]);
    const { result, names } = await importText(`name,owner,refresh_token\n${rowsOf(150)}`, { holders });
    expect(result.exitCode).toBe(1);
    expect(names).toHaveLength(148);
    expect(result.json).toMatchObject({
      imported: 148,
      errors: [
        { line: 3, problems: [{ field: 'refresh_token', problem: 'it is that of tenant tenant-7' }] },
        { line: 151, problems: [{ field: 'refresh_token', problem: 'it is that of tenant tenant-8' }] },
      ],
    });
    expect(JSON.parse(result.stderr).error.message).toBe('2 of 150 were not imported.');
    expect(`${result.stdout}${result.stderr}`).not.toContain('token-1');
  });

  it('skips tenants that are there already, so that a corrected file can be imported again', async () => {
    const { result, names } = await importText(
      "name,owner,refresh_token\nJane's Bakery,JANE@bakery.example,t-1\nNew,new@shop.example,t-2",
      {
        app: {
          tenants: {
            export: async () => onePage(anExport()),
            tokenHolders: async () => new Map([['t-1', 'tenant-1']]),
          },
        },
      },
    );
    expect(result.exitCode).toBe(0);
    expect(names).toEqual(['New']);
    expect(result.json).toMatchObject({ imported: 1, skipped: [{ line: 2, id: 'tenant-1' }], errors: [] });
  });

  it('stores in batches, each all or nothing, and stops at one that fails', async () => {
    const stored: number[] = [];
    const addTenants = async (_: unknown, tenants: readonly NewTenant[]): Promise<AddedTenants> => {
      if (stored.length === 2) throw new Error('disk full');
      stored.push(tenants.length);
      return { ok: true, ids: tenants.map((_, index) => `id-${index}`) };
    };
    const { result } = await importText(`name,owner,refresh_token\n${rowsOf(350)}`, {
      app: { tenants: { add: addTenants } },
    });
    expect(stored).toEqual([100, 100]);
    expect(result.exitCode).toBe(1);
    expect(result.json).toMatchObject({ imported: 200 });
    expect(JSON.parse(result.stderr).error.message).toBe('Only 200 of 350 could be stored: disk full.');
  });

  it('reads 5,000 lines in good time', async () => {
    const { names } = await importText(`name,owner,refresh_token\n${rowsOf(5000)}`);
    expect(names).toHaveLength(5000);
  });

  it.each([
    ['a semicolon', ';'],
    ['a tab', '\t'],
  ])('takes columns separated by %s', async (_, separator) => {
    const line = ['Shop', 'owner@shop.example', 't-1', '"a@b.example;c@d.example"'].join(separator);
    const { batches } = await importText(`${['name', 'owner', 'refresh_token', 'cc'].join(separator)}\n${line}`);
    expect(batches.flat()[0]?.contacts).toHaveLength(3);
  });

  const spreadsheets: readonly [string, string, readonly number[]][] = [
    ['empty columns at the end', 'name,owner,refresh_token,,,\nA,a@x.example,t-1,,,\nB,b@x.example,t-2,,,', [2, 3]],
    ['more empty cells than the header', 'name,owner,refresh_token\nA,a@x.example,t-1,,, ,', [2]],
    ['fewer empty cells than the header', 'name,owner,refresh_token,,,\nA,a@x.example,t-1', [2]],
    ['an empty column between', 'name,,owner,refresh_token\nA,,a@x.example,t-1', [2]],
    ['lines cut short', 'name,owner,refresh_token,timezone,cc\nA,a@x.example,t-1\nB,b@x.example,t-2,UTC', [2, 3]],
    ['sep=;', 'sep=;\nname;owner;refresh_token\nA;a@x.example;t-1', [3]],
    [
      'SEP=, and more semicolons than commas',
      'SEP=,\r\nname,owner,refresh_token,cc\r\nA,a@x.example,t-1,b@x.example;c@x.example;d@x.example',
      [3],
    ],
    ['sep= and a tab', 'sep=\t\nname\towner\trefresh_token\nA\ta@x.example\tt-1', [3]],
    [
      'a byte order mark, "sep=;", empty lines',
      '\uFEFF"sep=;"\r\n\r\nname;owner;refresh_token\r\n\r\nA;a@x.example;t-1',
      [5],
    ],
    [
      'sep=; and a text of two lines',
      'sep=;\nname;owner;refresh_token;cc\nA;a@x.example;t-1;"c@x.example;\nd@x.example"\nB;b@x.example;t-2;',
      [3, 5],
    ],
    ['names as programs write them', 'Name,OWNER,refreshToken,externalId\nA,a@x.example,t-1,crm-1', [2]],
  ];

  it.each(spreadsheets)('reads %s', async (_, text, lines) => {
    const { result } = await importText(text);
    expect(result).toMatchObject({ exitCode: 0, json: { tenants: lines.map((line) => ({ line })), errors: [] } });
  });

  it.each([
    ['a text under no name', 'name,owner,refresh_token,\nA,a@x.example,t-1,note', 2, 'there is a text in column 4'],
    ['a text past the header', 'sep=;\nname;owner;refresh_token\n\nA;a@x.example;t-1;;note', 4, 'it has 5 columns'],
    ['a line cut short too soon', 'name,owner,refresh_token\nA,a@x.example', 2, 'it is missing'],
    [
      'a rounded number',
      'name,owner,refresh_token,external_id\nA,a@x.example,t-1,"1,23457E+15"',
      2,
      'has rounded this number',
    ],
    ['klingon', 'name,owner,refresh_token,locale\nA,a@x.example,t-1,klingon', 2, 'mail is written in'],
  ])('names the line of %s', async (_, text, line, problem) => {
    const { result, names } = await importText(text);
    expect(names).toEqual([]);
    expect(result).toMatchObject({
      exitCode: 1,
      json: { errors: [{ line, problems: [{ problem: expect.stringContaining(problem) }] }] },
    });
  });

  it('reads back what export wrote, once the tokens are filled in', async () => {
    const own = { sender_name: 'Agency', reply_to: 'help@agency.example', reconnect_url: 'https://agency.example' };
    const plain = anExport({ id: 't-2', name: "'=1+1", owner: 'x@y.example', cc: [], schedule: null });
    const shops = [anExport(own), plain];
    const exported = await linkwatch('tenant export', {
      app: { tenants: { count: async () => 2, export: async () => onePage(...shops) } },
    });
    const filled = exported.stdout.replaceAll(/,,,$/gm, (_match, at) => `,token-${at},,`);
    const { batches } = await importText(filled);
    expect(batches.flat()).toMatchObject([
      {
        name: "Jane's Bakery",
        timezone: 'America/New_York',
        locale: 'en-US',
        schedule: '*/30 * * * *',
        senderName: 'Agency',
        replyTo: 'help@agency.example',
        reconnectUrl: 'https://agency.example',
        contacts: [{}, {}, {}],
      },
      { name: "'=1+1", schedule: null, contacts: [{ email: 'x@y.example' }] },
    ]);
  });

  it.each([
    ['an empty file', '', 'is empty'],
    ['a file of white space', ' \r\n\n', 'is empty'],
    ['no names of columns', 'Shop,owner@shop.example,eyJhbGciOiJSUzI1NiJ9', 'does not name the columns'],
    ['an unknown column', 'name,owner,refresh_token,phone\n', 'there is no column "phone"'],
    ['missing columns', 'timezone,locale\n', 'the column name is missing, the column owner is missing'],
    [
      'columns twice',
      'name,owner,Refresh Token,refreshToken,name\n',
      'the column refresh_token is there twice, the column name is there twice',
    ],
    ['another encoding', 'name,owner,refresh_token\nCaf\uFFFD,a@b.example,t', 'Spreadsheets write WINDOWS-1252'],
    ['UTF-16', '\uFFFD\uFFFDn\0a\0m\0e\0', 'is not UTF-8 text but UTF-16'],
    ['UTF-16 of another script', '\uFFFD\uFFFD\u0004\u0035', 'is not UTF-8 text but UTF-16'],
    ['cells without a text', ' ;;\n', 'is empty'],
  ])('refuses %s as a whole', async (_, text, message) => {
    const { result, batches } = await importText(text);
    expect(result.exitCode).toBe(2);
    expect(result.stdout).toBe('');
    expect(batches).toEqual([]);
    expect(JSON.parse(result.stderr).error.message).toContain(message);
    expect(result.stderr).not.toContain('eyJ');
  });

  it('imports nothing from a header alone', async () => {
    expect((await importText('name,owner,refresh_token\n')).result).toMatchObject({
      exitCode: 0,
      json: { imported: 0 },
    });
  });

  it('names a file that cannot be read', async () => {
    const { exitCode, stderr } = await linkwatch('tenant import none.csv');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('none.csv cannot be read: ENOENT');
  });

  it('tells a person the same in lines', async () => {
    const { stdout, stderr, exitCode } = await linkwatch('tenant import -', {
      stdin: 'name,owner,refresh_token\nShop,nobody,t-1',
      app: { tenants: { export: async () => onePage<ExportedTenant>() } },
    });
    expect(exitCode).toBe(1);
    expect(stdout).toBe('line 2  owner: it is not an e-mail address, such as jane@example.com\n0 tenants imported\n');
    expect(stderr).toContain('1 of 1 were not imported.');
  });
});

describe('tenant import of JSON', () => {
  const shop = { name: 'Shop', owner: 'owner@shop.example', refresh_token: 't-1' };
  const json = (document: unknown): Promise<Imported> => importText(JSON.stringify(document), { path: 'tenants.json' });

  it('takes a list, or an object with one, with what an export has besides', async () => {
    const full = {
      ...shop,
      id: 'x',
      state: 'active',
      cc: ['a@b.example'],
      schedule: null,
      access_token: 'a',
      expires_in: 60,
    };
    for (const document of [[full], { tenants: [full] }]) {
      const { batches } = await json(document);
      expect(batches.flat()).toMatchObject([{ name: 'Shop', grant: { accessToken: 'a', lifetimeMs: 60_000 } }]);
      expect(batches.flat()[0]?.contacts).toHaveLength(2);
    }
  });

  it('is recognised by how it begins where the name does not tell', async () => {
    const { names } = await importText(`\uFEFF \n${JSON.stringify([shop])}`, { path: 'tenants.txt' });
    expect(names).toEqual(['Shop']);
  });

  it('reports entries by their number', async () => {
    const { result, names } = await json([shop, 7, { ...shop, name: 5, phone: 'x' }, { ...shop, cc: [1] }, shop]);
    expect(names).toEqual(['Shop']);
    expect(result.json).toMatchObject({
      errors: [
        { line: 2, problems: [{ field: null, problem: 'it is not an object' }] },
        {
          line: 3,
          problems: [
            { field: 'name', problem: 'it is not a text' },
            { field: 'phone', problem: 'there is no such field' },
          ],
        },
        { line: 4, problems: [{ field: 'cc' }] },
        {
          line: 5,
          problems: [
            { problem: 'it is the same as in entry 1' },
            { problem: 'name and owner are the same as in entry 1' },
          ],
        },
      ],
    });
  });

  it.each([
    ['{"name": "Shop", "refresh_token": "secret', 'is not JSON'],
    ['[{"refresh_token": "secret" oops}]', 'is not JSON'],
    ['{"people": []}', 'holds no list of tenants'],
    ['"secret"', 'holds no list of tenants'],
  ])('refuses %s without quoting it', async (text, message) => {
    const { result } = await importText(text, { path: 'tenants.json' });
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toContain(message);
    expect(result.stderr).not.toContain('secret');
  });
});

describe('tenant import --check', () => {
  const three = `name,owner,refresh_token\n${rowsOf(3)}`;

  async function check(
    text: string,
    answer: (tenant: NewTenant) => TriedTenant,
    { args = ['--json'], ...given }: CliWorld & Readonly<{ args?: readonly string[] }> = {},
  ) {
    const tried: string[] = [];
    const batches: number[] = [];
    const tenants = {
      export: async () => onePage<ExportedTenant>(),
      addTried: async (_: unknown, tenant: NewTenant) => {
        tried.push(tenant.grant?.refreshToken ?? 'none');
        return answer(tenant);
      },
      add: async (_: unknown, added: readonly NewTenant[]): Promise<AddedTenants> => {
        batches.push(added.length);
        return { ok: true, ids: added.map(({ name }) => `id of ${name}`) };
      },
    };
    const world = { files: { 'tenants.csv': text }, app: { tenants }, ...given };
    const result = await linkwatch(['tenant', 'import', 'tenants.csv', '--check', ...args], world);
    return { result, tried, batches };
  }
  const added = ({ name }: NewTenant, untried: string | null = null): TriedTenant => ({
    outcome: 'added',
    id: `id of ${name}`,
    untried,
    timezone: null,
    sameAccountAs: null,
  });

  it('tries every token, and reports a refused one with its line', async () => {
    const { result, tried } = await check(three, (tenant) =>
      tenant.name === 'Shop 1' ? { outcome: 'token_refused', detail: 'invalid_grant' } : added(tenant),
    );
    expect(tried).toEqual(['token-0', 'token-1', 'token-2']);
    expect(result).toMatchObject({
      exitCode: 1,
      json: {
        imported: 2,
        tenants: [
          { line: 2, id: 'id of Shop 0' },
          { line: 4, id: 'id of Shop 2' },
        ],
        untried: [],
        sameAccounts: [],
        errors: [
          {
            line: 3,
            problems: [{ field: 'refresh_token', problem: 'Constant Contact refuses it: invalid_grant' }],
          },
        ],
      },
    });
  });

  it('reports a token that another tenant has', async () => {
    const { result } = await check(three, () => ({ outcome: 'token_taken', holder: 'tenant-9' }));
    expect(result.json).toMatchObject({
      errors: [{ problems: [{ problem: 'it is that of tenant tenant-9' }] }, {}, {}],
    });
  });

  it('says which tokens could not be tried, and imports their tenants', async () => {
    const { result } = await check(three, (tenant) => added(tenant, tenant.name === 'Shop 1' ? 'a hiccup' : null), {
      args: [],
    });
    expect(result.exitCode).toBe(0);
    expect(result.stdout).toBe(
      '3 tenants imported\n1 token not tried (a hiccup). The first polls try them; you get a mail.\n',
    );
  });

  it('says which accounts are watched by another tenant already', async () => {
    const twice = (tenant: NewTenant): TriedTenant => ({
      outcome: 'added',
      id: `id of ${tenant.name}`,
      untried: null,
      timezone: null,
      sameAccountAs: tenant.name === 'Shop 0' ? null : 'tenant-9',
    });
    const sameAccounts = [
      { line: 3, id: 'id of Shop 1', sameAccountAs: 'tenant-9' },
      { line: 4, id: 'id of Shop 2', sameAccountAs: 'tenant-9' },
    ];
    expect((await check(three, twice)).result).toMatchObject({ exitCode: 0, json: { imported: 3, sameAccounts } });
    const { stdout } = (await check(three, twice, { args: [] })).result;
    expect(stdout).toBe(
      [
        '3 tenants imported',
        'Of these accounts two tenants are watched now: remove one of the two, or the owner gets each mail twice.',
        '  line 3: id of Shop 1, already watched as tenant-9',
        '  line 4: id of Shop 2, already watched as tenant-9',
        '',
      ].join('\n'),
    );
  });

  it('waits no longer for a Constant Contact that three in a row could not reach', async () => {
    const { result, tried, batches } = await check(`name,owner,refresh_token\n${rowsOf(120)}`, (tenant) =>
      added(tenant, 'connect ECONNREFUSED'),
    );
    expect(tried).toHaveLength(3);
    expect(batches).toEqual([100, 17]);
    expect(result).toMatchObject({ exitCode: 0, json: { imported: 120 } });
    expect((result.json as { untried: unknown[] }).untried).toHaveLength(120);
  });

  it('ends after the line that is being tried when it is told to stop', async () => {
    const stop = new AbortController();
    const answer = (tenant: NewTenant) => {
      stop.abort();
      return added(tenant);
    };
    const { result, tried } = await check(three, answer, { stop: stop.signal });
    expect(tried).toEqual(['token-0']);
    expect(result).toMatchObject({ exitCode: 1, json: { imported: 1 } });
  });

  it('keeps what is stored when the next cannot be', async () => {
    const { result } = await check(three, (tenant) => {
      if (tenant.name === 'Shop 2') throw new Error('disk full');
      return added(tenant);
    });
    expect(result).toMatchObject({ exitCode: 1, json: { imported: 2 } });
    expect(JSON.parse(result.stderr).error.message).toBe('Only 2 of 3 could be stored: disk full.');
  });
});
