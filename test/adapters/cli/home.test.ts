import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { A_KEY } from '../../support/config-environment.ts';
import { MAIN } from '../../support/program-child.ts';

/** A folder with a `.env`, and another one where the commands are given. */
let home = '';
let elsewhere = '';
beforeEach(async () => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'linkwatch-home-')));
  [home, elsewhere] = [join(folder, 'home'), join(folder, 'elsewhere')];
  await Promise.all([mkdir(home), mkdir(elsewhere)]);
  await writeFile(join(home, 'key'), A_KEY);
  await writeFile(join(home, '.env'), 'ENCRYPTION_KEY_FILE=key\nHTTP_PORT=8099\n', { mode: 0o600 });
});
afterEach(() => rm(join(home, '..'), { recursive: true }));

async function linkwatch(args: readonly string[], env: Readonly<Record<string, string>> = {}, stdin = '') {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, ['--', MAIN, ...args], { cwd: elsewhere, env: { PATH, ...env } });
  child.stdin.end(stdin);
  const closed = once(child, 'close');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await closed;
  return { code, stdout, stderr };
}

const ways = () =>
  [
    ['--env-file', ['--env-file', '../home/.env'], {}],
    ['LINKWATCH_HOME', [], { LINKWATCH_HOME: home }],
    ['a relative LINKWATCH_HOME', [], { LINKWATCH_HOME: '../home' }],
  ] as const;

describe('Linkwatch from elsewhere', () => {
  it.each([0, 1, 2])('finds .env and the files in it, and makes data/ beside it (way %i)', async (way) => {
    const [, args, env] = ways()[way] ?? ['', [], {}];
    const config = await linkwatch(['config', '--json', ...args], env);
    const { variables } = JSON.parse(config.stdout);
    const sourceOf = (name: string) => variables.find((each: { name: string }) => each.name === name).source;
    expect(['ENCRYPTION_KEY', 'HTTP_PORT'].map(sourceOf)).toEqual(['file', 'set']);
    expect(await linkwatch([...args, 'db', 'migrate'], env)).toMatchObject({ code: 0 });
    expect([existsSync(join(home, 'data/linkwatch.db')), existsSync(join(elsewhere, 'data'))]).toEqual([true, false]);
  });

  it('takes a file that stands on the command line from where the command was given', async () => {
    await writeFile(join(elsewhere, 'tenants.csv'), 'name,owner,refresh_token\nShop,owner@example.com,a-token\n');
    await writeFile(join(elsewhere, 'token'), 'another-token\n');
    const env = { LINKWATCH_HOME: home };
    expect(await linkwatch(['tenant', 'import', 'tenants.csv'], env)).toMatchObject({ code: 0 });
    const other = ['--name', 'Bar', '--owner', 'bar@example.com', '--timezone', 'UTC', '--refresh-token', '@token'];
    expect(await linkwatch(['tenant', 'add', ...other], env)).toMatchObject({ code: 0, stderr: '' });
  });

  it('reads RECONNECT_STEPS_FILE from the home folder', async () => {
    await writeFile(join(home, 'steps.json'), '{"default":{"reconnect":["Call us."]}}');
    const env = { LINKWATCH_HOME: home, RECONNECT_STEPS_FILE: 'steps.json' };
    const { code, stdout } = await linkwatch(['mail', 'preview', 'alert', '--text'], env);
    expect([code, stdout.includes('Call us.')]).toEqual([0, true]);
  });

  it('names the .env that others may read', async () => {
    await chmod(join(home, '.env'), 0o644);
    const { stdout } = await linkwatch(['doctor'], { LINKWATCH_HOME: home });
    expect(stdout).toContain(`Run chmod 600 ${join(home, '.env')}.`);
  });

  it.each([
    [['--env-file', 'none.env', 'status'], {}, /^error: none\.env cannot be read \(ENOENT\)\nMake it a file/],
    [['status', '--env-file=../home'], {}, /^error: \.\.\/home cannot be read \(EISDIR\)\n/],
    [['status', '--env-file'], {}, /^error: --env-file names no file\nWrite --env-file FILE, once\.\n$/],
    [['status'], { LINKWATCH_HOME: '/no/such/folder' }, /^error: LINKWATCH_HOME \/no\/such\/folder cannot be entered/],
    [['status'], { LINKWATCH_HOME: '../home/key' }, /^error: .*cannot be /],
  ])('exits with 2 on %j with %j', async (args, env, message) => {
    const { code, stdout, stderr } = await linkwatch(args, env);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });

  it('refuses in JSON where that was asked for', async () => {
    const { code, stderr } = await linkwatch(['status', '--json', '--env-file', 'none.env']);
    expect([code, JSON.parse(stderr).error.message]).toEqual([2, 'none.env cannot be read (ENOENT)']);
  });
});
