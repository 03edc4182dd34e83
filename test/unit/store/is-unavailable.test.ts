import { describe, expect, it } from '@jest/globals';
import { StoreUnavailable } from '../../../src/monitoring/store-unavailable.ts';
import { isUnavailable } from '../../../src/store/is-unavailable.ts';
import { troubleOf } from '../../../src/store/trouble.ts';

/** As Prisma gives what a driver's adapter threw. */
function ofDriver(cause: object, code = 'P2010'): Error {
  return Object.assign(new Error('Raw query failed'), { code, meta: { driverAdapterError: { cause } } });
}
/** As Prisma lets it through. */
function bareDriverError(cause: object): Error {
  return Object.assign(new Error('ConnectionClosed', { cause }), { name: 'DriverAdapterError' });
}
/** As the stores give it on. */
const toldBy = (dialect: 'sqlite' | 'postgresql', error: unknown) => troubleOf(error, dialect) ?? error;
const isToldUnavailable = (error: unknown, name: string) =>
  isUnavailable(toldBy(name.startsWith('SQLite') ? 'sqlite' : 'postgresql', error));
const withCode = (code: string) => Object.assign(new Error('no'), { code });

describe('the database is away or busy', () => {
  it.each<[string, unknown]>([
    ['SQLite is locked', ofDriver({ kind: 'SocketTimeout', originalCode: '5' }, 'P1008')],
    ['the store says so', new StoreUnavailable('full', 'full', { hint: '', cause: null, mayBeDone: false })],
    ['SQLite has no room', ofDriver({ kind: 'sqlite', extendedCode: 13 })],
    ['SQLite cannot read its file', ofDriver({ kind: 'sqlite', extendedCode: 266 })],
    ['SQLite cannot open its file', ofDriver({ kind: 'sqlite', extendedCode: 14 })],
    ['nothing listens there', ofDriver({ kind: 'DatabaseNotReachable' })],
    ['the connection is cut within a transaction', bareDriverError({ kind: 'ConnectionClosed' })],
    ['no connection can be had', ofDriver({ kind: 'TooManyConnections' }, 'P2037')],
    ['a transaction found no connection in time', withCode('P2028')],
    ['the statement took too long', ofDriver({ kind: 'postgres', code: '57014' })],
    ['the server shuts down', ofDriver({ kind: 'postgres', code: '57P01' })],
    ['the server’s disk is full', ofDriver({ kind: 'postgres', code: '53100' })],
    ['two transactions wait for each other', ofDriver({ kind: 'postgres', code: '40P01' })],
    ['the connection is cut', new Error('Connection terminated unexpectedly')],
    ['the server accepts and says nothing', new Error('Connection terminated due to connection timeout')],
    ['every connection of the pool is taken', new Error('timeout exceeded when trying to connect')],
    ['no way leads to the host', withCode('EHOSTUNREACH')],
    ['both addresses of a name refuse', Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' })],
    ['the password is wrong', ofDriver({ kind: 'AuthenticationFailed', originalCode: '28P01' })],
    ['the database is gone', ofDriver({ kind: 'DatabaseDoesNotExist', originalCode: '3D000' })],
    ['the server has no memory left', ofDriver({ kind: 'postgres', code: '53200' })],
    ['a query is not answered', new Error('Query read timeout')],
  ])('when %s', (name, error) => {
    expect(isToldUnavailable(error, name)).toBe(true);
  });

  it.each<[string, unknown]>([
    ['a bug', new TypeError('Cannot read properties of undefined')],
    ['a row that is there already', ofDriver({ kind: 'UniqueConstraintViolation' }, 'P2002')],
    ['a table that is missing', ofDriver({ kind: 'TableDoesNotExist' }, 'P2021')],
    ['a statement that is wrong', ofDriver({ kind: 'postgres', code: '42601' })],
    ['SQLite’s file is none', ofDriver({ kind: 'sqlite', extendedCode: 26 })],
    ['a file of ours that is missing', withCode('ENOENT')],
    ['nothing', undefined],
    ['an error of ours about something that was closed', new Error('no', { cause: { kind: 'ConnectionClosed' } })],
    ['a word', 'Connection terminated unexpectedly'],
  ])('not when it is %s', (name, error) => {
    expect(isToldUnavailable(error, name)).toBe(false);
    expect(isUnavailable(error)).toBe(false);
  });
});

describe('what the operator reads', () => {
  it.each<[string, unknown, string]>([
    ['53200', ofDriver({ kind: 'postgres', code: '53200' }), 'the database server has run out of memory'],
    ['53100', ofDriver({ kind: 'postgres', code: '53100' }), 'the disk of the database is full'],
    [
      '28P01',
      ofDriver({
        kind: 'AuthenticationFailed',
        originalCode: '28P01',
        originalMessage: 'password authentication failed',
      }),
      'the database server refuses us: password authentication failed',
    ],
  ])('of %s is its own trouble', (_, error, message) => {
    expect(troubleOf(error, 'postgresql')?.message).toContain(message);
  });

  it.each([
    ['timeout exceeded when trying to connect', false],
    ['Connection terminated due to connection timeout', false],
    ['Connection terminated unexpectedly', true],
    ['Query read timeout', true],
  ])('of “%s”: that the work may be done is %s', (message, mayBeDone) => {
    expect(troubleOf(new Error(message), 'postgresql')?.mayBeDone).toBe(mayBeDone);
  });

  it('takes a conflict for no trouble of the database, on which the same work is tried again', () => {
    expect(troubleOf(ofDriver({ kind: 'postgres', code: '40P01' }), 'postgresql')).toBeNull();
    expect(troubleOf(ofDriver({ kind: 'TransactionWriteConflict', originalCode: '40001' }), 'postgresql')).toBeNull();
  });
});
