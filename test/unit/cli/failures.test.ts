import { describe, expect, it } from '@jest/globals';
import { linkwatch, type PartialApplication } from '../../support/cli-run.ts';
import { onePage } from '../../support/cli-views.ts';
import { completeEnv } from '../../support/config-environment.ts';

const refused = async () => {
  const cause = new Error('connect ECONNREFUSED 127.0.0.1:5432');
  throw new Error('The database cannot be reached', { cause });
};

describe('a command that fails', () => {
  it('exits with 1, says what and why on stderr, and closes what it opened', async () => {
    const { exitCode, stdout, stderr, closed } = await linkwatch('status', { app: { tenants: { list: refused } } });
    expect(exitCode).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toBe(
      'error: The database cannot be reached: connect ECONNREFUSED 127.0.0.1:5432.\n' +
        'LOG_LEVEL=debug shows more; `linkwatch doctor` looks for the reason.\n',
    );
    expect(closed).toBe(1);
  });

  it('says it as JSON where --json was asked for', async () => {
    const { stdout, stderr } = await linkwatch('status --json', { app: { tenants: { list: refused } } });
    expect(stdout).toBe('');
    expect(JSON.parse(stderr)).toEqual({
      error: { message: expect.stringContaining('ECONNREFUSED'), hint: expect.stringContaining('doctor') },
    });
  });

  it('shows where it happened only to whoever debugs', async () => {
    const env = { ...completeEnv, LOG_LEVEL: 'debug' };
    expect((await linkwatch('status', { app: { tenants: { list: refused } } })).stderr).not.toContain(' at ');
    expect((await linkwatch('status', { env, app: { tenants: { list: refused } } })).stderr).toContain(' at ');
  });

  it('shows no secret that a library put into its message', async () => {
    const env = { ...completeEnv, LOG_LEVEL: 'debug', DATABASE_URL: 'postgresql://me:hunter2hunter2@db/linkwatch' };
    const listTenants = async () => {
      throw new Error(`cannot use ${env.DATABASE_URL}`, { cause: new Error('password hunter2hunter2 refused') });
    };
    for (const args of ['status', 'status --json']) {
      const { stderr } = await linkwatch(args, { env, app: { tenants: { list: listTenants } } });
      expect(stderr).toContain('[redacted]');
      expect(stderr).not.toContain('hunter2hunter2');
    }
  });

  it('shows no secret in JSON either, where quotation marks are written otherwise', async () => {
    const env = { ...completeEnv, CONSTANT_CONTACT_CLIENT_SECRET: 'say"hunter2"\\' };
    const listTenants = async () => {
      throw new Error(`refused: ${env.CONSTANT_CONTACT_CLIENT_SECRET}`);
    };
    const { stderr } = await linkwatch('status --json', { env, app: { tenants: { list: listTenants } } });
    expect(JSON.parse(stderr).error.message).toBe('refused: [redacted]');
  });

  it('lets nobody steer the terminal by an error', async () => {
    const listTenants = async () => {
      throw new Error('550 \u001b]0;evil\u0007 no such user\r\nnext line');
    };
    const { stderr } = await linkwatch('status', { app: { tenants: { list: listTenants } } });
    expect(stderr).toContain('error: 550  ]0;evil  no such user \nnext line');
    expect((await linkwatch('status', { env: { LOG_LEVEL: '\u001b[2J' } })).stderr).toContain('LOG_LEVEL= [2J');
  });

  it.each<[string, PartialApplication, string]>([
    ['tenant show nobody', { tenants: { find: async () => null } }, 'There is no tenant nobody.'],
    ['status --tenant nobody', { health: { status: async () => null } }, 'There is no tenant nobody.'],
    ['history nobody', { health: { history: async () => null } }, 'There is no tenant nobody.'],
    ['poll --tenant nobody', { tenants: { find: async () => null } }, 'There is no tenant nobody.'],
    ['tenant pause nobody', { tenants: { pause: async () => false } }, 'There is no tenant nobody.'],
    ['tenant resume nobody', { tenants: { resume: async () => false } }, 'There is no tenant nobody.'],
    ['tenant remove nobody', { tenants: { remove: async () => false } }, 'There is no tenant nobody.'],
    [
      'tenant update nobody --name X',
      { tenants: { update: async () => ({ outcome: 'not_found' }) } },
      'There is no tenant nobody.',
    ],
    [
      'incidents --tenant nobody',
      { incidents: { list: async () => onePage() }, tenants: { find: async () => null } },
      'There is no tenant nobody.',
    ],
    [
      'mail list --tenant nobody',
      { mail: { list: async () => onePage() }, tenants: { find: async () => null } },
      'There is no tenant nobody.',
    ],
    [
      'mail hold --tenant nobody',
      { mail: { hold: async () => ({ changed: [], skipped: [] }) }, tenants: { find: async () => null } },
      'There is no tenant nobody.',
    ],
    ['mail show none', { mail: { find: async () => null } }, 'There is no mail none.'],
    ['incident show none', { incidents: { find: async () => null } }, 'There is no incident none.'],
    [
      'incident ack none',
      { incidents: { acknowledge: async () => ({ outcome: 'not_found' }) as const } },
      'There is no incident none.',
    ],
    [
      'incident close i',
      { incidents: { close: async () => ({ outcome: 'already_closed' }) } },
      'Incident i is closed already.',
    ],
  ])('linkwatch %s: what is not there is named, with where to look', async (args, app, message) => {
    const { exitCode, stderr, closed } = await linkwatch(args, { app });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr).toContain('`linkwatch ');
    expect(closed).toBe(1);
  });
});
