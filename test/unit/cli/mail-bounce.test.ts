import { describe, expect, it } from '@jest/globals';
import type { BounceOutcome } from '../../../src/monitoring/views.ts';
import { linkwatch } from '../../support/cli-run.ts';
import { completeEnv } from '../../support/config-environment.ts';

const about = {
  id: 'mail-1',
  to: ['jane@bakery.example'],
  kind: 'alert',
  status: '5.1.1',
  response: '550 5.1.1 No such user',
} as const;

async function bounce(outcome: BounceOutcome, args = 'mail bounce') {
  return await linkwatch(args, { app: { mail: { recordBounce: async () => outcome } }, stdin: 'From: x\n\n' });
}

describe('mail bounce', () => {
  it.each<[string, BounceOutcome, number, RegExp, RegExp]>([
    [
      'says what was recorded',
      { outcome: 'recorded', ...about, reason: 'address_refused', isRepeated: false, contactState: 'active' },
      0,
      /^Recorded: the alert mail mail-1 to jane@bakery\.example came back, there is no such address; a second time makes it undeliverable\.\n5\.1\.1: 550 5\.1\.1 No such user\n$/,
      /^$/,
    ],
    [
      'says that it was not delivered',
      { outcome: 'recorded', ...about, reason: 'bounced', isRepeated: false, contactState: 'active' },
      0,
      /it was not delivered/,
      /^$/,
    ],
    [
      'says what was known already',
      { outcome: 'recorded', ...about, reason: 'bounced', isRepeated: true, contactState: 'active' },
      0,
      /^Known already: /,
      /^$/,
    ],
    [
      'says what was only noted',
      { outcome: 'soft', ...about },
      0,
      /^Noted: .* is not there yet, or may still come/,
      /^$/,
    ],
    [
      'knows no mail that it is about',
      { outcome: 'unknown', id: null, why: 'no_address' },
      1,
      /Nothing was changed/,
      /names none[\s\S]*MAIL_RETURN_PATH/,
    ],
    [
      'believes no signature but ours',
      { outcome: 'unknown', id: 'm', why: 'bad_signature' },
      1,
      /Nothing/,
      /mail m whose signature is not ours[\s\S]*NEW,OLD/,
    ],
    [
      'knows no such mail',
      { outcome: 'unknown', id: 'm', why: 'no_such_mail' },
      1,
      /Nothing/,
      /mail m, which is not known here[\s\S]*DATABASE_URL/,
    ],
    ['knows that it never went out', { outcome: 'unknown', id: 'm', why: 'never_sent' }, 1, /Nothing/, /never sent/],
    ['got nothing', { outcome: 'not_a_bounce', id: null, why: 'empty' }, 1, /Nothing/, /Nothing came in on stdin/],
    ['cannot read it', { outcome: 'not_a_bounce', id: null, why: 'unreadable' }, 1, /Nothing/, /not a mail/],
    [
      'finds no report',
      { outcome: 'not_a_bounce', id: null, why: 'no_report' },
      1,
      /Nothing/,
      /RFC 3464[\s\S]*tenant update/,
    ],
    ['finds no failure', { outcome: 'not_a_bounce', id: 'm', why: 'no_failure' }, 1, /Nothing/, /was delivered/],
  ])('%s', async (_, outcome, exitCode, stdout, stderr) => {
    const result = await bounce(outcome);
    expect(result.exitCode).toBe(exitCode);
    expect(result.stdout).toMatch(stdout);
    expect(result.stderr).toMatch(stderr);
  });

  it.each<[BounceOutcome, number]>([
    [{ outcome: 'recorded', ...about, reason: 'bounced', isRepeated: false, contactState: 'active' }, 0],
    [{ outcome: 'soft', ...about }, 0],
    [{ outcome: 'unknown', id: null, why: 'no_address' }, 1],
    [{ outcome: 'not_a_bounce', id: null, why: 'no_report' }, 1],
  ])('--json gives one document: %j', async (outcome, exitCode) => {
    const result = await bounce(outcome, 'mail bounce --json');
    expect(result.json).toEqual(outcome);
    expect(result.exitCode).toBe(exitCode);
  });

  it('hands over what came in, to the byte', async () => {
    let got = '';
    const recordBounce = async (_: unknown, source: Uint8Array): Promise<BounceOutcome> => {
      got = Buffer.from(source).toString();
      return { outcome: 'soft', ...about };
    };
    await linkwatch('mail bounce', { app: { mail: { recordBounce } }, stdin: 'From: x\r\n\r\nümlaut' });
    expect(got).toBe('From: x\r\n\r\nümlaut');
  });

  it('does not even look at more than 10 MiB', async () => {
    const result = await linkwatch('mail bounce --json', { stdin: 'x'.repeat(10 * 1024 * 1024 + 1) });
    expect(result.exitCode).toBe(1);
    expect(result.json).toEqual({ outcome: 'not_a_bounce', id: null, why: 'too_large' });
  });

  it('shows nothing of a server’s that could steer a terminal', async () => {
    const hostile = { ...about, response: '550 \u001b[2Jgone' };
    const { stdout } = await bounce({
      outcome: 'recorded',
      ...hostile,
      reason: 'bounced',
      isRepeated: false,
      contactState: 'active',
    });
    expect(stdout).not.toContain('\u001b');
  });

  it.each([['mail bounce somewhere.eml'], ['mail bounce --what']])('is wrong usage as `%s`', async (args) => {
    expect((await linkwatch(args)).exitCode).toBe(2);
  });

  it('needs the key that signed the address', async () => {
    const { ENCRYPTION_KEY: _, ...env } = completeEnv;
    const result = await linkwatch('mail bounce', { env });
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toContain('ENCRYPTION_KEY');
  });
});
