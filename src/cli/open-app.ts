import type { Config, Purpose } from '../config/config.ts';
import type { App } from '../monitoring/application.ts';
import { requireConfig } from './configuration.ts';
import type { Cli, Use } from './context.ts';

/** Opens the app for as long as the work lasts. */
export async function withApp<T>(
  cli: Cli,
  { purpose, use = 'command' }: Readonly<{ purpose: Purpose; use?: Use }>,
  work: (app: App, config: Config) => Promise<T>,
): Promise<T> {
  const config = requireConfig(cli, purpose);
  const app = await cli.openApp(config, use);
  try {
    return await work(app, config);
  } finally {
    await app.close();
  }
}
