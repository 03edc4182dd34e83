import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Digest, Listed } from '../../../src/domain/model/digest.ts';
import { languages } from '../../../src/domain/model/language.ts';
import type { MessageContent, MessageProblem } from '../../../src/domain/model/message-content.ts';
import { DAY_MS, HOUR_MS } from '../../../src/domain/model/time.ts';
import { createMailer, type MailServer } from '../../../src/mail/create-mailer.ts';
import { aTenant, NOW } from '../../support/builders.ts';
import { aLetter, anOperatorLetter, aProblem, aRecipient, mailerOptions } from '../../support/mail-contents.ts';

/** Gmail cuts a mail off at 102 KB, and with it the way to unsubscribe. */
const MOST_BYTES = 90_000;

const longNames = [
  'Jane\'s & <Bakery> "No. 1" '.repeat(20),
  '🍞'.repeat(255),
  '👩‍👩‍👧‍👦'.repeat(255),
  'مخبز جين '.repeat(40),
  `e${'\u0301'.repeat(254)}`,
  '&'.repeat(255),
].map((name) => name.slice(0, 255).toWellFormed());

let mailer: MailServer;
beforeAll(async () => {
  mailer = await createMailer(mailerOptions());
});

function problemsOf(count: number, given: Partial<MessageProblem> = {}): readonly MessageProblem[] {
  return Array.from({ length: count }, (_, index) => ({
    ...aProblem({
      incidentId: `incident-${index}`,
      accountId: String(index).repeat(80).slice(0, 255),
      displayName: longNames[index % longNames.length] ?? null,
      network: ['facebook', 'instagram', 'x'.repeat(255)][index % 3] ?? 'x',
      since: NOW - HOUR_MS - index * 1000,
    }),
    ...given,
  }));
}

const kinds: readonly [string, Partial<MessageContent>, Partial<MessageProblem>][] = [
  ['an alert', {}, {}],
  ['an alert about pages', {}, { action: 'choose_profile', conditions: ['no_profile'] }],
  ['an alert about limits', {}, { action: 'wait', conditions: ['rate_limited'] }],
  ['an alert of the baseline', { reason: 'found_at_baseline' }, {}],
  ['a reminder', { kind: 'reminder' }, {}],
  ['the last reminder', { kind: 'reminder', isLastReminder: true }, {}],
  ['a recovery', { kind: 'recovered' }, { until: NOW }],
  ['a mail about flapping', { kind: 'flapping' }, {}],
  ['a removal', { kind: 'removed' }, { action: 'none', conditions: ['removed'] }],
];

function bytesOf(content: MessageContent): number {
  const { html, text } = mailer.compose(content);
  return Math.max(Buffer.byteLength(html), Buffer.byteLength(text));
}

describe.each(languages)('a mail in %s', (locale) => {
  it.each(kinds)('(%s) stays whole in every mailbox, however much broke', (_kind, given, problem) => {
    const alsoTo = Array.from({ length: 100 }, (_, index) => `${'x'.repeat(200)}${index}@bakery.example`);
    const name = longNames[0] ?? '';
    const recipient = aRecipient({ alsoTo, tenant: aTenant({ locale, name, senderName: name }) });
    const sizes = [1, 2, 30, 100, 1000].map((count) =>
      bytesOf(aLetter({ ...given, recipient, problems: problemsOf(count, problem) })),
    );
    expect(Math.max(...sizes)).toBeLessThan(MOST_BYTES);
  });
});

describe('a mail about many accounts', () => {
  const many = (given: Partial<MessageContent> = {}) =>
    mailer.compose(
      aLetter({ problems: problemsOf(100).map((problem, index) => ({ ...problem, ...named(index) })), ...given }),
    );
  const named = (index: number) => ({
    connection: { network: 'facebook', accountId: `${index}`, displayName: `Branch ${index}` },
    action: index < 40 ? ('wait' as const) : index < 70 ? ('choose_profile' as const) : ('reconnect' as const),
    since: NOW - index * DAY_MS,
  });

  it('lists the worst, counts the others, and leads to all of them', () => {
    const { subject, text, html } = many();
    expect(subject).toBe("60 social accounts of Jane's Bakery need you");
    const listed = Array.from(text.matchAll(/^Facebook: (.*)$/gm), ([, account]) => account);
    expect(listed).toEqual(Array.from({ length: 10 }, (_, index) => `Branch ${99 - index}`));
    expect(text).toMatch(/\nand 90 more accounts:\nhttps:\/\/watch\.example\.com\/o\/[\w.-]+\n/);
    expect(html).toContain('and 90 more accounts</a>');
  });

  it('says the steps once, whatever there is to list', () => {
    expect(many().text.match(/Reconnect each account listed here/g)).toHaveLength(1);
  });

  it('leads nowhere when it goes to the operator, who has the commands', () => {
    const recipient = aRecipient({ contact: null });
    expect(many({ recipient }).text).toContain('\nand 90 more accounts\n');
  });

  it('keeps to the operator’s own steps, and to its bounds', async () => {
    const step = `{account} ${'🍞'.repeat(140)}`;
    const steps = { default: { reconnect: Array.from({ length: 12 }, () => step) } };
    const advised = await createMailer(mailerOptions({ reconnectSteps: steps }));
    const { html } = advised.compose(aLetter({ problems: problemsOf(100) }));
    expect(Buffer.byteLength(html)).toBeLessThan(MOST_BYTES);
  });
});

describe('the digest', () => {
  const listed = <T>(item: (name: string) => T): Listed<T> => ({
    items: Array.from({ length: 20 }, (_, index) => item(longNames[index % longNames.length] ?? '')),
    total: 1000,
  });
  const tenant = (name: string) => ({ tenantId: 'tenant-1', tenantName: name });
  const account = (name: string) => ({ ...tenant(name), network: name, account: name });
  const digest: Digest = {
    stillBroken: listed((name) => ({
      ...account(name),
      incidentId: 'incident-1',
      action: 'reconnect',
      since: NOW - DAY_MS,
      toldAt: NOW,
      reaction: 'none',
    })),
    accessLost: listed((name) => ({
      ...tenant(name),
      action: 'reauthorize',
      hasNeverWorked: true,
      since: NOW - DAY_MS,
    })),
    unreachable: listed((name) => ({ ...tenant(name), email: `${'x'.repeat(200)}@x.example`, why: 'undeliverable' })),
    failing: listed((name) => ({ ...tenant(name), kind: 'timeout', since: NOW - DAY_MS })),
    checksFailing: listed((name) => ({ ...account(name), since: NOW - DAY_MS })),
    unsettled: listed((name) => ({ ...account(name), suspicions: 7 })),
    mailFailed: listed((name) => ({
      ...tenant(name),
      to: 'x@x.example',
      kind: 'alert',
      reason: 'refused',
      response: name.repeat(20),
    })),
    held: listed((name) => ({
      cause: { kind: 'fleet', network: name, condition: 'token_invalid' },
      since: NOW,
      mails: 7,
    })),
    quota: { perDay: 10_000, planned: 20_000, stretch: 2 },
  };

  it('stays whole too, and counts what it leaves out', () => {
    const content = anOperatorLetter({ kind: 'digest', report: { about: 'digest', digest } });
    expect(bytesOf(content)).toBeLessThan(MOST_BYTES);
    expect(mailer.compose(content).text).toMatch(/and 9\d\d more/);
  });
});
