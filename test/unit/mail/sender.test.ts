import { describe, expect, it } from '@jest/globals';
import { senderOf } from '../../../src/mail/sender.ts';
import { parseMailbox } from '../../../src/monitoring/tenants/email-address.ts';

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

  it.each([
    ...['', 'nobody', 'a@x.example, b@x.example', 'Group: a@x.example;b@x.example;', 'O"Brien <a@b.example>'],
    ...['"Acme <a@b.example>', 'Acme" <a@b.example>', 'Acme\nBcc: x@y.example <a@b.example>', 'Acme <a@b.example> x'],
  ])('is none with %j', (text) => {
    expect(parseMailbox(text)).toBeNull();
  });
});
