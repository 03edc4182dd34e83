import { UserFacingError } from '../../monitoring/user-facing-error.ts';
import type { Session } from '../database.ts';
import { applicationName } from '../plain-words.ts';

/** Throws while a Linkwatch is connected to this place of the PostgreSQL server; whoever asks goes by another name. */
export async function assertNobodyAt({ db }: Session, databaseUrl: string, place: string): Promise<void> {
  const rows = await db.$queryRawUnsafe<readonly { place: string }[]>(
    `SELECT DISTINCT COALESCE(host(client_addr), 'this machine') AS "place" FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = $1`,
    applicationName(databaseUrl),
  );
  if (rows.length === 0) return;
  throw new UserFacingError(
    `${place} is in use: Linkwatch is connected to it from ${rows.map((row) => row.place).join(', ')}`,
    'Stop every `linkwatch start` and other command, and try again.',
  );
}

/** The URL for a connection that does not count as Linkwatch at work. */
export function asBystander(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.searchParams.set('application_name', 'linkwatch db');
  return url.href;
}
