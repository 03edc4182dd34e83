import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DAY_MS } from '../../../src/domain/model/time.ts';
import { NOW } from '../../support/builders.ts';
import { createTestDatabase, type TestDatabase } from '../../support/store-fixtures.ts';

describe.each(['SQLite', 'PostgreSQL'] as const)('answers to writes that a program may repeat, on %s', (name) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createTestDatabase(name);
  });
  afterEach(() => database.drop());

  it('are erased when they are older than asked for, those still under way included', async () => {
    const { db } = database.raw;
    const write = (id: string, at: number) => ({ id, request: 'sha', createdAt: new Date(at) });
    await db.repeatableWrite.createMany({
      data: [
        { ...write('old', NOW - 1), status: 201, contentType: 'application/json', body: 'sealed' },
        write('old and under way', NOW - DAY_MS),
        { ...write('young', NOW), status: 204 },
      ],
    });
    const limits = { pollsBefore: 0, historyBefore: 0, writesBefore: NOW };
    expect(await database.open().retention.prune(limits)).toMatchObject({ writes: 2, audit: 0 });
    expect(await db.repeatableWrite.findMany({ select: { id: true } })).toEqual([{ id: 'young' }]);
  });
});
