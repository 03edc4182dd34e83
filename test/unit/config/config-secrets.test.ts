import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { describeConfig, type Environment, formatProblems, redactorFor } from '../../../src/config/config.ts';
import { noFiles, problemsOf } from '../../support/config-environment.ts';

/** Long and unlike any word, so that finding it in a text means that it leaked. */
const aSecret = fc.string({
  unit: fc.constantFrom(...'QXZJKVWqxzjkvw0123456789+/#?@:&=%$!'),
  minLength: 24,
  maxLength: 60,
});
const anEncodedSecret = aSecret.map(encodeURIComponent);

const secretValues: readonly ((secret: string) => Environment)[] = [
  (secret) => ({ ENCRYPTION_KEY: secret }),
  (secret) => ({ ENCRYPTION_KEY: `${Buffer.alloc(32, 1).toString('base64')},${secret}` }),
  (secret) => ({ CONSTANT_CONTACT_CLIENT_SECRET: secret }),
  (secret) => ({ CONSTANT_CONTACT_CLIENT_SECRET: `with a space ${secret}` }),
  (secret) => ({ SMTP_URL: `smtp://user:${secret}@mail.example.com:587` }),
  (secret) => ({ SMTP_URL: `smtp://${secret}@mail.example.com` }),
  (secret) => ({ SMTP_URL: `http://user:${secret}@mail.example.com` }),
  (secret) => ({ SMTP_URL: `user:${secret}@mail.example.com` }),
  (secret) => ({ DATABASE_URL: `postgresql://user:${secret}@db.example.com/linkwatch` }),
  (secret) => ({ DATABASE_URL: `mysql://user:${secret}@db.example.com/linkwatch` }),
  (secret) => ({ DATABASE_URL: `postgresql://db.example.com/linkwatch?password=${secret}` }),
  (secret) => ({ HEARTBEAT_URL: `https://hc.example.com/${secret}` }),
  (secret) => ({ HEARTBEAT_URL: `ftp://hc.example.com/${secret}` }),
  (secret) => ({ MAIL_DKIM_PRIVATE_KEY: secret }),
  (secret) => ({ MAIL_DKIM_PRIVATE_KEY: `-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----` }),
  (secret) => ({ PUBLIC_URL: `https://user:${secret}@linkwatch.example.com` }),
  (secret) => ({ RECONNECT_URL: `ftp://user:${secret}@app.example.com` }),
];

function everythingShown(env: Environment, readFile = noFiles): string {
  const problems = problemsOf(env, { purpose: 'start', readFile });
  return [formatProblems(problems), JSON.stringify(problems), JSON.stringify(describeConfig(env, { readFile }))].join(
    '\n',
  );
}

describe('a secret', () => {
  it.each(secretValues.map((make, index) => [JSON.stringify(make('SECRET')), index] as const))(
    'is never shown: %s',
    (_, index) => {
      const make = secretValues[index];
      fc.assert(
        fc.property(fc.oneof(aSecret, anEncodedSecret), (secret) => {
          expect(everythingShown(make?.(secret) ?? {})).not.toContain(secret);
        }),
      );
    },
  );

  it('is not shown either when it comes from a file', () => {
    const env = { SMTP_URL_FILE: '/run/smtp', ENCRYPTION_KEY_FILE: '/run/key' };
    const shown = everythingShown(env, () => 'smtp://user:kT9wQxZ7vJ4mB2nR@mail.example.com');
    expect(shown).not.toContain('kT9wQxZ7vJ4mB2nR');
  });

  it('leaves what helps to recognise it', () => {
    const shownOf = (env: Environment, name: string): string | null | undefined =>
      describeConfig(env, { readFile: noFiles }).variables.find((variable) => variable.name === name)?.value;
    expect(shownOf({ SMTP_URL: 'smtps://me:p@mail.example.com:465' }, 'SMTP_URL')).toBe(
      'smtps://[redacted]@mail.example.com:465',
    );
    expect(shownOf({ DATABASE_URL: 'postgresql://me:p@db:5432/lw?sslmode=require' }, 'DATABASE_URL')).toBe(
      'postgresql://[redacted]@db:5432/lw?[redacted]',
    );
    expect(shownOf({}, 'DATABASE_URL')).toBe('file:./data/linkwatch.db');
    expect(shownOf({ HEARTBEAT_URL: 'https://hc.example.com/ping/1' }, 'HEARTBEAT_URL')).toBe(
      'https://hc.example.com/[redacted]',
    );
    expect(shownOf({ CONSTANT_CONTACT_CLIENT_SECRET: 's' }, 'CONSTANT_CONTACT_CLIENT_SECRET')).toBe('[redacted]');
  });
});

describe('the redactor of messages from elsewhere', () => {
  const redact = redactorFor(
    {
      SMTP_URL: 'smtp://user:p%40ssword@mail.example.com',
      DATABASE_URL: 'postgresql://me:db-password@db/lw?sslmode=require&password=other-one',
      ENCRYPTION_KEY: 'first-key,second-key',
      CONSTANT_CONTACT_CLIENT_SECRET: 'abc',
    },
    noFiles,
  );

  it.each([
    ['cannot reach smtp://user:p%40ssword@mail.example.com', 'cannot reach [redacted]'],
    ['535 bad password p@ssword for user', '535 bad password [redacted] for user'],
    ['auth failed for me with db-password', 'auth failed for me with [redacted]'],
    ['other-one', '[redacted]'],
    ['second-key is bad', '[redacted] is bad'],
    ['TLS is required', 'TLS is required'],
    ['abc is too short to be blotted out everywhere', 'abc is too short to be blotted out everywhere'],
  ])('%j becomes %j', (message, redacted) => {
    expect(redact(message)).toBe(redacted);
  });

  it('leaves the path of the embedded database readable', () => {
    expect(redactorFor({ DATABASE_URL: 'file:/var/lib/x.db' }, noFiles)('cannot open file:/var/lib/x.db')).toBe(
      'cannot open file:/var/lib/x.db',
    );
  });
});
