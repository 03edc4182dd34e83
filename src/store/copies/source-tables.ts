import { columnOf, type RawSqlite, tablesOf } from './sqlite-file.ts';

/** A table as the SQLite file has it: its columns, those of its key, and the tables that its rows refer to. */
export type SourceTable = Readonly<{
  name: string;
  columns: readonly string[];
  key: readonly string[];
  refersTo: readonly string[];
}>;

/**
 * Every table of ours, each behind those that it refers to. They are read from the file itself: none can be forgotten.
 */
export function sourceTables(raw: RawSqlite): readonly SourceTable[] {
  const names = tablesOf(raw).filter((name) => !name.startsWith('_') && !name.startsWith('sqlite_'));
  const tables = names.toSorted().map((name) => sourceTable(raw, name));
  const ordered: SourceTable[] = [];
  while (ordered.length < tables.length) {
    const next = tables.find((table) => !ordered.includes(table) && isReady(table, ordered));
    if (next === undefined) throw new Error('Tables refer to each other in a circle.');
    ordered.push(next);
  }
  return ordered;
}

function isReady({ name, refersTo }: SourceTable, before: readonly SourceTable[]): boolean {
  return refersTo.every((other) => other === name || before.some((table) => table.name === other));
}

function sourceTable(raw: RawSqlite, name: string): SourceTable {
  const columns = raw.prepare(`PRAGMA table_info("${name}")`).all() as readonly { name: string; pk: number }[];
  const references = raw.prepare(`PRAGMA foreign_key_list("${name}")`).all() as readonly { table: string }[];
  return {
    name,
    columns: columns.map((column) => column.name),
    key: columns
      .filter(({ pk }) => pk > 0)
      .toSorted((a, b) => a.pk - b.pk)
      .map((column) => column.name),
    refersTo: references.map(({ table }) => table),
  };
}

/** So many rows are held in memory at once. */
const PAGE = 500;

/** The rows as SQLite stores them, in the order of the table's columns. */
export function* sourcePages(raw: RawSqlite, { name, columns }: SourceTable): Generator<readonly SourceRow[]> {
  const listed = columns.map((column) => `"${column}"`).join(', ');
  const read = raw
    .prepare(`SELECT rowid, ${listed} FROM "${name}" WHERE rowid > ? ORDER BY rowid LIMIT ${PAGE}`)
    .raw(true);
  for (let last = 0; ; ) {
    const rows = read.all(last) as readonly (readonly [number, ...SourceRow])[];
    if (rows.length > 0) yield rows.map(([, ...row]) => row);
    if (rows.length < PAGE) return;
    last = rows.at(-1)?.[0] ?? last;
  }
}

export type SourceRow = readonly (string | number | null)[];

export function countRows(raw: RawSqlite, { name }: SourceTable): number {
  return Number(columnOf(raw, `SELECT COUNT(*) FROM "${name}"`)[0]);
}
