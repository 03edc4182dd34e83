import { SECOND_MS } from '../../domain/model/time.ts';
import type { Clock } from '../ports.ts';
import { type BatchRecorder, createBatchRecorder } from './batch-recorder.ts';

const PATIENCE_MS = 5 * SECOND_MS;

/**
 * A batch recorder for what nobody waits for: batches are full, but for the last one, and for those whose first item
 * has waited for long when the next one comes.
 */
export function createPatientRecorder<T>(
  limit: number,
  write: (batch: readonly T[]) => Promise<void>,
  clock: Clock,
): BatchRecorder<T> {
  const recorder = createBatchRecorder(limit, write);
  const waiting: T[] = [];
  let since = clock.now();

  const handOn = async () => void (await Promise.all(waiting.splice(0).map((item) => recorder.add(item))));

  return {
    async add(item) {
      const now = clock.now();
      if (waiting.length === 0) since = now;
      waiting.push(item);
      if (waiting.length >= limit || Math.abs(now - since) >= PATIENCE_MS) await handOn();
    },
    async drained() {
      await handOn();
      await recorder.drained();
    },
  };
}
