import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { scrub } from '../../../src/constant-contact/scrub.ts';

const REFRESH_TOKEN = '6e7yUPWuyRVfYAFrXN4IbXG2RZ2cnNDFwH8gk1fPz0M';
const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln';

/** Text from few kinds of pieces, so that tokens come next to anything. */
const anyText = fc.array(fc.constantFrom('"', ' ', ':', '&', 'error=', 'Bearer ', 'é', '\0', '<b>', 'x'.repeat(500)));
const tokenAlphabet = fc.constantFrom(...'abcXYZ019-_~.+/=');
const token = fc.string({ unit: tokenAlphabet, minLength: 12, maxLength: 1200 });

describe('scrubbing', () => {
  it.each([
    ['a known secret', 'wrong: s3cret!', ['s3cret!'], 'wrong: [redacted]'],
    ['a known secret, URL-encoded', 'key=a%2Bb%2Fc%3D', ['a+b/c='], 'key=[redacted]'],
    ['a known secret as JSON', '{"x":"a\\"b-long"}', ['a"b-long'], '{"x":"[redacted]"}'],
    ['the longer of two secrets first', 'abcdef abc', ['abc', 'abcdef'], '[redacted] [redacted]'],
    ['an opaque token nobody told of', `got ${REFRESH_TOKEN}!`, [], 'got [redacted]!'],
    ['a JWT, however short', `got ${JWT}`, [], 'got [redacted]'],
    ['an echoed Authorization header', 'authorization: Bearer abc.def', [], 'authorization: Bearer [redacted]'],
    ['a short token by its name', '{"refresh_token":"abc"}', [], '{"refresh_token":"[redacted]"}'],
    ['a token in JSON within JSON', '"{\\"access_token\\":\\"abc\\"}"', [], '"{\\"access_token\\":\\"[redacted]\\"}"'],
    ['a token in a form', 'a=1&client_secret=abc&b=2', [], 'a=1&client_secret=[redacted]&b=2'],
  ])('removes %s', (_, text, secrets, expected) => {
    expect(scrub(text, secrets)).toBe(expected);
  });

  it.each([
    ['a request id', '8b0ba5b1-6fd2-4bd0-9a5f-c4d1e2a3b4c5'],
    ['status fields', '{"has_token":false,"token_is_valid":true,"token_has_scopes":null}'],
    ['an error body', '{"error":"invalid_grant","error_description":"The refresh token is invalid or expired."}'],
    ['the host of a gateway', 'https://abcdef.execute-api.us-east-1.amazonaws.com/v3/social/connections'],
  ])('keeps %s', (_, text) => {
    expect(scrub(text, [])).toBe(text);
  });

  it('keeps 2 KB and no half of a character', () => {
    const clean = scrub('é'.repeat(3000), []);
    expect(Buffer.byteLength(clean)).toBeLessThanOrEqual(2048);
    expect(Buffer.byteLength(clean)).toBeGreaterThan(2000);
    expect(clean).not.toContain('\ufffd');
  });

  it('removes a token before it cuts, so that none is cut in half', () => {
    const clean = scrub(`${'x '.repeat(1014)}${REFRESH_TOKEN}`, [REFRESH_TOKEN]);
    expect(clean).not.toContain(REFRESH_TOKEN.slice(0, 8));
  });

  it('removes what a database refuses: NUL, other control characters, halves of characters', () => {
    expect(scrub('a\0b\u0007c\ud800d\n', [])).toBe('a b c\ufffdd\n');
  });

  it('takes no longer than a moment for a hostile megabyte', () => {
    const hostile = ['eyJ', '-eyJ', 'Bearer ', 'access_token', '\\"', 'a'].map((part) =>
      part.repeat(Math.floor(1_000_000 / part.length)),
    );
    const startedAt = performance.now();
    for (const text of hostile) scrub(text, ['secret-secret']);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  it('never lets a token through that it was told of', () => {
    fc.assert(
      fc.property(token, anyText, anyText, (secret, before, after) => {
        fc.pre(!'[redacted]'.includes(secret));
        const spelled = [secret, encodeURIComponent(secret), JSON.stringify({ token: secret }), btoa(secret)];
        const clean = scrub([...before, ...spelled, ...after].join(''), [secret]);
        expect(clean).not.toContain(secret);
      }),
    );
  });
});
