import { incidents } from './app/incidents.ts';
import { mailServer, outbox } from './app/outbox.ts';
import { replays } from './app/replays.ts';
import { health, tenants } from './app/tenants.ts';
import { upkeep } from './app/upkeep.ts';
import { work } from './app/work.ts';
import type { App } from './cli/app-port.ts';
import type { Use } from './cli/context.ts';
import type { Config } from './config.ts';
import { openParts, type Parts } from './open-parts.ts';

/** Wires Linkwatch: configuration -> adapters -> use cases. Nothing connects before a command asks for something. */
export async function openApp(config: Config, use: Use): Promise<App> {
  const parts = openParts(config, { isQuiet: use === 'command' });
  const migrated = afterMigration(parts);
  return {
    ...migrated(work(parts)),
    ...migrated(health(parts)),
    ...migrated(tenants(parts)),
    ...migrated(incidents(parts)),
    ...migrated(outbox(parts)),
    ...migrated(replays(parts)),
    ...mailServer(parts),
    ...upkeep(parts),
  };
}

type Asked = (...args: never[]) => Promise<unknown>;

/** Whatever asks the database first has its tables brought up to date, once. */
function afterMigration({ store }: Parts) {
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
