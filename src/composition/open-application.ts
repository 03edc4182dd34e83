import type { Use } from '../cli/context.ts';
import type { Config } from '../config/config.ts';
import type { App } from '../monitoring/application.ts';
import { type Adapters, openAdapters } from './adapters.ts';
import { incidents } from './incidents.ts';
import { mailServer, outbox } from './outbox.ts';
import { replays } from './replays.ts';
import { health, tenants } from './tenants.ts';
import { upkeep } from './upkeep.ts';
import { work } from './work.ts';

/** Wires Linkwatch: configuration -> adapters -> use cases. Nothing connects before a command asks for something. */
export async function openApp(config: Config, use: Use): Promise<App> {
  const adapters = openAdapters(config, { isQuiet: use === 'command' });
  const migrated = afterMigration(adapters);
  return {
    ...migrated(work(adapters)),
    ...migrated(health(adapters)),
    ...migrated(tenants(adapters)),
    ...migrated(incidents(adapters)),
    ...migrated(outbox(adapters)),
    ...migrated(replays(adapters)),
    ...mailServer(adapters),
    ...upkeep(adapters),
  };
}

type Asked = (...args: never[]) => Promise<unknown>;

/** Whatever asks the database first has its tables brought up to date, once. */
function afterMigration({ store }: Adapters) {
  let migration: Promise<unknown> | null = null;
  return <T extends Record<string, Asked>>(functions: T): T =>
    Object.fromEntries(
      Object.entries(functions).map(([name, ask]) => [
        name,
        async (...args: never[]) => {
          migration ??= store.migrate();
          await migration;
          return await ask(...args);
        },
      ]),
    ) as T;
}
