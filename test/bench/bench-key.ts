import { configuredBy, madeVariables } from '../../src/cli/configuration.ts';
import { openApplication } from '../../src/composition/open-application.ts';
import { loadConfig } from '../../src/config/config.ts';
import type { KeyRole } from '../../src/domain/model/api-key.ts';
import { operator } from '../../src/monitoring/viewer.ts';
import type { BenchFleet } from './bench-fleet.ts';

/** An API key of the fleet’s database. */
export async function newKey({ env }: Pick<BenchFleet, 'env'>, role: KeyRole): Promise<string> {
  const loaded = loadConfig(env, { readFile: () => '', purpose: 'poll', isTerminal: false });
  if (!loaded.ok) throw new Error('the benchmark configured itself wrongly');
  const app = await openApplication(loaded.config, {
    use: 'command',
    database: 'existing',
    configured: configuredBy(madeVariables(env)),
  });
  const created = await app.apiKeys.create(operator, { role });
  await app.operations.close(operator);
  if (created.outcome !== 'created') throw new Error(`no key: ${created.outcome}`);
  return created.key.key;
}
