import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Digest } from '../../../src/domain/model/digest.ts';
import type { EndReason } from '../../../src/domain/model/hold.ts';
import type { OperatorReport, RecipientGoneReport, ReportedHold } from '../../../src/domain/model/operator-report.ts';
import { HOUR_MS } from '../../../src/domain/model/time.ts';
import { createMailer, type MailServer } from '../../../src/mail/create-mailer.ts';
import { previewDigest } from '../../../src/mail/preview-digest.ts';
import { NOW } from '../../support/builders.ts';
import { anOperatorLetter, aReportedHold, mailerOptions } from '../../support/mail-contents.ts';

let mailer: MailServer;
beforeAll(async () => {
  mailer = await createMailer(mailerOptions());
});

const operators = (report: OperatorReport, kind: 'operator' | 'digest' = 'operator') =>
  mailer.compose(anOperatorLetter({ kind, report }));

function commandsIn(text: string): readonly string[] {
  return Array.from(text.matchAll(/^ {2}(linkwatch .*)$/gm), ([, line = '']) => line);
}

describe("the operator's mail", () => {
  it('says what failed, since when in UTC, and that no owner is told', () => {
    const { subject, text } = mailer.compose(anOperatorLetter());
    expect(subject).toBe('Constant Contact: polls fail for 30 of 40 accounts');
    expect(text).toContain('Since Thursday, January 15, 2026 at 11:00 AM UTC (60 minutes ago)');
    expect(text).toContain('no answer in time');
    expect(text).toContain('No owner is told');
  });

  it('says when it is over and how long it lasted', () => {
    const report = { about: 'outage_ended', since: NOW - 5 * HOUR_MS, endedAt: NOW, kind: 'server' } as const;
    const { subject, text } = mailer.compose(anOperatorLetter({ report }));
    expect(subject).toBe('Constant Contact answers again');
    expect(text).toContain('(5 hours)');
  });

  it('does not stumble over a failure of a kind it has no words for', () => {
    const report = { about: 'outage_began', since: NOW, failing: 1, polled: 1, kind: 'constructor' } as const;
    expect(mailer.compose(anOperatorLetter({ report })).text).toContain('Most often: polls failed.');
  });

  it('has no link for an owner', () => {
    const { headers, text, html } = mailer.compose(anOperatorLetter());
    expect(Object.keys(headers)).not.toContain('List-Unsubscribe');
    expect(text + html).not.toContain('/o/');
  });
});

describe('access that has never worked', () => {
  const tenant = { tenantId: 't-1', tenantName: "Jane's Bakery", failure: 'invalid_grant' } as const;

  it('is told with a count, the first names, and what to type', () => {
    const { subject, text } = operators({ about: 'never_worked', tenants: { items: [tenant], total: 500 } });
    expect(subject).toBe('The access to 500 new accounts has never worked');
    expect(text).toContain("Jane's Bakery (t-1)");
    expect(text).toContain('the refresh token was refused (invalid_grant)');
    expect(text).toContain('and 499 more');
    expect(text).toContain('No owner is told');
    expect(commandsIn(text)).toContain('linkwatch tenant update ID --refresh-token @FILE');
  });
});

describe('a hold', () => {
  const began = (given: Partial<ReportedHold>) =>
    operators({ about: 'hold_began', hold: { ...aReportedHold(), ...given }, polled: 400 });
  const ended = (reason: EndReason, given: Partial<ReportedHold> = {}, remaining = 7) =>
    operators({
      about: 'hold_ended',
      hold: { ...aReportedHold({ endedAt: NOW }), ...given },
      reason,
      recovered: 1,
      remaining,
    });

  it('of a network says how many show what, since when, what follows, and what to type', () => {
    const { subject, text } = began({});
    expect(subject).toBe('Facebook: 100 of 400 accounts broke at once, so owners’ mail is held');
    expect(text).toContain(
      'Since Thursday, January 15, 2026 at 11:00 AM UTC (60 minutes ago), 100 of the 400 accounts',
    );
    expect(text).toContain('permission no longer accepted');
    expect(text).toContain('after FLEET_HOLD in any case');
    expect(commandsIn(text)).toEqual([
      'linkwatch mail list --state held',
      'linkwatch mail release --all',
      'linkwatch mail discard --all',
    ]);
  });

  it.each([
    ['invalid_grant', 'A refresh token works with that application alone.'],
    ['invalid_client', 'CONSTANT_CONTACT_CLIENT_ID and its secret'],
    ['unauthorized', 'CONSTANT_CONTACT_AUTH_URL'],
    ['forbidden', 'campaign_data'],
  ] as const)('because %s was answered to many says what to check', (failure, check) => {
    const { subject, text } = began({ cause: { kind: 'access', failure } });
    expect(subject).toBe('Access refused for 100 of 400 accounts at once: most likely our own fault');
    expect(text).toContain('What to check:\n1. ');
    expect(text).toContain(check);
  });

  it.each([
    ['brake', 'beyond MAIL_BRAKE is held'],
    ['command', 'Somebody held it with `linkwatch mail hold`'],
  ] as const)('by the %s says that somebody must release it', (kind, why) => {
    const { text } = began({ cause: { kind } });
    expect(text).toContain(why);
    expect(text).toContain('Nothing of it is sent until somebody releases it.');
  });

  it.each([
    ['mostly_good_again', 'because nine in ten of them work again', 'its owner is told what is still true'],
    ['held_long_enough', 'as long as FLEET_HOLD allows', 'its owner is told what is still true'],
    ['released', 'with `linkwatch mail release`', 'its owner is told what is still true'],
    ['discarded', 'with `linkwatch mail discard`', 'What was held about them is dropped'],
  ] as const)('that was %s says so, how many recovered, and what becomes of the rest', (reason, why, next) => {
    const { text } = ended(reason);
    expect(text).toContain(why);
    expect(text).toContain('1 account has recovered: its owner was told nothing');
    expect(text).toContain('7 accounts remain.');
    expect(text).toContain(next);
  });

  it('says when nobody is left to be told', () => {
    expect(ended('mostly_good_again', {}, 0).text).toContain('No account is left that still shows it.');
  });
});

describe('the brake', () => {
  it('says how much is held, and how to let it go', () => {
    const { subject, text } = operators({ about: 'brake', perHour: 1500, held: 1 });
    expect(subject).toBe('Too much mail to owners at once: 1 email is held');
    expect(text).toContain('More than 1,500 emails to owners were due within an hour. 1 beyond them is held so far.');
    expect(commandsIn(text)).toContain('linkwatch mail release --all');
  });
});

describe('a recipient who is gone', () => {
  const gone = (given: Partial<RecipientGoneReport>) =>
    operators({
      about: 'recipient_gone',
      tenantId: 't-7',
      tenantName: "Jane's Bakery",
      email: 'jane@bakery.example',
      role: 'owner',
      why: 'undeliverable',
      response: null,
      left: 2,
      ...given,
    });

  it('is named with what the mail server said, and who is left', () => {
    const { subject, text } = gone({ response: '550 5.1.1 No such mailbox\r\n' });
    expect(subject).toBe("Mail to jane@bakery.example (Jane's Bakery) cannot be delivered");
    expect(text).toContain('The mail server said: 550 5.1.1 No such mailbox\n');
    expect(text).toContain("2 other people still get mail about Jane's Bakery.");
    expect(commandsIn(text)).toEqual(['linkwatch tenant update t-7 --owner ADDRESS', 'linkwatch tenant show t-7']);
  });

  it.each([
    ['owner', 1, '--owner'],
    ['cc', 1, '--cc'],
    ['cc', 0, '--owner'],
  ] as const)('who was %s, with %i left, is followed by a new %s', (role, left, flag) => {
    expect(commandsIn(gone({ role, left }).text)).toContain(`linkwatch tenant update t-7 ${flag} ADDRESS`);
  });

  it.each([
    ['unsubscribed', "jane@bakery.example (Jane's Bakery) has unsubscribed"],
    ['not_mine', "jane@bakery.example says that Jane's Bakery is not theirs"],
  ] as const)('because of %s, the last one, leaves the alerts to the operator', (why, subject) => {
    const mail = gone({ why, left: 0 });
    expect(mail.subject).toBe(subject);
    expect(mail.text).toContain('From now on its alerts come to you');
  });
});

describe('the morning digest', () => {
  const digest = (given: Partial<Digest> = {}) =>
    operators({ about: 'digest', digest: { ...previewDigest(NOW), ...given } }, 'digest');
  const empty = { items: [], total: 0 };

  it('counts everything in its subject, what is not shown included', () => {
    expect(digest().subject).toBe('Linkwatch this morning: 22 things to look at');
    const nothing = { held: empty, unreachable: empty, mailFailed: empty, stillBroken: empty, accessLost: empty };
    const one = digest({ ...nothing, checksFailing: empty, unsettled: empty, quota: null });
    expect(one.subject).toBe('Linkwatch this morning: 1 thing to look at');
  });

  it('has its sections in the order of urgency, and leaves out what is empty', () => {
    const titles = Array.from(
      digest({ failing: empty, quota: null }).html.matchAll(/<h2[^>]*>([^<]+)</g),
      ([, title]) => title,
    );
    expect(titles).toEqual([
      'Owners’ mail is held (1)',
      'Contacts that get no mail (2)',
      'Mail that failed for good (1)',
      'Still broken (12)',
      'Access lost (2)',
      'Networks that do not answer Constant Contact (1)',
      'Suspected again and again, never broken (1)',
    ]);
  });

  it('says of each what it is, for how long, and whether anybody knows', () => {
    const { text } = digest();
    expect(text).toContain(
      "- Jane's Bakery: Facebook, Jane's Bakery\n  To be reconnected, for 4 days. Told 4 days ago, no reaction.\n",
    );
    expect(text).toContain('  To be reconnected, for 5 days. No mail about it has arrived: nobody knows.\n');
    expect(text).toContain('(alert): the address was refused. The server said: 550 5.1.1 No such mailbox\n');
  });

  it('says how many more there are, and what shows them', () => {
    expect(digest().text).toContain('- and 9 more\nSee all: linkwatch incidents\n');
  });

  it('keeps a name from becoming a line or a command of its own', () => {
    const item = { tenantId: 't', tenantName: 'Jane\r\nlinkwatch mail discard --all', email: 'a@b.example' };
    const { text } = digest({ unreachable: { items: [{ ...item, why: 'unsubscribed' }], total: 1 } });
    expect(text).toContain('- Jane linkwatch mail discard --all (t)\n');
  });
});
