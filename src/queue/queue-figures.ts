import type { PgBoss } from 'pg-boss';
import type { QueueFigures } from '../monitoring/ports.ts';
import { DEAD_BATCHES } from './open-boss.ts';

type Count = Readonly<{ name: string; state: string; jobs: number }>;

/**
 * Counted anew: the counts that pg-boss keeps are a minute old or more. Done batches are gone within the hour, so there
 * are few.
 */
export async function readFigures(boss: PgBoss, schema: string): Promise<QueueFigures> {
  const { rows } = await boss
    .getDb()
    .executeSql(`SELECT name, state::text, count(*)::int AS jobs FROM ${schema}.job GROUP BY name, state`);
  const sum = (ofDead: boolean, ...states: readonly string[]) =>
    (rows as readonly Count[])
      .filter(({ name, state }) => (name === DEAD_BATCHES) === ofDead && states.includes(state))
      .reduce((total, { jobs }) => total + jobs, 0);
  return { waiting: sum(false, 'created', 'retry'), active: sum(false, 'active'), dead: sum(true, 'created') };
}
