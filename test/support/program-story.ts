import { it } from '@jest/globals';
import { type World, type WorldOptions, withWorld } from './program-world.ts';
import type { DatabaseName } from './store-fixtures.ts';

const databases: readonly DatabaseName[] = ['SQLite', 'PostgreSQL'];

type Tell = (world: World) => Promise<void>;

/** A test in a world of its own, on one database: enough where the stores' contract, which both keep, has said the rest. */
export function story(name: string, options: WorldOptions, tell: Tell): void {
  it(name, () => withWorld(options, tell));
}

/**
 * A story that must come out the same whatever the database is, told on both at the same time: within one test,
 * because Jest refuses what Prisma imports late when a test beside it has just ended.
 */
export function storyOnBoth(name: string, options: Omit<WorldOptions, 'database'>, tell: Tell): void {
  it(`${name}, on both databases`, async () => {
    const told = await Promise.allSettled(databases.map((database) => withWorld({ ...options, database }, tell)));
    const failures = told.flatMap((outcome, index) =>
      outcome.status === 'rejected' ? [`On ${databases[index]}: ${textOf(outcome.reason)}`] : [],
    );
    if (failures.length > 0) throw new Error(failures.join('\n\n'));
  });
}

function textOf(error: unknown): string {
  return error instanceof Error ? `${error.message}\n${error.stack}` : String(error);
}
