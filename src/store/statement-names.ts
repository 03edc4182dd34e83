import { isRepeated } from './repeated-statements.ts';

/** Asked so often, a statement is worth what PostgreSQL keeps of it. */
const OFTEN = 5;
/** Each connection has PostgreSQL keep some tens of kilobytes for each of them. */
const MOST_NAMED = 200;
/** Texts that come with ever other lists of values are without number. */
const MOST_COUNTED = 1_000;

/** PostgreSQL refuses to run it again once the table has another column. */
const GIVES_ALL_COLUMNS = /(^\s*SELECT|\bRETURNING)\s+("?\w+"?\.)?\*/i;

/**
 * Names the statements that a process asks often. Under its name, PostgreSQL keeps a statement parsed and planned for
 * as long as the connection lasts; else it does both anew each time, which takes longer than most look-ups. The empty
 * name stands for none.
 */
export function createStatementNames(): (statement: Readonly<{ sql: string }>) => string {
  const names = new Map<string, string>();
  const timesAsked = new Map<string, number>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= MOST_NAMED || !isRepeated(sql) || GIVES_ALL_COLUMNS.test(sql)) return '';
    const times = (timesAsked.get(sql) ?? 0) + 1;
    if (times < OFTEN) {
      if (timesAsked.size >= MOST_COUNTED) timesAsked.clear();
      timesAsked.set(sql, times);
      return '';
    }
    timesAsked.delete(sql);
    const name = `linkwatch_${names.size}`;
    names.set(sql, name);
    return name;
  };
}
