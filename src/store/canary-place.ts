import { placeOf } from './plain-words.ts';

/** The canary's own database: a file beside SQLite's, or a schema in PostgreSQL's. */
export function canaryPlace(databaseUrl: string): string {
  if (databaseUrl.startsWith('file:')) return databaseUrl.replace(/(\.\w+)?$/, '.canary$1');
  const url = new URL(databaseUrl);
  url.searchParams.set('schema', `${placeOf(databaseUrl).schema ?? 'linkwatch'}_canary`);
  return url.href;
}
