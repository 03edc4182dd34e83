import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type DatabaseName, type TestDatabase } from '../support/store-fixtures.ts';
import { enumerateFailures, type Portion } from './nth-failure.ts';
import { prepareFleet } from './prepared-fleet.ts';
import { statementSeam } from './statement-seam.ts';
import { useCases } from './use-cases.ts';

/** `npm run faults` tries all failures on both databases. */
export function nthFailureContract(name: DatabaseName, portion: Exclude<Portion, 'all'>): void {
  describe(`on ${name}, whichever statement fails`, () => {
    const seam = statementSeam(name);
    let database: TestDatabase;
    beforeAll(async () => {
      database = await createTestDatabase(name);
      await prepareFleet(database, seam);
    });
    afterAll(() => database.drop());

    it.each(useCases)('$name is finished afterwards as if nothing had failed', async (useCase) => {
      const { violations, statements } = await enumerateFailures(useCase, { database, seam }, portion);
      expect(violations).toEqual([]);
      expect(statements).toBeGreaterThan(useCase.statements);
    });
  });
}
