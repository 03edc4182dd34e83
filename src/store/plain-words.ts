import { errorText } from '../domain/model/error-text.ts';
import { UserFacingError } from '../monitoring/user-facing-error.ts';
import { sqlState } from './driver-error.ts';
import { troubleOf } from './trouble.ts';

/** Where in a PostgreSQL server we are; `schema` is null for the one that it gives us. */
export function placeOf(databaseUrl: string): Readonly<{ schema: string | null; user: string }> {
  const { searchParams, username } = new URL(databaseUrl);
  return { schema: searchParams.get('schema'), user: searchParams.get('user') ?? decodeURIComponent(username) };
}

/**
 * The name by which the server shows our sessions: each schema has its own, so that two Linkwatches of one database
 * differ.
 */
export function applicationName(databaseUrl: string): string {
  const ownName = new URL(databaseUrl).searchParams.get('application_name');
  if (ownName !== null) return ownName;
  const { schema } = placeOf(databaseUrl);
  return schema === null ? 'linkwatch' : `linkwatch ${schema}`;
}

/** For what an operator reads first: Prisma's messages begin with the method that was called. */
export async function inPlainWords<Result>(databaseUrl: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof UserFacingError) throw cause;
    const isSqlite = databaseUrl.startsWith('file:');
    const trouble = troubleOf(cause, isSqlite ? 'sqlite' : 'postgresql');
    if (trouble !== null) throw trouble;
    const words = wordsOf(cause);
    const remedy = isSqlite ? null : missingGrant(cause, databaseUrl);
    throw new Error(remedy === null ? words : `${words}. ${remedy}`, { cause });
  }
}

function wordsOf(error: unknown): string {
  const message = errorText(error);
  return /Message: `(.*)`$/s.exec(message)?.[1] ?? message.trim();
}

/** SQLSTATE of a right that is missing, and of a search path without any schema that may be used. */
const RIGHT_MISSING = ['42501', '3F000'];

/** What the database's owner has to run; null when no right is missing. */
function missingGrant(error: unknown, databaseUrl: string): string | null {
  // A migration's error names the migration, and has the driver's as its cause.
  const refused = [error, Object(error).cause].find((each) => RIGHT_MISSING.includes(String(sqlState(each))));
  if (refused === undefined) return null;
  const { schema, user } = placeOf(databaseUrl);
  const [place, us] = [`SCHEMA "${schema ?? 'public'}"`, `"${user || 'USER'}"`];
  const words = wordsOf(refused);
  if (/for database/.test(words)) return `As the database's owner run: CREATE ${place} AUTHORIZATION ${us};`;
  return /for (table|sequence|relation)|must be owner/.test(words)
    ? `Another user made the tables: make ${us} the owner of each in ${place}.`
    : `As the schema's owner run: GRANT USAGE, CREATE ON ${place} TO ${us};`;
}
