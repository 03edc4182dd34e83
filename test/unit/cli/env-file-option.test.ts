import { describe, expect, it } from '@jest/globals';
import { takeEnvFile } from '../../../src/cli/env-file-option.ts';

describe('--env-file', () => {
  it.each([
    ['', null, ''],
    ['status --json', null, 'status --json'],
    ['--env-file a.env status', 'a.env', 'status'],
    ['--env-file=a.env status', 'a.env', 'status'],
    ['tenant list --env-file ../a.env --json', '../a.env', 'tenant list --json'],
    ['tenant list --env-file=a=b.env', 'a=b.env', 'tenant list'],
    ['history -- --env-file', null, 'history -- --env-file'],
    ['--env-file a.env history -- --env-file', 'a.env', 'history -- --env-file'],
    ['--env-files a.env', null, '--env-files a.env'],
  ])('of "%s" is %j, and leaves "%s"', (text, envFile, rest) => {
    const words = (line: string) => line.split(' ').filter((word) => word !== '');
    expect(takeEnvFile(words(text))).toEqual({ ok: true, envFile, args: words(rest) });
  });

  it.each([
    [['status', '--env-file'], '--env-file names no file'],
    [['--env-file', '--json'], '--env-file names no file'],
    [['--env-file='], '--env-file names no file'],
    [['--env-file', ''], '--env-file names no file'],
    [['--env-file', 'a', '--env-file', 'b'], '--env-file is given twice'],
    [['--env-file=a', 'status', '--env-file=a'], '--env-file is given twice'],
    [['--env-file=a', 'status', '--env-file'], '--env-file is given twice'],
  ])('%j is refused', (args, problem) => {
    expect(takeEnvFile(args)).toEqual({ ok: false, problem });
  });
});
