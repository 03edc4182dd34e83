import { describe, expect, it } from '@jest/globals';
import { linkwatch } from '../../support/cli-run.ts';

const commands = [
  'demo',
  'start',
  'poll',
  'status',
  'history',
  'incidents',
  'replay',
  'config',
  'doctor',
  'health',
  'explain',
  'incident show',
  'incident ack',
  'incident snooze',
  'incident close',
  ...['add', 'list', 'show', 'update', 'pause', 'resume', 'remove', 'import', 'export'].map((name) => `tenant ${name}`),
  ...['list', 'show', 'preview', 'test', 'hold', 'release', 'discard'].map((name) => `mail ${name}`),
  'key new',
  'db migrate',
  'db backup',
  'db restore',
  'db move',
  'audit',
  ...['create', 'list', 'revoke'].map((name) => `api-key ${name}`),
];

describe('--help', () => {
  it.each(commands)('of %s says in a sentence what it does, and shows an example', async (command) => {
    const { exitCode, stdout, stderr } = await linkwatch(`${command} --help`);
    expect(exitCode).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toMatch(new RegExp(`^Usage: linkwatch ${command}`));
    expect(stdout).toMatch(/\n\n[A-Z][^\n]+/);
    expect(stdout).toMatch(new RegExp(`Examples?:\\n  linkwatch ${command}`));
  });

  it.each(commands.filter((command) => !['demo', 'start', 'tenant export'].includes(command)))(
    'of %s offers --json',
    async (command) => {
      expect((await linkwatch(`${command} --help`)).stdout).toContain('--json');
    },
  );

  it('without a command names them all, and needs no configuration', async () => {
    const { exitCode, stdout } = await linkwatch('--help', { env: { HTTP_PORT: 'bad' } });
    expect(exitCode).toBe(0);
    for (const command of commands) expect(stdout).toContain(`  ${command.split(' ')[0]} `);
  });

  it('has a version beside it', async () => {
    expect(await linkwatch('--version')).toMatchObject({ exitCode: 0, stdout: '1.2.3\n' });
  });
});
