import type { Config, Purpose } from '../config/config.ts';
import type { Application } from '../monitoring/application.ts';
import { operator } from '../monitoring/viewer.ts';
import { configuredBy, requireConfig } from './configuration.ts';
import type { Cli, Opening } from './context.ts';

/** Opens the application for as long as the work lasts. */
export async function withApp<T>(
  cli: Cli,
  {
    purpose,
    use = 'command',
    database = 'existing',
  }: Readonly<{ purpose: Purpose }> & Partial<Omit<Opening, 'configured'>>,
  work: (app: Application, config: Config) => Promise<T>,
): Promise<T> {
  const config = requireConfig(cli, purpose);
  const app = await cli.openApplication(config, { use, database, configured: configuredBy(cli) });
  try {
    return await work(app, config);
  } finally {
    await app.operations.close(operator);
  }
}
