import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

const program = join(import.meta.dirname, '../../support/write-log-lines.ts');
const run = promisify(execFile);

const all = ['debug', 'info', 'warn', 'error'];

/** What a process with that log writes to stderr when it logs one line at each level, line by line. */
async function linesOf(level: string, { format = 'json', use = 'daemon' } = {}): Promise<readonly string[]> {
  const { stdout, stderr } = await run(process.execPath, [program, level, format, use]);
  expect(stdout).toBe('');
  return stderr.split('\n').filter((line) => line !== '');
}

/** A device that is always full, which Linux alone has. */
const FULL = '/dev/full';

describe('the log', () => {
  const onFullDisk = existsSync(FULL) ? it.each(['json', 'pretty']) : it.skip.each(['json', 'pretty']);
  onFullDisk('of a full disk ends nobody: %s', async (format) => {
    const full = openSync(FULL, 'w');
    const child = spawn(process.execPath, [program, 'info', format, 'daemon'], { stdio: ['ignore', 'ignore', full] });
    const [code] = await once(child, 'exit');
    closeSync(full);
    expect(code).toBe(0);
  });

  it.each([
    ['trace', all],
    ['debug', all],
    ['info', ['info', 'warn', 'error']],
    ['warn', ['warn', 'error']],
    ['error', ['error']],
    ['silent', []],
  ])('of a daemon at LOG_LEVEL=%s has the lines of that level and above, and no others', async (level, levels) => {
    const lines = (await linesOf(level)).map((line) => JSON.parse(line));
    expect(lines).toEqual(
      levels.map((lineLevel) => ({
        level: lineLevel,
        msg: `a line of ${lineLevel}`,
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        tenantId: 't-1',
        accessToken: '[redacted]',
      })),
    );
  });

  it.each([
    ['info', ['warn', 'error']],
    ['debug', all],
  ])(
    'of a command at LOG_LEVEL=%s leaves out everyday news unless more than that is asked for',
    async (level, levels) => {
      const lines = (await linesOf(level, { use: 'command' })).map((line) => JSON.parse(line).level);
      expect(lines).toEqual(levels);
    },
  );

  it('is one plain line a message with LOG_FORMAT=pretty', async () => {
    const lines = await linesOf('warn', { format: 'pretty' });
    expect(lines).toEqual([
      expect.stringMatching(
        /^\[\d\d:\d\d:\d\d\] .*WARN.*: .*a line of warn.* {"tenantId":"t-1","accessToken":"\[redacted\]"}$/,
      ),
      expect.stringContaining('a line of error'),
    ]);
  });
});
