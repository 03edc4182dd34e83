import { describe, expect, it } from '@jest/globals';
import { formatProblems, type Purpose } from '../../../src/config/config.ts';
import { A_KEY, completeEnv, configOf, noFiles, problemsOf } from '../../support/config-environment.ts';

const names = (env: Record<string, string | undefined>, purpose: Purpose): readonly string[] =>
  problemsOf(env, { purpose }).map(({ variable }) => variable);

describe('what a command needs', () => {
  it('is complete for the daemon with five values', () => {
    expect(problemsOf(completeEnv, { purpose: 'start' })).toEqual([]);
  });

  it('is named all at once when the daemon has nothing', () => {
    const missing = problemsOf({}, { purpose: 'start' });
    expect(missing.map(({ variable }) => variable)).toEqual([
      'ENCRYPTION_KEY',
      'CONSTANT_CONTACT_CLIENT_ID',
      'SMTP_URL',
      'MAIL_FROM',
      'OPERATOR_EMAIL',
    ]);
    expect(missing.every(({ value, instead }) => value === null && instead.length > 0)).toBe(true);
  });

  it.each<[Purpose, readonly string[]]>([
    ['poll', ['ENCRYPTION_KEY', 'CONSTANT_CONTACT_CLIENT_ID']],
    ['grants', ['ENCRYPTION_KEY']],
    ['mail', ['SMTP_URL', 'MAIL_FROM']],
    ['read', []],
  ])('is for %s: %j', (purpose, missing) => {
    expect(names({}, purpose)).toEqual(missing);
  });

  it('includes all of the mail settings for a round as soon as one is there', () => {
    const env = { ENCRYPTION_KEY: A_KEY, CONSTANT_CONTACT_CLIENT_ID: 'id' };
    expect(names(env, 'poll')).toEqual([]);
    expect(names({ ...env, SMTP_URL: 'smtp://localhost' }, 'poll')).toEqual(['MAIL_FROM', 'OPERATOR_EMAIL']);
    expect(names({ ...env, OPERATOR_EMAIL: 'a@b.example' }, 'poll')).toEqual(['SMTP_URL', 'MAIL_FROM']);
  });

  it('does not call a bad value missing as well', () => {
    expect(names({ ...completeEnv, ENCRYPTION_KEY: 'short' }, 'start')).toEqual(['ENCRYPTION_KEY']);
  });
});

describe('a value that is far too long', () => {
  it('is refused before anything reads it', () => {
    expect(problemsOf({ MAIL_FROM: `Acme${' '.repeat(100_000)}<a@b.example>` })).toMatchObject([
      { variable: 'MAIL_FROM', problem: 'it is longer than 10000 characters' },
    ]);
  });
});

describe('quotation marks that are part of a value', () => {
  it.each([
    ['SMTP_URL', '"smtp://mail.example.com"'],
    ['HTTP_PORT', "'8080'"],
    ['CONSTANT_CONTACT_CLIENT_SECRET', '"a-secret"'],
    ['CONSTANT_CONTACT_CLIENT_ID', '`an-id`'],
    ['MAIL_FROM', '"Acme <a@b.example>"'],
    ['RECONNECT_STEPS_FILE', '"./steps.json"'],
    ['POLL_SCHEDULE', ' "0 * * * *" '],
    ['OPERATOR_EMAIL', '""'],
  ])('%s=%s is refused: docker --env-file leaves them', (name, text) => {
    expect(problemsOf({ [name]: text })).toMatchObject([
      { variable: name, problem: expect.stringContaining('docker --env-file'), instead: 'it without them' },
    ]);
  });

  it('are refused in the file of a secret as well', () => {
    const env = { SMTP_URL_FILE: '/run/smtp' };
    expect(problemsOf(env, { readFile: () => '"smtp://mail.example.com"\n' })).toMatchObject([
      { variable: 'SMTP_URL', value: '[redacted]' },
    ]);
  });

  it.each(['CONSTANT_CONTACT_CLIENT_SECRET', 'DATABASE_URL', 'MAIL_FROM', 'RECONNECT_STEPS_FILE'])(
    '%s with one that is never closed is refused',
    (name) => {
      expect(problemsOf({ [name]: '"file <a@b.example>' })).toMatchObject([
        { variable: name, problem: 'it begins with a quotation mark that is never closed' },
      ]);
    },
  );

  it('belong to a name that stands in them', () => {
    expect(problemsOf({ MAIL_FROM: '"Acme, Inc." <a@b.example>' })).toEqual([]);
  });
});

describe('the file of a secret', () => {
  it.each([
    ['UTF-16', Buffer.from('\ufeffa-secret', 'utf16le').toString()],
    ['an old code page', Buffer.from('s\u00e4cret', 'latin1').toString()],
  ])('in %s is refused', (_, text) => {
    const env = { CONSTANT_CONTACT_CLIENT_SECRET_FILE: '/run/secret' };
    expect(problemsOf(env, { readFile: () => text })).toMatchObject([
      { variable: 'CONSTANT_CONTACT_CLIENT_SECRET_FILE', problem: 'the file is not UTF-8' },
    ]);
  });

  it('may begin with the mark that some editors write', () => {
    const env = { CONSTANT_CONTACT_CLIENT_SECRET_FILE: '/run/secret' };
    expect(configOf(env, { readFile: () => '\ufeffa-secret\r\n' }).constantContact.clientSecret).toBe('a-secret');
  });
});

describe('a parameter of DATABASE_URL that is not honoured', () => {
  it.each([
    ['file:./x.db?connection_limit=1', 'SQLite takes no parameters: connection_limit'],
    ['file:./x.db?a=1&b=2', 'SQLite takes no parameters: a, b'],
    [
      'postgresql://u:p@host/db?connection_limit=1&schema=lw&x=',
      "PostgreSQL's driver does not know: connection_limit, x",
    ],
    ['postgresql://host/db?schema=a&schema=b', 'schema stands in it twice'],
    ['postgresql://host/db?sslmode=on', 'its sslmode is none'],
  ])('%s is refused by its name', (url, problem) => {
    expect(problemsOf({ DATABASE_URL: url })).toMatchObject([{ variable: 'DATABASE_URL', problem }]);
  });
});

describe('problems', () => {
  it('are all reported together, bad values and missing ones', () => {
    const env = { POLL_SCHEDULE: 'hourly', HTTP_PORT: '99999', CONFIRM_POLLS: '0', REMIND_AFTER: '7d,2d' };
    expect(names(env, 'grants')).toEqual([
      'POLL_SCHEDULE',
      'CONFIRM_POLLS',
      'REMIND_AFTER',
      'HTTP_PORT',
      'ENCRYPTION_KEY',
    ]);
  });

  it('ignore variables that are none of ours', () => {
    expect(problemsOf({ POLL_SCHEDULES: 'x', MAIL_TO: 'y', CONSTANT_CONTACT_REGION: 'z', PATH: '/bin' })).toEqual([]);
  });

  it('read as a list that says what to write', () => {
    const text = formatProblems(problemsOf({ HTTP_PORT: '99999' }, { purpose: 'grants' }));
    expect(text).toBe(
      [
        'The configuration has 2 problems.',
        '',
        '  HTTP_PORT=99999',
        '    it is more than 65535',
        '    write: a whole number from 0 to 65535, in digits alone',
        '',
        '  ENCRYPTION_KEY',
        '    it is not set',
        '    write: what `linkwatch key new` prints',
      ].join('\n'),
    );
  });

  it('show a bad value shortened', () => {
    const [problem] = problemsOf({ LOG_LEVEL: 'x'.repeat(10_000) });
    expect(problem?.value?.length).toBeLessThan(300);
  });
});

describe('NAME_FILE', () => {
  const files = (path: string): string => {
    const text = { '/run/key': `${A_KEY}\n`, '/run/smtp': ' smtp://u:p@mail.example.com \r\n', '/run/empty': '\n' }[
      path
    ];
    return text ?? noFiles(path);
  };

  it('reads a secret from a file, without the line break at its end', () => {
    const config = configOf({ ENCRYPTION_KEY_FILE: '/run/key', SMTP_URL_FILE: '/run/smtp' }, { readFile: files });
    expect(config.encryptionKeys[0]?.[0]).toBe(7);
    expect(config.mail.smtpUrl).toBe('smtp://u:p@mail.example.com');
  });

  it('cannot stand beside NAME', () => {
    const [problem] = problemsOf({ ENCRYPTION_KEY_FILE: '/run/key', ENCRYPTION_KEY: A_KEY }, { readFile: files });
    expect(problem).toEqual({
      variable: 'ENCRYPTION_KEY_FILE',
      value: '/run/key',
      problem: 'ENCRYPTION_KEY is set as well',
      instead: 'one of ENCRYPTION_KEY and ENCRYPTION_KEY_FILE',
    });
  });

  it.each([
    ['/run/none', 'the file cannot be read (ENOENT)'],
    ['/run/empty', 'the file is empty'],
  ])('says what is wrong with %s, once', (path, message) => {
    const problems = problemsOf({ ENCRYPTION_KEY_FILE: path }, { readFile: files, purpose: 'grants' });
    expect(problems.map(({ problem }) => problem)).toEqual([message]);
  });

  it('reads a default away too', () => {
    const readFile = () => 'postgresql://host/db';
    expect(configOf({ DATABASE_URL_FILE: '/run/db' }, { readFile }).database.url).toBe('postgresql://host/db');
  });

  it('is empty as good as not set', () => {
    expect(problemsOf({ ENCRYPTION_KEY_FILE: '', ENCRYPTION_KEY: A_KEY })).toEqual([]);
  });

  it('is for secrets alone, and says so instead of being ignored', () => {
    const [problem] = problemsOf({ LOG_LEVEL_FILE: '/run/level' });
    expect(problem).toMatchObject({ variable: 'LOG_LEVEL_FILE', instead: 'LOG_LEVEL=value' });
  });

  it('reads the steps file, which is named like one, as a path', () => {
    const config = configOf({ RECONNECT_STEPS_FILE: './steps.json' }, { readFile: () => '{}' });
    expect(config.mail.reconnectStepsFile).toBe('./steps.json');
  });
});
