import { describe, expect, it } from '@jest/globals';
import { parseMailbox } from '../../../src/domain/model/email-address.ts';
import { senderOf } from '../../../src/mail/sender.ts';

describe('the sender of a mail', () => {
  it.each([
    ['a@b.example', '"Linkwatch" <a@b.example>', 'b.example'],
    ['<a@b.example>', '"Linkwatch" <a@b.example>', 'b.example'],
    ['"" <a@b.example>', '"Linkwatch" <a@b.example>', 'b.example'],
    ['Acme (Support) <a@b.example>', '"Acme (Support)" <a@b.example>', 'b.example'],
    ['Acme, Inc.; a@b <a@b.example>', '"Acme, Inc.; a@b" <a@b.example>', 'b.example'],
    ['Acme<a@b.example>', '"Acme" <a@b.example>', 'b.example'],
    ['"Acme <Support>" <a@b.example>', '"Acme <Support>" <a@b.example>', 'b.example'],
    ['"O\\"Brien \\\\ Sons" <a@b.example>', '"O\\"Brien \\\\ Sons" <a@b.example>', 'b.example'],
    ['Wacht <a@b\u00e4ckerei.example>', '"Wacht" <a@xn--bckerei-5wa.example>', 'xn--bckerei-5wa.example'],
    ['Wacht <a@XN--BCKEREI-5WA.example>', '"Wacht" <a@xn--bckerei-5wa.example>', 'xn--bckerei-5wa.example'],
  ])('as configured with %s', (text, header, domain) => {
    const mailbox = parseMailbox(text);
    expect(mailbox === null ? null : senderOf(mailbox, 'Linkwatch')).toMatchObject({ header, domain });
  });
});
