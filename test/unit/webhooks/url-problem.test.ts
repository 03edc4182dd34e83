import { describe, expect, it } from '@jest/globals';
import { webhookUrlProblem } from '../../../src/webhooks/url-problem.ts';

const strict = { allowPrivate: false };
const open = { allowPrivate: true };

describe('The address of a receiver', () => {
  it.each([
    'https://shop.example/hooks?key=1',
    'https://shop.example:8443/',
    'https://8.8.8.8/',
    'https://[2606:4700::1]/',
  ])('may be %s', (url) => {
    expect(webhookUrlProblem(url, strict)).toBeNull();
    expect(webhookUrlProblem(url, open)).toBeNull();
  });

  it.each([
    'http://shop.example/',
    'https://localhost/',
    'https://LOCALHOST./',
    'https://a.localhost/',
    'https://intranet/',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f.0.0.1/',
    'https://0177.0.0.1/',
    'https://10.0.0.1/',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[fd00::1]/',
    'https://[fe80::1]/',
    'https://0/',
    'https://１２７.0.0.1/',
  ])('may be %s only where private addresses are allowed', (url) => {
    expect(webhookUrlProblem(url, strict)).not.toBeNull();
    expect(webhookUrlProblem(url, open)).toBeNull();
  });

  it.each([
    '',
    'shop.example',
    '/hooks',
    'ftp://shop.example/',
    'file:///etc/passwd',
    'https://',
    'javascript:alert(1)',
    'https://user:password@shop.example/',
    'https://user@shop.example/',
    'https://shop.example/#part',
    'https://shop.example/a b',
    ' https://shop.example/',
    'https://shop.example/\n',
    `https://shop.example/${'a'.repeat(2000)}`,
  ])('is never "%s"', (url) => {
    for (const setting of [strict, open]) expect(webhookUrlProblem(url, setting)).not.toBeNull();
  });

  it.each(['https://user:password@shop.example/', 'https://10.0.0.1/secret'])(
    'is not repeated in the reason: %s',
    (url) => {
      expect(webhookUrlProblem(url, strict)).not.toMatch(/user:|10\.0|secret/);
    },
  );
});
