import { postgresqlPool } from './database.ts';
import { placeOf } from './plain-words.ts';
import { SHORT_WAITS } from './waits.ts';

const QUEUE_SCHEMA = 'pgboss';

/**
 * Where the workers' queue keeps its tables: in the same database, apart from ours, and one for each fleet in it. Null
 * for SQLite, whose queue is the process itself.
 */
export function queuePlace(databaseUrl: string) {
  if (databaseUrl.startsWith('file:')) return null;
  const { schema } = placeOf(databaseUrl);
  return {
    connection: postgresqlPool(databaseUrl, SHORT_WAITS),
    // In quotes, as the name of ours may need them.
    schema: schema === null ? QUEUE_SCHEMA : `"${schema}_${QUEUE_SCHEMA}"`,
  };
}
