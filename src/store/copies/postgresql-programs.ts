import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { UserFacingError } from '../../monitoring/user-facing-error.ts';
import { codeOf } from '../driver-error.ts';

/** What libpq's own programs understand of a URL; the rest is of Prisma, or of Node.js's driver. */
const KNOWN = ['host', 'port', 'user', 'sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'connect_timeout', 'options'];
const LARGEST_OUTPUT = 64 * 1024 * 1024;

type Program = 'pg_dump' | 'pg_restore';

/**
 * Runs one of PostgreSQL's client programs, with a database or without, and gives what it prints. The password is in no
 * argument, which others may see.
 */
export async function runProgram(
  program: Program,
  args: readonly string[],
  databaseUrl: string | null,
): Promise<string> {
  const { url, password } = databaseUrl === null ? { url: null, password: '' } : connectionOf(databaseUrl);
  try {
    const env = { ...process.env, ...(password !== '' && { PGPASSWORD: password }), PGAPPNAME: 'linkwatch db' };
    const given = url === null ? args : [`--dbname=${url}`, ...args];
    return (await promisify(execFile)(program, given, { env, maxBuffer: LARGEST_OUTPUT })).stdout;
  } catch (error) {
    throw inWords(program, error);
  }
}

function connectionOf(databaseUrl: string): Readonly<{ url: string; password: string }> {
  const url = new URL(databaseUrl);
  const password = url.searchParams.get('password') ?? decodeURIComponent(url.password);
  url.password = '';
  for (const name of [...url.searchParams.keys()]) if (!KNOWN.includes(name)) url.searchParams.delete(name);
  return { url: url.href, password };
}

function inWords(program: Program, error: unknown): UserFacingError {
  if (codeOf(error) === 'ENOENT') {
    return new UserFacingError(
      `${program} is not on this machine`,
      `Install PostgreSQL's client programs of the server's version (Debian: apt-get install postgresql-client), or run them where they are: ${byHand[program]}`,
    );
  }
  const said = String(Object(error).stderr ?? error).trim();
  return new UserFacingError(
    `${program} failed: ${said.split('\n').slice(-3).join(' ')}`,
    `Its version must be the server's, or a later one. By hand: ${byHand[program]}`,
  );
}

const byHand: Readonly<Record<Program, string>> = {
  pg_dump: 'pg_dump --format=custom --no-owner --no-privileges --file=FILE "$DATABASE_URL"',
  pg_restore: 'pg_restore --no-owner --no-privileges --single-transaction --dbname="$DATABASE_URL" FILE',
};
