import { type DatabaseServer, startPostgres } from './database-server.ts';
import { type CommandHost, startCommandHost } from './hosted-commands.ts';
import { type MigratedTemplates, makeTemplates } from './migrated-templates.ts';

declare global {
  var linkwatchTestServer: DatabaseServer | undefined;
  var linkwatchTemplates: MigratedTemplates | undefined;
  var linkwatchCommandHost: CommandHost | undefined;
}

/**
 * Before the first test that may need them: a PostgreSQL server, unless `TEST_DATABASE_URL` names one, the templates, and
 * the host of commands.
 */
export default async function setUp(): Promise<void> {
  process.env.TEST_DATABASE_URL ||= await ownServer();
  globalThis.linkwatchTemplates = await makeTemplates(process.env.TEST_DATABASE_URL);
  globalThis.linkwatchCommandHost = await startCommandHost();
  Object.assign(process.env, globalThis.linkwatchTemplates.env, {
    TEST_COMMAND_HOST: globalThis.linkwatchCommandHost.url,
  });
}

async function ownServer(): Promise<string> {
  globalThis.linkwatchTestServer = await startPostgres();
  return globalThis.linkwatchTestServer.url;
}
