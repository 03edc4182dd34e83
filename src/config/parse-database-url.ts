import { fileURLToPath } from 'node:url';
import { ENCODE, hidesPassword, tryUrl } from './parse-url.ts';
import { accepted, type Parse, type Parsed, rejected } from './variable.ts';

const INSTEAD = 'file:./data/linkwatch.db or postgresql://user:password@host:5432/database';

const SSL_MODES = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'];
const anyValue = /./;
const milliseconds = /^\d+$/;

/** What a PostgreSQL URL may say behind its ?: `schema`, and what the driver reads there (`pg`, not libpq). */
const postgresParameters: Readonly<Record<string, RegExp>> = {
  schema: /^[\w$-]{1,63}$/,
  sslmode: new RegExp(`^(${SSL_MODES.join('|')})$`),
  ...Object.fromEntries(['host', 'port', 'user', 'password', 'options'].map((name) => [name, anyValue])),
  ...Object.fromEntries(['sslcert', 'sslkey', 'sslrootcert'].map((name) => [name, anyValue])),
  ...Object.fromEntries(
    ['application_name', 'fallback_application_name', 'client_encoding'].map((name) => [name, anyValue]),
  ),
  ssl: /^(true|false|1|0)$/,
  sslnegotiation: /^(postgres|direct)$/,
  uselibpqcompat: /^(true|false)$/,
  statement_timeout: milliseconds,
  query_timeout: milliseconds,
  lock_timeout: milliseconds,
  idle_in_transaction_session_timeout: milliseconds,
};

export const databaseUrl: Parse<string> = (text) => {
  if (text.startsWith('file:')) return sqliteUrl(text);
  const url = tryUrl(text);
  if (url === null || !['postgresql:', 'postgres:'].includes(url.protocol)) {
    return rejected('it is neither a file: nor a postgresql: URL', INSTEAD);
  }
  if (hidesPassword(url)) return rejected('its password is not percent-encoded', ENCODE);
  return url.pathname.length > 1 ? postgresUrl(text, url) : rejected('it names no database', INSTEAD);
};

/** Whatever is not read would be part of the file's name, or have no effect. */
function sqliteUrl(text: string): Parsed<string> {
  const path = text.slice('file:'.length);
  if (path === '' || path === ':memory:' || path.endsWith('/')) return rejected('it names no file', INSTEAD);
  const [, parameters] = path.split('?', 2);
  if (parameters !== undefined) {
    return rejected(
      `SQLite takes no parameters${named([...new URLSearchParams(parameters).keys()])}`,
      'the path alone; ? is %3F',
    );
  }
  if (path.includes('#')) return rejected('it has a # in its path', 'the path with %23 for #');
  try {
    const file = path.startsWith('//') ? fileURLToPath(text) : decodeURIComponent(path);
    if (!file.includes('\0')) return accepted(text);
  } catch {
    // Told below.
  }
  return path.startsWith('//')
    ? rejected('its path cannot be read', 'file:./data/linkwatch.db, or file:///var/lib/linkwatch.db with % as %25')
    : rejected('it has a % that encodes nothing', 'the path with %25 for %');
}

function postgresUrl(text: string, { searchParams }: URL): Parsed<string> {
  const names = [...searchParams.keys()];
  const unknown = names.filter((name) => !Object.hasOwn(postgresParameters, name));
  if (unknown.length > 0) {
    const instead = `the URL without ${unknown.length === 1 ? 'it' : 'them'}; known are ${Object.keys(postgresParameters).join(', ')}`;
    return rejected(`PostgreSQL's driver does not know${named(unknown)}`, instead);
  }
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) return rejected(`${twice} stands in it twice`, `one ${twice}`);
  const bad = names.find((name) => !postgresParameters[name]?.test(searchParams.get(name) ?? ''));
  return bad === undefined ? accepted(text) : rejected(`its ${bad} is none`, valueInstead(bad));
}

function valueInstead(name: string): string {
  if (name === 'schema') return 'the name of a schema, of letters, digits, _, $ and -';
  if (name === 'sslmode') return `one of ${SSL_MODES.join(', ')}`;
  return name.endsWith('_timeout')
    ? 'milliseconds, such as 5000'
    : 'a value that the driver knows, or the URL without it';
}

function named(names: readonly string[]): string {
  const shown = names.filter((name) => name !== '').map((name) => name.slice(0, 50).replaceAll(/\p{Cc}/gu, ' '));
  return shown.length === 0 ? '' : `: ${shown.join(', ')}`;
}
