import { beforeAll, describe, expect, it } from '@jest/globals';
import type { MessageContent } from '../../src/domain/model/message-content.ts';
import { createMailer, type MailServer } from '../../src/mail/create-mailer.ts';
import { NOW } from '../support/builders.ts';
import { aLetter, anAccessProblem, aProblem, mailerOptions } from '../support/mail-contents.ts';
import { readTakenMail } from './taken-mail.ts';

let mailer: MailServer;
beforeAll(async () => {
  mailer = await createMailer(mailerOptions());
});

function read(given: Partial<MessageContent>, to = 'owner@bakery.example') {
  const { messageId, subject, text, html } = mailer.compose(aLetter(given));
  const source = `Subject: Something\r\nMessage-ID: ${messageId}\r\n\r\n${text}`;
  const caught = {
    id: 1,
    receivedAt: new Date(NOW),
    from: '',
    envelopeFrom: '',
    to: [to],
    subject,
    text,
    html,
    source,
  };
  return readTakenMail(caught, { tenantOf: new Map([['owner@bakery.example', 'bakery']]), isDropped: false });
}

const instagram = aProblem({ network: 'instagram' });

describe('a mail that was taken', () => {
  it('is known by its Message-ID, its reader and the time', () => {
    const { notificationId } = aLetter();
    expect(read({})).toMatchObject({ tenantId: 'bakery', at: NOW, messageId: expect.stringContaining(notificationId) });
    expect(read({}, 'operator@agency.example')).toMatchObject({ tenantId: null });
  });

  it.each<[string, Partial<MessageContent>, object]>([
    ['an alert', {}, { kind: 'alert', networks: ['facebook'] }],
    [
      'an alert about several accounts',
      { problems: [aProblem(), instagram] },
      { kind: 'alert', networks: ['facebook', 'instagram'] },
    ],
    [
      'an alert about lost permissions',
      { problems: [aProblem({ network: 'tiktok', conditions: ['scopes_missing'] })] },
      { kind: 'alert', networks: ['tiktok'] },
    ],
    ['thanks', { kind: 'recovered' }, { kind: 'recovered', networks: ['facebook'] }],
    [
      'thanks for several accounts',
      { kind: 'recovered', problems: [aProblem({ network: 'linkedin' }), instagram] },
      { kind: 'recovered', networks: ['linkedin', 'instagram'] },
    ],
    ['a mail about an account that flaps', { kind: 'flapping' }, { kind: 'other' }],
    ['a mail about an account that is gone', { kind: 'removed' }, { kind: 'other' }],
    ['a mail about lost access', { kind: 'reauthorize', problems: [anAccessProblem()] }, { networks: [] }],
  ])('is read from its text: %s', (_, given, expected) => {
    expect(read(given)).toMatchObject(expected);
  });
});
