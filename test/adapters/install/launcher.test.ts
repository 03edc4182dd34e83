import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { until } from '../../support/until.ts';

const root = join(import.meta.dirname, '../../..');
const launcher = join(root, 'src/launcher/linkwatch.js');
const { version: linkwatch } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linkwatch-launcher-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs in this process's Node.js, which says that it is another version; only the launcher itself is told so. */
function begin(file: string, args: readonly string[], version: string) {
  const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });`;
  const preload = `data:text/javascript,${encodeURIComponent(pretend)}`;
  return spawn(process.execPath, ['--import', preload, '--', file, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', DATABASE_URL: `file:${join(folder, 'linkwatch.db')}` },
  });
}

async function run(file: string, args: readonly string[], version: string) {
  const child = begin(file, args, version);
  const closed = once(child, 'close');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await closed;
  return { code, stdout, stderr };
}

describe('src/launcher/linkwatch.js', () => {
  it.each(['24.5.0', '26.1.0', '24.4.1', '22.22.0', '20.20.2', '18.0.0'])('answers on Node.js %s', async (version) => {
    const answer = { code: 0, stdout: `${linkwatch}\n`, stderr: '' };
    expect(await run(launcher, ['--version'], version)).toEqual(answer);
  });

  it.each(['24.21.0', '20.20.2'])('passes on arguments, answers and the exit code on Node.js %s', async (version) => {
    const { code, stdout, stderr } = await run(launcher, ['status', '--no-such'], version);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('--no-such');
  });

  it.each(['24.21.0', '20.20.2'])('finds out by itself that a --env-file is missing on Node.js %s', async (version) => {
    const { code, stderr } = await run(launcher, ['status', '--env-file', 'none.env'], version);
    expect([code, stderr.split('\n')[0]]).toEqual([2, 'error: none.env cannot be read (ENOENT)']);
  });

  it('passes on a signal, so that the demo on an old Node.js still ends in an orderly way', async () => {
    const child = begin(launcher, ['demo'], '20.20.2');
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
    });
    const closed = once(child, 'close');
    await until('the demo has begun', () => stdout.includes('1.'));
    child.kill('SIGTERM');
    expect(await closed).toEqual([0, null]);
    expect(stdout).toContain('The demo has ended');
  });

  it('says in a sentence that no Node.js can run it, and exits with 2', async () => {
    cpSync(launcher, join(folder, 'src/launcher/linkwatch.js'));
    cpSync(join(root, 'package.json'), join(folder, 'package.json'));
    const { code, stdout, stderr } = await run(join(folder, 'src/launcher/linkwatch.js'), ['status'], '20.20.2');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      /^error: Linkwatch runs on Node\.js 24\.5 or newer; this is 20\.20\.2, .*\nRun npm ci .*\.\n$/,
    );
  });

  it('can be reached by a link from elsewhere', async () => {
    symlinkSync(launcher, join(folder, 'linkwatch'));
    expect(await run(join(folder, 'linkwatch'), ['--version'], '20.20.2')).toMatchObject({ code: 0 });
  });
});
