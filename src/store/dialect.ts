import type { Instant } from '../domain/model/time.ts';
import type { ColumnType } from './rows/table.ts';

/** What SQL differs between the two databases; everything else is written once. */
export type Dialect = Readonly<{
  name: 'sqlite' | 'postgresql';
  /**
   * A derived table of the rows in `$1`, a JSON array of objects: one statement, and one plan, for any number of rows.
   */
  rowsFromJson(columns: Readonly<Record<string, ColumnType>>): string;
  timeToJson(at: Instant): number | string;
  /** The rows of a query as one text, a JSON array of arrays: handing over many rows takes longer than finding them. */
  rowsToJson(columns: readonly string[]): string;
  /**
   * Finds text in a column, in capital or small letters of any alphabet: `column operator $n`, with the pattern as
   * `$n`.
   */
  textSearch: Readonly<{ operator: string; pattern(text: string): string }>;
  /** After a text: it is ordered by its characters' numbers, whatever the server's language. */
  byCharacter: string;
  /**
   * After another table: what fits each of its rows in this one, found row by row by the index. Left alone, SQLite
   * begins with whatever it likes, and PostgreSQL reads a table of a hundred thousand rows for the few that are wanted.
   */
  joinByIndex(table: string, alias: string, condition: string): string;
  /** A time's column as whole ms since 1970, UTC. */
  msOf(column: string): string;
  /** The database's own clock, in whole ms since 1970, UTC. */
  now: string;
  /** Ends a SELECT whose rows the transaction then decides about; with `skipLocked`, taken rows are left out. */
  forUpdate: string;
  skipLocked: string;
  /**
   * Waits until no other transaction is within what asked for the same turn; empty where there is one writer anyway.
   */
  takeTurn: string;
  /**
   * Keeps every other transaction away from the table, those that read it included; null where there is one writer
   * anyway.
   */
  lockTable: ((name: string) => string) | null;
  /** How a database is asked for its encoding, and the one that holds every alphabet; null where all do. */
  encoding: Readonly<{ ask: string; wanted: string }> | null;
  /** One row when the table named in `$1` is where our tables are. */
  findTable: string;
  /** What the migrations set up for good besides the tables. */
  settings: readonly Readonly<{ ask: string; wanted: string }>[];
  beforeMigrations: readonly string[];
  /** First in the migrations' transaction: whoever comes second waits, then finds nothing left to do. */
  lockMigrations: readonly string[];
  afterMigrations: readonly string[];
}>;

/** `one-connection.ts` begins every transaction as the only writer, so nothing else needs a lock. */
export const sqlite: Dialect = {
  name: 'sqlite',
  rowsFromJson: (columns) => {
    const selected = Object.keys(columns).map((name) => `value ->> '$.${name}' AS "${name}"`);
    return `(SELECT ${selected.join(', ')} FROM json_each($1))`;
  },
  timeToJson: (at) => at,
  rowsToJson: (columns) => `json_group_array(json_array(${columns.join(', ')}))`,
  // `LIKE` would know the capital letters of English alone.
  textSearch: { operator: 'GLOB', pattern: (text) => `*${inAnyCase(text, (sign) => sign.replace(/[*?[]/, '[$&]'))}*` },
  byCharacter: '',
  joinByIndex: (table, alias, condition) => `CROSS JOIN "${table}" ${alias} ON ${condition}`,
  msOf: (column) => column,
  now: `CAST(unixepoch('subsec') * 1000 AS INTEGER)`,
  forUpdate: '',
  skipLocked: '',
  takeTurn: '',
  lockTable: null,
  encoding: null,
  findTable: `SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $1`,
  // A backup that is restored may have lost it.
  settings: [{ ask: 'PRAGMA journal_mode', wanted: 'wal' }],
  // Changing a table means copying it, and dropping the old one would erase what refers to it.
  beforeMigrations: ['PRAGMA journal_mode = WAL', 'PRAGMA foreign_keys = OFF'],
  lockMigrations: [],
  afterMigrations: ['PRAGMA foreign_keys = ON'],
};

/** A pattern that matches the text: each letter as the class of its forms, each other sign as `escaped` writes it. */
function inAnyCase(text: string, escaped: (sign: string) => string): string {
  const patternOf = (sign: string) => {
    const forms = [...new Set([sign, sign.toLowerCase(), sign.toUpperCase()])].filter((form) => [...form].length === 1);
    return forms.length > 1 ? `[${forms.join('')}]` : escaped(sign);
  };
  return [...text].map(patternOf).join('');
}

/** Any number that other programs on the same server are unlikely to use: the letters of "linkwatch" in base 36. */
const MIGRATION_LOCK = Number.parseInt('linkwatch', 36);

const postgresTypes: Record<ColumnType, string> = {
  text: 'text',
  time: 'timestamp(3)',
  boolean: 'boolean',
  integer: 'integer',
  bigint: 'bigint',
};

/** `schema`: null for the one that the server gives us. A new one is made when the tables are. */
export const postgresql = (schema: string | null): Dialect => ({
  name: 'postgresql',
  rowsFromJson: (columns) => {
    const typed = Object.entries(columns).map(([name, type]) => `"${name}" ${postgresTypes[type]}`);
    return `(SELECT * FROM jsonb_to_recordset($1::jsonb) AS typed(${typed.join(', ')}))`;
  },
  timeToJson: (at) => new Date(at).toISOString(),
  rowsToJson: (columns) => `CAST(coalesce(json_agg(json_build_array(${columns.join(', ')})), '[]') AS text)`,
  // `ILIKE` would know the capital letters of the server's language alone.
  textSearch: {
    operator: '~',
    pattern: (text) => inAnyCase(text, (sign) => sign.replace(/[*?[\]\\^$.|+(){}]/, '\\$&')),
  },
  byCharacter: 'COLLATE "C"',
  joinByIndex: (table, alias, condition) =>
    `CROSS JOIN LATERAL (SELECT ${alias}.* FROM "${table}" ${alias} WHERE ${condition} OFFSET 0) ${alias}`,
  msOf: (column) => `(extract(epoch FROM ${column}) * 1000)::bigint`,
  now: '(extract(epoch FROM clock_timestamp()) * 1000)::bigint',
  forUpdate: 'FOR UPDATE',
  skipLocked: 'FOR UPDATE SKIP LOCKED',
  takeTurn: `SELECT pg_advisory_xact_lock(hashtextextended('linkwatch ' || current_schema() || ' ' || $1, 0))`,
  lockTable: (name) => `LOCK TABLE "${name}" IN ACCESS EXCLUSIVE MODE`,
  encoding: { ask: 'SHOW server_encoding', wanted: 'UTF8' },
  findTable: `SELECT 1 FROM pg_tables WHERE schemaname = ${schema === null ? 'current_schema()' : `'${schema}'`} AND tablename = $1`,
  settings: [],
  beforeMigrations: [],
  lockMigrations: [
    `SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`,
    // Even IF NOT EXISTS needs the right to make one.
    ...(schema === null
      ? []
      : [
          `DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = '${schema}')
           THEN CREATE SCHEMA "${schema}"; END IF; END $$`,
        ]),
  ],
  afterMigrations: [],
});
