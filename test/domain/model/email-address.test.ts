import { describe, expect, it } from '@jest/globals';
import { asciiAddress, isEmailAddress, parseMailbox } from '../../../src/domain/model/email-address.ts';

describe('an e-mail address', () => {
  it.each([
    'a@b.example',
    'first.last+tag@mail.example.co.uk',
    "o'brien@example.com",
    'jörg@bücher.example',
    'root@localhost',
    'x@xn--bcher-kva.example',
  ])('%s is one', (text) => {
    expect(isEmailAddress(text)).toBe(true);
  });

  it.each([
    '',
    '@',
    'a@',
    '@b.example',
    'a b@c.example',
    'a@b',
    'a@b..example',
    'a@.example',
    'a@b.example.',
    'a@-b.example',
    'a@b_c.example',
    'a@b.123',
    'a@@b.example',
    '.a@b.example',
    'a.@b.example',
    'a..b@c.example',
    'a@b.example,c@d.example',
    'a@b.example\nBcc: x@y.example',
    'a\u200b@b.example',
    `${'a'.repeat(65)}@b.example`,
    `a@${'b'.repeat(64)}.example`,
    `a@${'b.'.repeat(130)}example`,
    '"quoted"@b.example',
    'a@[127.0.0.1]',
  ])('%j is none', (text) => {
    expect(isEmailAddress(text)).toBe(false);
  });
});

describe('A mailbox', () => {
  it.each([
    ['a@b.example', { name: '', address: 'a@b.example' }],
    ['<a@b.example>', { name: '', address: 'a@b.example' }],
    [' Acme (Support) <a@b.example>', { name: 'Acme (Support)', address: 'a@b.example' }],
    ['"Acme <Support>" <a@b.example>', { name: 'Acme <Support>', address: 'a@b.example' }],
    ['"O\\"Brien \\\\ Sons" <a@b.example>', { name: 'O"Brien \\ Sons', address: 'a@b.example' }],
    ['Wacht <a@b\u00e4ckerei.example>', { name: 'Wacht', address: 'a@xn--bckerei-5wa.example' }],
  ])('is read from %j', (text, mailbox) => {
    expect(parseMailbox(text)).toEqual(mailbox);
  });

  it.each([
    '',
    'nobody',
    'a@x.example, b@x.example',
    'Group: a@x.example;b@x.example;',
    'O"Brien <a@b.example>',
    '"Acme <a@b.example>',
    'Acme" <a@b.example>',
    'Acme\nBcc: x@y.example <a@b.example>',
    'Acme <a@b.example> x',
  ])('is none with %j', (text) => {
    expect(parseMailbox(text)).toBeNull();
  });
});

it('An address has its domain in ASCII, or is none', () => {
  expect(asciiAddress('j\u00e4ne@b\u00e4ckerei.example')).toBe('j\u00e4ne@xn--bckerei-5wa.example');
  expect(asciiAddress('nobody')).toBeNull();
});
