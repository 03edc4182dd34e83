import { isHeardOf } from '../domain/model/worker.ts';
import type { Stores } from './ports.ts';
import type { WorkerView } from './views.ts';

/** Those that were heard of within a minute, the oldest first. */
export async function readWorkers({ workers }: Pick<Stores, 'workers'>): Promise<readonly WorkerView[]> {
  const now = await workers.now();
  return (await workers.list()).map((worker) => ({ ...worker, isAlive: isHeardOf(worker, now) }));
}
