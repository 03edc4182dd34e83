import { type ChildProcessWithoutNullStreams, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { A_KEY } from '../../support/config-environment.ts';

const main = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));

/** A device that is always full, which Linux alone has. */
const FULL = '/dev/full';

let directory = '';

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'linkwatch-cli-'));
});

afterEach(() => rm(directory, { recursive: true }));

/** Begins `linkwatch <args>` in an empty directory, with an environment of its own. */
function begin(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcessWithoutNullStreams {
  const { PATH = '' } = process.env;
  return spawn(process.execPath, [main, ...args], { cwd: directory, env: { PATH, ...env } });
}

async function end(child: ChildProcessWithoutNullStreams, stdin = ''): Promise<readonly [unknown, string, string]> {
  child.stdin.end(stdin);
  const exited = once(child, 'close');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await exited;
  return [code, stdout, stderr];
}

describe('the linkwatch process', () => {
  it('answers without any configuration where none is needed', async () => {
    const [code, stdout, stderr] = await end(begin(['key', 'new']));
    expect([code, stderr]).toEqual([0, '']);
    expect(Buffer.from(stdout, 'base64')).toHaveLength(32);
  });

  const onFullDisk = existsSync(FULL) ? it : it.skip;
  onFullDisk('fails with a sentence when its answer cannot be written', async () => {
    const full = openSync(FULL, 'w');
    const { PATH = '' } = process.env;
    const stdio: StdioOptions = ['ignore', full, 'pipe'];
    const child = spawn(process.execPath, [main, 'key', 'new'], { cwd: directory, env: { PATH }, stdio });
    const exited = once(child, 'close');
    const stderr = child.stderr === null ? '' : await text(child.stderr);
    expect([...(await exited), stderr]).toEqual([
      1,
      null,
      expect.stringMatching(/^error: The answer could not be written to stdout: ENOSPC.*\n.*\n$/),
    ]);
    closeSync(full);
  });

  it('makes a key, shows it once, and ends it by its secret, and all of that is in the audit', async () => {
    await end(begin(['db', 'migrate']));
    const [made, answer] = await end(begin(['api-key', 'create', '--name', 'shop', '--json']));
    const { id, key, prefix } = JSON.parse(answer);
    expect([made, key.startsWith(`${prefix}_`)]).toEqual([0, true]);
    const files = await Promise.all(
      (await readdir(join(directory, 'data'))).map((file) => readFile(join(directory, 'data', file))),
    );
    expect(files.length).toBeGreaterThan(0);
    expect(files.some((content) => content.includes(key.slice(prefix.length)))).toBe(false);

    expect(await end(begin(['api-key', 'revoke', key]))).toEqual([
      0,
      `${prefix} (shop) is revoked: it opens nothing any more.\n`,
      '',
    ]);
    const [, listed] = await end(begin(['api-key', 'list', '--json']));
    expect(JSON.parse(listed)).toMatchObject({ apiKeys: [{ id, state: 'revoked', lastUsedAt: null }] });
    const [, audit] = await end(begin(['audit', '--actor', userInfo().username, '--json']));
    const { entries } = JSON.parse(audit);
    expect(entries.map(({ action, subjects }: { action: string; subjects: string[] }) => [action, subjects])).toEqual([
      ['api_key.revoke', [id]],
      ['api_key.create', [id]],
    ]);
    expect(audit + listed).not.toContain(key);
    // Five processes, one after the other.
  });

  it('reads .env where it runs, and lets the environment win', async () => {
    await writeFile(join(directory, '.env'), `ENCRYPTION_KEY=${A_KEY}\nHTTP_PORT=8081\nHTTP_HOST="0.0.0.0"\n`);
    const [code, stdout] = await end(begin(['config', '--json'], { HTTP_PORT: '8082' }));
    // The daemon would need more.
    expect(code).toBe(2);
    const { variables } = JSON.parse(stdout);
    const shown = (name: string) => variables.find((variable: { name: string }) => variable.name === name).value;
    expect(['ENCRYPTION_KEY', 'HTTP_PORT', 'HTTP_HOST'].map(shown)).toEqual(['[redacted]', '8082', '0.0.0.0']);
  });

  it('exits with 2, and without a stack, on a .env that cannot be read or is wrong', async () => {
    const [wrong, , problems] = await end(begin(['status'], { HTTP_PORT: 'x' }));
    expect([wrong, problems.includes('HTTP_PORT=x')]).toEqual([2, true]);
    await mkdir(join(directory, '.env'));
    const [code, stdout, stderr] = await end(begin(['config']));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toBe('error: .env cannot be read (EISDIR)\nMake it a file that this user may read, or remove it.\n');
  });

  it('exits with 2 on a .env in UTF-16, as Notepad may save it', async () => {
    await writeFile(join(directory, '.env'), Buffer.from('\ufeffHTTP_PORT=8081\n', 'utf16le'));
    const [code, stdout, stderr] = await end(begin(['config']));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toBe(
      'error: .env cannot be read: it is not UTF-8 but UTF-16, which some editors call Unicode\nSave it as UTF-8.\n',
    );
  });

  it('names what .env sets in vain', async () => {
    await writeFile(join(directory, '.env'), 'MAIL_FORM=a@b.example\nFOO=1\n');
    const [, stdout] = await end(begin(['config', '--json']));
    expect(JSON.parse(stdout)).toMatchObject({
      unknown: [
        { name: 'MAIL_FORM', from: '.env', nearest: 'MAIL_FROM' },
        { name: 'FOO', from: '.env', nearest: null },
      ],
    });
  });

  it('reads a token from stdin', async () => {
    const args = ['tenant', 'add', '--name', 'Shop', '--owner', 'nobody', '--refresh-token', '-'];
    const [code, , stderr] = await end(begin(args), 'a-token\n');
    expect(code).toBe(2);
    expect(stderr).toContain('--owner: it is not an e-mail address');
    expect(stderr).not.toContain('--refresh-token');
  });

  it('does not mind a reader that goes away, as head does', async () => {
    const child = begin(['config', '--example']);
    child.stdout.destroy();
    child.stdin.end();
    const [[code], stderr] = await Promise.all([once(child, 'close'), text(child.stderr)]);
    expect([code, stderr]).toEqual([0, '']);
  });

  it.each([
    [{}, false],
    [{ FORCE_COLOR: '1' }, true],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false],
  ])('with %j its colour is %s in a pipe', async (env, hasColour) => {
    const [, stdout] = await end(begin(['config'], env));
    expect(stdout.includes('\u001b[')).toBe(hasColour);
  });
});
