import { type DatabaseServer, startPostgres } from './database-server.ts';

declare global {
  var linkwatchTestServer: DatabaseServer | undefined;
}

/** Before the first test that may need one: a PostgreSQL server, unless `TEST_DATABASE_URL` names one. */
export default async function setUp(): Promise<void> {
  if (process.env.TEST_DATABASE_URL) return;
  globalThis.linkwatchTestServer = await startPostgres();
  process.env.TEST_DATABASE_URL = globalThis.linkwatchTestServer.url;
}
