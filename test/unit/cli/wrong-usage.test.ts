import { describe, expect, it } from '@jest/globals';
import { linkwatch } from '../../support/cli-run.ts';
import { aRound } from '../../support/cli-views.ts';

describe('wrong usage', () => {
  it.each([
    ['pol', "unknown command 'pol'"],
    ['poll --alll', "unknown option '--alll'"],
    ['poll extra', 'too many arguments'],
    ['poll --due --tenant a', "'--due' cannot be used with option '--tenant <tenant>'"],
    ['poll --tenant', "option '--tenant <tenant>' argument missing"],
    ['status --health removed', "argument 'removed' is invalid"],
    ['status --tenant a --search x', "'--tenant <tenant>' cannot be used with option '--search <text>'"],
    ['history t --from yesterday', 'Write 2026-11-01'],
    ['history t --from 2026-02-30', 'Write 2026-11-01'],
    ['history t --from 2026-01-01T25:00', 'Write 2026-11-01'],
    ['history t --connection facebook', 'Write NETWORK:ACCOUNT_ID'],
    ['history t --from 2026-02-01 --to 2026-01-01', '--from is not before --to'],
    ['replay --from 2026-02-01 --to 2026-01-01', '--from is not before --to'],
    ['replay --from lately', 'Write 2026-11-01'],
    ['incidents --state pending', "argument 'pending' is invalid"],
    ['incident snooze i --for tomorrow', 'Write a whole number with its unit'],
    ['incident snooze i --for 0s', 'no time at all'],
    ['incident snooze i --for 367d', 'longer than a year'],
    ['incident snooze i --for 99999999d', 'longer than a year'],
    ['connect --invite nobody', 'What follows --invite is not an e-mail address'],
    ['mail list --limit 0', 'Write a whole number'],
    ['mail list --state unsent', "argument 'unsent' is invalid"],
    ['mail preview birthday', "value 'birthday' is invalid"],
    ['mail preview alert --locale de_AT', 'Mail is written in en, es, fr, de, pt'],
    ['mail preview alert --html --text', 'cannot be used with option'],
    ['mail test not-an-address', 'not an e-mail address'],
    ['history t --from 3000000d', 'Write 2026-11-01'],
    ['audit --from 99999999999d', 'Write 2026-11-01'],
    ['audit --from 2026-01-02 --to 2026-01-01', '--from is not before --to'],
    ['audit --from 0d', '--from is not before --to'],
    ['audit --action pause', "argument 'pause' is invalid"],
    ['audit --limit all', 'Write a whole number'],
    ['api-key create --role owner', "argument 'owner' is invalid"],
    ['api-key create --expires soon', 'Write 2027-11-01'],
    ['api-key create --expires 2027-02-30', 'Write 2027-11-01'],
    ['api-key create --expires 99999999d', 'Write 2027-11-01'],
    ['api-key create --expires 2026-01-15T12:00Z', 'not in the future'],
    ['api-key create --expires 0d', 'not in the future'],
    ['api-key revoke', "missing required argument 'id'"],
    ['start --only polls', '“polls” is no kind of work. Write some of poll, mail, webhooks, http'],
    ['start --only poll,,mail', '“” is no kind of work'],
    ['start --only', "option '--only <roles>' argument missing"],
    ['tenant show', "missing required argument 'tenant'"],
    ['tenant update tenant-1', 'Nothing is given that could change'],
    ['tenant export --format xml', "argument 'xml' is invalid"],
    ['tenant import', "missing required argument 'file'"],
  ])('linkwatch %s: exit code 2, what is wrong, and where to look', async (args, message) => {
    const { exitCode, stdout, stderr, opened } = await linkwatch(args);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(message);
    expect(stderr.trim().split('\n').length).toBeGreaterThan(1);
    expect(opened).toEqual([]);
  });

  it.each(['history t --csv --json', 'config --json --example', 'mail show m --html --json'])(
    'linkwatch %s: two forms of answer cannot be had at once',
    async (args) => {
      const { exitCode, stdout, stderr } = await linkwatch(args);
      expect([exitCode, stdout]).toEqual([2, '']);
      expect(stderr).toContain('cannot be used with option');
    },
  );

  it('suggests the command that was meant', async () => {
    const { stderr } = await linkwatch('tenant lst');
    expect(stderr).toBe(
      "error: unknown command 'lst'\n(Did you mean list?)\n`linkwatch tenant --help` shows how to use it.\n",
    );
  });

  it.each(['', 'tenant', 'mail', 'incident', 'key', 'db', 'api-key'])(
    'shows the help of "%s" without its command',
    async (args) => {
      const { exitCode, stdout, stderr } = await linkwatch(args);
      expect(exitCode).toBe(2);
      expect(stdout).toBe('');
      expect(stderr).toContain('Commands:');
    },
  );

  it('is told as JSON, on stderr, where --json was asked for', async () => {
    const { exitCode, stdout, stderr } = await linkwatch('incidents --state x --json');
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(JSON.parse(stderr)).toEqual({
      error: {
        message: expect.stringContaining("argument 'x' is invalid"),
        hint: '`linkwatch incidents --help` shows how to use it.',
      },
    });
  });
});

describe('a configuration that does not do', () => {
  it('names every problem at once, with exit code 2, before anything is opened', async () => {
    const { exitCode, stderr, opened } = await linkwatch('start', { env: { HTTP_PORT: 'eighty' } });
    expect(exitCode).toBe(2);
    expect(opened).toEqual([]);
    for (const name of ['HTTP_PORT=eighty', 'ENCRYPTION_KEY', 'SMTP_URL', 'MAIL_FROM', 'OPERATOR_EMAIL']) {
      expect(stderr).toContain(name);
    }
  });

  it('comes as data with --json', async () => {
    const { stderr } = await linkwatch('poll --json', { env: {} });
    expect(JSON.parse(stderr)).toMatchObject({
      error: {
        message: 'The configuration has 2 problems.',
        problems: [{ variable: 'ENCRYPTION_KEY', value: null }, { variable: 'CONSTANT_CONTACT_CLIENT_ID' }],
      },
    });
  });

  it.each([
    'status',
    'history t',
    'incidents',
    'tenant list',
    'mail list',
    'tenant export',
    'db migrate',
    'db backup copy.db',
    'db restore copy.db',
    'db move postgresql://server/name',
    'audit',
    'api-key list',
    'api-key create',
    'api-key revoke k',
  ])('%s needs nothing but a database', async (args) => {
    const failing = async () => Promise.reject(new Error('reached the app'));
    const app = {
      tenants: { list: failing, count: failing },
      health: { history: failing },
      incidents: { list: failing },
      mail: { list: failing },
      apiKeys: { create: failing, list: failing },
      operations: { migrate: failing, backUp: failing, restore: failing, move: failing },
    };
    const { stderr } = await linkwatch(args, {
      env: {},
      app,
    });
    expect(stderr).toContain('reached the app');
  });

  it('lets a round keep its mail when no mail is configured at all, and says so', async () => {
    const { ENCRYPTION_KEY, CONSTANT_CONTACT_CLIENT_ID } = {
      ENCRYPTION_KEY: Buffer.alloc(32).toString('base64'),
      CONSTANT_CONTACT_CLIENT_ID: 'id',
    };
    const round = aRound({ mail: { sent: 0, pending: 3, held: 0, failed: 0 } });
    const { exitCode, stderr } = await linkwatch('poll', {
      env: { ENCRYPTION_KEY, CONSTANT_CONTACT_CLIENT_ID },
      app: { rounds: { run: async () => round } },
    });
    expect(exitCode).toBe(0);
    expect(stderr).toContain('mail stays pending');
  });

  it('is a failure when tenants could not be polled for a reason of our own, and still prints what was done', async () => {
    const round = aRound({ errors: 2 });
    const { exitCode, stdout, stderr } = await linkwatch(['poll', '--json'], {
      app: { rounds: { run: async () => round } },
    });
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ polled: 3, errors: 2 });
    expect(stderr).toContain('2 tenants could not be polled');
  });
});
