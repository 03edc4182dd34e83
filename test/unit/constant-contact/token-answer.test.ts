import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { parseAccount } from '../../../src/constant-contact/account-answer.ts';
import { parseToken } from '../../../src/constant-contact/token-answer.ts';

const SENT = { refreshToken: 'old', at: 1_000_000 };

function parse(body: object) {
  return parseToken({ access_token: 'access', refresh_token: 'new', expires_in: 28_800, ...body }, SENT);
}

describe('the answer of the token endpoint', () => {
  it('gives both tokens and when the access token ends, counted from when the request was sent', () => {
    expect(parse({})).toEqual({
      accessToken: 'access',
      refreshToken: 'new',
      expiresAt: 1_000_000 + 28_800_000,
      lifetimeMs: 28_800_000,
    });
  });

  it.each([[undefined], [null], [''], ['  '], [12345]])(
    'keeps the new refresh token, for the old one may be spent, when the access token is %j',
    (given) => {
      expect(parse({ access_token: given })).toEqual({
        accessToken: null,
        refreshToken: 'new',
        expiresAt: null,
        lifetimeMs: null,
      });
    },
  );

  it.each([
    ['without a token', { access_token: undefined, refresh_token: undefined }],
    ['whose tokens are no texts', { access_token: 12345, refresh_token: {} }],
    ['whose tokens are empty', { access_token: ' ', refresh_token: '' }],
  ])('is refused %s', (_, body) => {
    expect(() => parse(body)).toThrow();
  });

  it.each([
    ['campaign_data  account_read\n', ['campaign_data', 'account_read']],
    [undefined, undefined],
    [null, undefined],
    [' ', undefined],
    [['campaign_data'], undefined],
  ])('with the scope %j says that it is for %j', (scope, scopes) => {
    expect(parse({ scope }).scopes).toEqual(scopes);
  });

  it.each([[null], [[]], ['<html>']])('is refused when it is %j', (body) => {
    expect(() => parseToken(body, SENT)).toThrow();
  });

  it.each([[undefined], [null], [''], ['  '], [12345]])(
    'keeps the old refresh token when the new one is %j',
    (given) => {
      expect(parse({ refresh_token: given }).refreshToken).toBe('old');
    },
  );

  it.each([[undefined], [null], ['soon'], [0], [-1], [1e15], [{}]])(
    'does not know the lifetime when expires_in is %j',
    (given) => {
      expect(parse({ expires_in: given })).toMatchObject({ expiresAt: null, lifetimeMs: null });
    },
  );

  it('takes a lifetime that is written as a text', () => {
    expect(parse({ expires_in: '3600' }).lifetimeMs).toBe(3_600_000);
  });
});

describe('the account summary', () => {
  it('is read from the documented fields', () => {
    const account = parseAccount({
      contact_email: 'InstaPrinz@gmail.com',
      country_code: 'US',
      encoded_account_id: 'p07e1l8cdif9dl',
      first_name: 'Lola',
      last_name: 'Zang',
      organization_name: 'InstaPrinz',
      time_zone_id: 'US/Eastern',
      state_code: 'MA',
    });
    expect(account).toEqual({
      accountId: 'p07e1l8cdif9dl',
      name: 'InstaPrinz',
      contactEmail: 'InstaPrinz@gmail.com',
      timezone: 'US/Eastern',
    });
  });

  it('goes by the owner when the organisation has no name', () => {
    expect(parseAccount({ organization_name: ' ', first_name: 'Lola', last_name: 'Zang' }).name).toBe('Lola Zang');
  });

  it('knows nothing when every field is missing or wrong', () => {
    const nothing = { accountId: null, name: null, contactEmail: null, timezone: null };
    expect(parseAccount({})).toEqual(nothing);
    expect(parseAccount({ contact_email: 7, time_zone_id: null, first_name: '' })).toEqual(nothing);
  });

  it.each([[null], [[]], ['<html>']])('refuses %j', (body) => {
    expect(() => parseAccount(body)).toThrow();
  });
});

it('any JSON is a grant or an account that can be stored, or a refusal', () => {
  const anyField = fc.oneof(
    fc.jsonValue(),
    fc.string({ unit: 'binary' }),
    fc.constant({ toString: 1, valueOf: 1 }),
    fc.constantFrom(5e300, 5e-324, ' ', 'a\0\ud800'),
  );
  const names = [
    'access_token',
    'refresh_token',
    'expires_in',
    'encoded_account_id',
    'organization_name',
    'first_name',
  ];
  const anyBody = fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom(...names, 'contact_email'), anyField));
  fc.assert(
    fc.property(anyBody, (body) => {
      const grant = orRefusal(() => parseToken(body, SENT));
      expect(new Date(grant?.expiresAt ?? 0).getTime()).not.toBeNaN();
      expect(grant?.accessToken).not.toBe('');
      for (const text of Object.values(orRefusal(() => parseAccount(body)) ?? {})) {
        if (text === null) continue;
        expect(text.isWellFormed() && !text.includes('\0') && text.length <= 320).toBe(true);
      }
    }),
  );
});

/** Null for a refusal. Anything but a ZodError would end the poll with an exception. */
function orRefusal<T>(parse: () => T): T | null {
  try {
    return parse();
  } catch (error) {
    expect(error).toBeInstanceOf(z.ZodError);
    return null;
  }
}
