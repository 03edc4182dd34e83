import { type StoreTrouble, StoreUnavailable } from '../monitoring/store-unavailable.ts';
import { codeOf, driverErrorKind, driverMessage, sqliteCode, sqlState, unreachedServer } from './driver-error.ts';

type DialectName = 'sqlite' | 'postgresql';

/** In plain words, and what to do. */
const words: Readonly<Record<DialectName, Readonly<Record<StoreTrouble, Readonly<[message: string, hint: string]>>>>> =
  {
    sqlite: {
      locked: [
        'the database is locked: another program has been writing to it for too long',
        'Find the program that has the file open, such as a backup or another tool, and end it.',
      ],
      away: [
        'the database file cannot be opened',
        'Check DATABASE_URL, and that this user may read and write the file.',
      ],
      refused: ['the database does not let us in', 'Check DATABASE_URL.'],
      slow: ['the database took too long to answer', 'Look whether the disk is overloaded.'],
      overloaded: ['the database has run out of memory', 'Look what else uses the memory of this machine.'],
      full: ['the disk of the database is full', 'Make room on the disk that DATABASE_URL is on.'],
      read_only: [
        'the database may not be written to',
        'Let this user write to the file and to its folder, on a disk that is mounted for writing.',
      ],
      unreadable: ['the database file cannot be read or written', 'Check the disk that DATABASE_URL is on.'],
      damaged: [
        'the database file cannot be read: it is damaged, or is no SQLite database',
        'Check the disk, and restore the latest backup.',
      ],
    },
    postgresql: {
      locked: [
        'the database is locked: another session has held its rows or tables for too long',
        'Look into pg_stat_activity for the session that holds the locks, and end it.',
      ],
      away: ['the database cannot be reached', 'Check DATABASE_URL, and that the server runs and takes connections.'],
      refused: ['the database server refuses us', 'Check user, password and database in DATABASE_URL.'],
      slow: [
        'the database took too long to answer',
        'Look whether the server, or the network to it, is overloaded; statement_timeout in DATABASE_URL allows more.',
      ],
      overloaded: [
        'the database server has run out of memory or of another resource',
        'See the log of the database server.',
      ],
      full: ['the disk of the database is full', 'Make room on the disk of the database server.'],
      read_only: [
        'the database may not be written to',
        'Let DATABASE_URL lead to the primary server, not to a replica.',
      ],
      unreadable: ['the database server cannot read or write its disk', 'See the log of the database server.'],
      damaged: ['the database reports damaged data', 'See the log of the database server.'],
    },
  };

const sqliteCodes: Readonly<Record<number, StoreTrouble>> = {
  5: 'locked',
  6: 'locked',
  8: 'read_only',
  10: 'unreadable',
  11: 'damaged',
  13: 'full',
  14: 'away',
  26: 'damaged',
};

const sqlStates: readonly Readonly<[RegExp, StoreTrouble]>[] = [
  [/^55P03$/, 'locked'],
  [/^57014$/, 'slow'],
  [/^(08|57P|25P03|53300)/, 'away'],
  [/^(28|3D000)/, 'refused'],
  [/^53100$/, 'full'],
  [/^53/, 'overloaded'],
  [/^25006$/, 'read_only'],
  [/^58/, 'unreadable'],
  [/^XX00[12]$/, 'damaged'],
];

const adapterKinds: Readonly<Record<string, StoreTrouble>> = {
  DatabaseNotReachable: 'away',
  ConnectionClosed: 'away',
  TlsConnectionError: 'away',
  TooManyConnections: 'away',
  DatabaseDoesNotExist: 'refused',
  DatabaseAccessDenied: 'refused',
  AuthenticationFailed: 'refused',
};

/** Codes of errors of Node.js, which Prisma lets through as they are, and of Prisma itself. */
const codes: readonly Readonly<[RegExp, StoreTrouble]>[] = [
  [/^E(CONN|HOST|NET|PIPE|AI_|TIMEDOUT|NOTFOUND)/, 'away'],
  [/^P20(24|28)$/, 'slow'],
  [/^(P1\d{3}|P2037)$/, 'away'],
];

/** What the driver says without a code, when its connection is lost or cannot be had, or gives no answer. */
const messages: readonly Readonly<[RegExp, StoreTrouble]>[] = [
  [
    /Connection terminated|timeout exceeded when trying to connect|not queryable|connection timeout|ECONNRE|EPIPE|has not answered for/,
    'away',
  ],
  [/^Query read timeout/, 'slow'],
];

/** There was no connection yet, so nothing was sent. */
const NOT_CONNECTED = /timeout exceeded when trying to connect|due to connection timeout/;

/** Null when the error is about what was asked, and not about the database. */
export function troubleOf(error: unknown, dialect: DialectName): StoreUnavailable | null {
  const kind = kindOf(error, dialect);
  if (kind === null) return null;
  const [message, hint] = words[dialect][kind];
  const place = addressIn(error);
  const mayBeDone = kind === 'slow' || (kind === 'away' && place === '' && !NOT_CONNECTED.test(driverMessageOf(error)));
  const detail = kind === 'refused' ? `: ${driverMessage(error)}` : place;
  return new StoreUnavailable(kind, message + detail, { hint, cause: error, mayBeDone });
}

function driverMessageOf(error: unknown): string {
  return error instanceof Error ? error.message : '';
}

function addressIn(error: unknown): string {
  const { host, port } = unreachedServer(error);
  return host === undefined ? '' : ` at ${host}:${port}`;
}

function kindOf(error: unknown, dialect: DialectName): StoreTrouble | null {
  const adapterKind = String(driverErrorKind(error));
  if (dialect === 'sqlite') {
    if (adapterKind === 'SocketTimeout') return 'locked';
    return sqliteCodes[Number(sqliteCode(error)) & 0xff] ?? firstMatch(codes, codeOf(error));
  }
  const bySqlState = firstMatch(sqlStates, sqlState(error));
  if (bySqlState !== null) return bySqlState;
  if (adapterKind === 'SocketTimeout') return 'slow';
  return adapterKinds[adapterKind] ?? firstMatch(codes, codeOf(error)) ?? firstMatch(messages, driverMessageOf(error));
}

function firstMatch(table: readonly Readonly<[RegExp, StoreTrouble]>[], text: unknown): StoreTrouble | null {
  return table.find(([pattern]) => pattern.test(String(text)))?.[1] ?? null;
}

/** The same stores, whose every error about the database itself says so in plain words. */
export function tellingTrouble<Stores extends object>(stores: Stores, dialect: DialectName): Stores {
  return new Proxy(stores, {
    get: (target, name, receiver) => {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member === 'function') return translated(member, dialect);
      return typeof member === 'object' && member !== null ? tellingTrouble(member, dialect) : member;
    },
  });
}

function translated(method: CallableFunction, dialect: DialectName): CallableFunction {
  return async (...args: readonly unknown[]) => {
    try {
      return await method(...args);
    } catch (error) {
      throw troubleOf(error, dialect) ?? error;
    }
  };
}
