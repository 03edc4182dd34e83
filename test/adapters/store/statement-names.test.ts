import { describe, expect, it } from '@jest/globals';
import { createStatementNames } from '../../../src/store/statement-names.ts';

/** The names that it gets when it is asked so often. */
function namesOf(sql: string, times: number, nameOf = createStatementNames()): readonly string[] {
  return Array.from({ length: times }, () => nameOf({ sql }));
}

describe('the name under which PostgreSQL keeps a statement', () => {
  it('is given with the fifth time, and stays', () => {
    expect(namesOf('SELECT 1', 7)).toEqual(['', '', '', '', 'linkwatch_0', 'linkwatch_0', 'linkwatch_0']);
  });

  it('is another one for each statement', () => {
    const nameOf = createStatementNames();
    const [one, other] = ['SELECT 1', 'UPDATE "Tenant" SET "name" = $1'].map((sql) => namesOf(sql, 5, nameOf).at(-1));
    expect([one, other]).toEqual(['linkwatch_0', 'linkwatch_1']);
    expect(namesOf('SELECT 1', 1, nameOf)).toEqual(['linkwatch_0']);
  });

  it.each([
    'BEGIN',
    'SET search_path = x',
    'LOCK TABLE "Tenant"',
    'EXPLAIN SELECT 1',
    'SELECT * FROM "Tenant"',
    ' select t.* FROM "Tenant" t',
    'SELECT "Tenant".* FROM "Tenant"',
    'UPDATE "Tenant" SET "name" = $1 RETURNING *',
  ])('is given to nothing that cannot be kept: %s', (sql) => {
    expect(new Set(namesOf(sql, 9))).toEqual(new Set(['']));
  });

  it('is given where all columns are only those of a part', () => {
    expect(namesOf('SELECT x."id" FROM (SELECT * FROM "Tenant") x', 5).at(-1)).toBe('linkwatch_0');
  });

  it('is given to two hundred at most', () => {
    const nameOf = createStatementNames();
    const last = Array.from({ length: 250 }, (_, n) => namesOf(`SELECT ${n}`, 5, nameOf).at(-1));
    expect(last.filter((name) => name !== '')).toHaveLength(200);
    expect(last.slice(200)).toEqual(Array(50).fill(''));
    expect(namesOf('SELECT 7', 1, nameOf)).toEqual(['linkwatch_7']);
  });

  it('is not kept from the others by statements that are always new', () => {
    const nameOf = createStatementNames();
    for (let n = 0; n < 5_000; n += 1) expect(nameOf({ sql: `SELECT ${n} AS once` })).toBe('');
    expect(namesOf('SELECT 1', 5, nameOf).at(-1)).toBe('linkwatch_0');
  });
});
