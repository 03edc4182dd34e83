import type { KeyRole } from '../../src/domain/model/api-key.ts';
import { operator } from '../../src/monitoring/viewer.ts';
import { openBenchApplication } from './bench-application.ts';
import type { BenchFleet } from './bench-fleet.ts';

/** An API key of the fleet’s database. */
export async function newKey({ env }: Pick<BenchFleet, 'env'>, role: KeyRole): Promise<string> {
  const app = await openBenchApplication(env, 'existing');
  const created = await app.apiKeys.create(operator, { role });
  await app.operations.close(operator);
  if (created.outcome !== 'created') throw new Error(`no key: ${created.outcome}`);
  return created.key.key;
}
