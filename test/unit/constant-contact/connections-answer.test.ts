import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { parseConnections } from '../../../src/constant-contact/connections-answer.ts';
import { UNKNOWN_STATUS } from '../../../src/domain/model/connection-status.ts';
import { anyAnswer } from '../../support/any-answer.ts';

const HEALTHY = {
  has_token: true,
  is_active_user: true,
  rate_limited: false,
  token_has_scopes: true,
  token_is_valid: true,
};

function entry(accountId: unknown, status: unknown = HEALTHY, info: object = {}) {
  return {
    account_info: { network: 'facebook', network_account_id: accountId, ...info },
    connection_status: status,
  };
}

function parse(...connections: unknown[]) {
  return parseConnections({ connections });
}

describe('a body that would make us lie is refused', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'connections'],
    ['a bare list', [entry('1')]],
    ['an object without connections', {}],
    ['an error body', { error_key: 'unauthorized', error_message: 'Unauthorized' }],
    ['connections that are null', { connections: null }],
    ['connections that are an object', { connections: { 0: entry('1') } }],
    ['an entry that is a text', { connections: ['facebook'] }],
    ['an entry that is a list', { connections: [[]] }],
    ['a numeric account id', { connections: [entry(178414)] }],
    ['a numeric network', { connections: [entry('1', HEALTHY, { network: 7 })] }],
    ['account_info that is a text', { connections: [{ account_info: 'facebook' }] }],
    ['connection_status that is a text', { connections: [entry('1', 'ok')] }],
    ['connection_status that is a list', { connections: [entry('1', [])] }],
    ['a boolean that is a text', { connections: [entry('1', { token_is_valid: 'true' })] }],
    ['a boolean that is a number', { connections: [entry('1', { has_token: 1 })] }],
    ['an error that is an object', { connections: [entry('1', { error: { message: 'x' } })] }],
    ['a status that is a text', { connections: [entry('1', { status: '500' })] }],
    ['a status that is a fraction', { connections: [entry('1', { status: 500.5 })] }],
    ['one bad entry among good ones', { connections: [entry('1'), entry('2', { rate_limited: 'no' })] }],
  ])('%s', (_, body) => {
    expect(() => parseConnections(body)).toThrow();
  });
});

describe('an entry that does not say which account it is about makes the answer partial', () => {
  it.each([
    ['null', null],
    ['no account_info', { connection_status: HEALTHY }],
    ['account_info null', { account_info: null, connection_status: HEALTHY }],
    ['no id', entry(undefined)],
    ['an id that is null', entry(null)],
    ['an empty id', entry('')],
    ['a blank id', entry('  ')],
    ['no network', entry('1', HEALTHY, { network: undefined })],
    ['an empty network', entry('1', HEALTHY, { network: '' })],
    ['a network of spaces', entry('1', HEALTHY, { network: '\u00a0\t\n' })],
    ['an id too long for any index', entry('1'.repeat(300))],
  ])('%s', (_, bad) => {
    const answer = parse(entry('good'), bad);
    expect(answer.isPartial).toBe(true);
    expect(answer.connections.map(({ accountId }) => accountId)).toEqual(['good']);
  });
});

describe('what is missing is unknown, what is new is ignored', () => {
  it('an empty list is a good answer', () => {
    expect(parse()).toEqual({ connections: [], isPartial: false });
  });

  it.each([
    ['no status', undefined],
    ['a null status', null],
    ['an empty status', {}],
    [
      'a status of nulls',
      Object.fromEntries([...Object.keys(HEALTHY), 'error', 'status'].map((field) => [field, null])),
    ],
  ])('%s leaves every field unknown', (_, status) => {
    const [connection] = parse({ ...entry('1'), connection_status: status }).connections;
    expect(connection?.status).toEqual(UNKNOWN_STATUS);
  });

  it('extra fields anywhere change nothing', () => {
    const plain = parse(entry('1'));
    const extra = parseConnections({
      connections: [{ ...entry('1', { ...HEALTHY, token_age: 7 }, { followers: 12 }), profiles: [] }],
      next: null,
    });
    expect(extra).toEqual(plain);
  });

  it('a name of another type is no name', () => {
    const [connection] = parse(entry('1', HEALTHY, { display_name: 7, username: {} })).connections;
    expect(connection).toMatchObject({ displayName: null, username: null, status: { tokenIsValid: true } });
  });

  it('a network nobody heard of is as good as any', () => {
    expect(parse(entry('1', HEALTHY, { network: 'friendster' })).connections[0]?.network).toBe('friendster');
  });

  it.each([
    ['facebook', 'facebook'],
    ['Facebook', 'facebook'],
    ['  FACEBOOK\n', 'facebook'],
    ['\ufeffLinkedIn', 'linkedin'],
    ['Google_Business', 'google_business'],
  ])('the network %j is %j', (network, expected) => {
    expect(parse(entry('1', HEALTHY, { network })).connections[0]?.network).toBe(expected);
  });

  it.each([
    [' 178 ', '178'],
    ['\u2003178\u00a0', '178'],
    ['aBc', 'aBc'],
    [`${' '.repeat(300)}1`, '1'],
  ])('the id %j is %j: without spaces around it, and with its case', (id, expected) => {
    expect(parse(entry(id))).toMatchObject({ isPartial: false, connections: [{ accountId: expected }] });
  });

  it('ids keep every digit', () => {
    expect(parse(entry('17841400000000001234')).connections[0]?.accountId).toBe('17841400000000001234');
  });
});

describe('texts', () => {
  it.each([
    ['', null],
    ['   ', null],
    ['Rate limited', 'Rate limited'],
    ['a\0b', 'a\ufffdb'],
  ])('the error %j becomes %j', (error, expected) => {
    expect(parse(entry('1', { error })).connections[0]?.status.error).toBe(expected);
  });

  it('the status of the network keeps its meaning, 0 included', () => {
    expect(parse(entry('1', { status: 0 })).connections[0]?.status.networkStatus).toBe(0);
  });

  it.each([
    [2_147_483_647, 2_147_483_647],
    [-2_147_483_647, -2_147_483_647],
    [2_147_483_648, null],
    [5_000_000_000, null],
    [-5_000_000_000, null],
    [5e300, null],
    [5_000_000_000.5, null],
    [Number.POSITIVE_INFINITY, null],
  ])('the status %p, which a column may not hold, becomes %p', (status, expected) => {
    expect(parse(entry('1', { ...HEALTHY, status })).connections).toMatchObject([
      { status: { tokenIsValid: true, networkStatus: expected } },
    ]);
  });

  it('an error of a megabyte is cut', () => {
    expect(parse(entry('1', { error: 'x'.repeat(1_000_000) })).connections[0]?.status.error).toHaveLength(2000);
  });
});

it('two entries of the same account both come back, for the domain to choose the worse one', () => {
  const answer = parse(entry('1'), entry(' 1', { ...HEALTHY, token_is_valid: false }, { network: 'FACEBOOK' }));
  expect(answer).toMatchObject({
    isPartial: false,
    connections: [
      { network: 'facebook', accountId: '1', status: { tokenIsValid: true } },
      { network: 'facebook', accountId: '1', status: { tokenIsValid: false } },
    ],
  });
});

it('any JSON is an answer that every database can store, or a refusal', () => {
  fc.assert(
    fc.property(anyAnswer(), (body) => {
      const answer = tryParse(body);
      if (answer === null) return;
      for (const { network, accountId, displayName, username, status } of answer.connections) {
        for (const text of [network, accountId]) expect(text).toBe(text.trim());
        for (const text of [network, accountId, displayName, username, status.error]) assertStorable(text);
        expect(network).toBe(network.toLowerCase());
        expect(Math.abs(status.networkStatus ?? 0)).toBeLessThan(2 ** 31);
      }
    }),
  );
});

/** Null for a refusal. Anything but a ZodError would end the poll with an exception. */
function tryParse(body: unknown) {
  try {
    return parseConnections(body);
  } catch (error) {
    expect(error).toBeInstanceOf(z.ZodError);
    return null;
  }
}

function assertStorable(text: string | null): void {
  if (text === null) return;
  expect(text.isWellFormed()).toBe(true);
  expect(text).not.toContain('\0');
  expect(text.length).toBeGreaterThan(0);
  expect(text.length).toBeLessThanOrEqual(2000);
}
