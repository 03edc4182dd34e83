import { beforeAll, describe, expect, it } from '@jest/globals';
import type { ComposedMail, MessageContent } from '../../../src/domain/model/message-content.ts';
import { createMailer, type MailServer } from '../../../src/mail/create-mailer.ts';
import { aLetter, anAccessProblem, aProblem, mailerOptions } from '../../support/mail-contents.ts';

let mailer: MailServer;
beforeAll(async () => {
  mailer = await createMailer(mailerOptions());
});

const compose = (given: Partial<MessageContent> = {}): ComposedMail => mailer.compose(aLetter(given));
const limited = aProblem({ network: 'linkedin', action: 'wait', conditions: ['rate_limited'] });
const noProfile = aProblem({ network: 'instagram', action: 'choose_profile', conditions: ['no_profile'] });

describe("a reader's links", () => {
  const pathsIn = ({ text }: ComposedMail) => Array.from(text.matchAll(/\/o\/[\w.-]+(\S*)/g), ([, path]) => path);
  const always = ['', '/preferences', '/not-mine', '/unsubscribe'];

  it.each<[string, Partial<MessageContent>, readonly string[]]>([
    ['an alert', {}, ['/check', '/snooze', '', ...always]],
    ['a reminder', { kind: 'reminder' }, ['/check', '/snooze', '', ...always]],
    [
      'the last reminder, after which there is none to put off',
      { kind: 'reminder', isLastReminder: true },
      ['/check', '', ...always],
    ],
    ['an alert that asks for nothing', { problems: [limited] }, always],
    ['a recovery', { kind: 'recovered' }, always],
    ['a mail about flapping', { kind: 'flapping' }, ['', ...always]],
    ['a removal', { kind: 'removed' }, ['', ...always]],
    ['our access lost', { kind: 'reauthorize', problems: [anAccessProblem()] }, ['/snooze', '', ...always]],
    ['our access back', { kind: 'recovered', problems: [anAccessProblem()] }, always],
  ])('in %s', (_what, given, paths) => {
    expect(pathsIn(compose(given))).toEqual(paths);
  });

  it.each([
    ['reconnected', [aProblem()], 'I have reconnected: check now'],
    ['chosen a page', [noProfile], 'It is done: check now'],
    ['done several things', [aProblem(), noProfile], 'It is done: check now'],
  ])('ask for a check in the words of who has %s', (_what, problems, label) => {
    expect(compose({ problems }).text).toContain(`\n${label}\nhttps://`);
  });
});
