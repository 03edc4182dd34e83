import { describe, expect, it } from '@jest/globals';
import { createBatchRecorder } from '../../../src/monitoring/polling/batch-recorder.ts';
import { settled } from '../../support/use-case-clock.ts';

describe('Batches', () => {
  it('go on after one that could not be written, and its failure is told at the end', async () => {
    const written: (readonly number[])[] = [];
    const recorder = createBatchRecorder<number>(10, async (batch) => {
      if (batch.includes(1)) throw new Error('disk full');
      written.push(batch);
    });

    for (const item of [1, 2, 3]) {
      await recorder.add(item);
      await settled();
    }

    await expect(recorder.drained()).rejects.toThrow('disk full');
    expect(written.flat()).toEqual([2, 3]);
  });

  it('tell the first of several failures', async () => {
    const recorder = createBatchRecorder<number>(10, async ([first]) => {
      throw new Error(`failure ${first}`);
    });
    await recorder.add(1);
    await settled();
    await recorder.add(2);

    await expect(recorder.drained()).rejects.toThrow('failure 1');
  });

  it('hold a single item when it comes alone: a trickle is written at once', async () => {
    const { recorder, begun } = aRecorder(100);

    await recorder.add(1);
    await settled();
    await recorder.add(2);
    await settled();

    expect(begun).toEqual([[1], [2]]);
  });

  it('grow while one is being written, up to the limit', async () => {
    const { recorder, begun, finish } = aRecorder(3, 'slow');
    await recorder.add(1);
    await settled();
    for (const item of [2, 3, 4, 5]) await recorder.add(item);
    expect(begun).toEqual([[1]]);

    finish();
    await settled();
    expect(begun).toEqual([[1], [2, 3, 4]]);

    finish();
    await settled();
    finish();
    await recorder.drained();
    expect(begun).toEqual([[1], [2, 3, 4], [5]]);
  });

  it('hold all that has arrived together', async () => {
    const { recorder, begun } = aRecorder(100);

    for (const item of [1, 2, 3]) await recorder.add(item);
    await recorder.drained();

    expect(begun).toEqual([[1, 2, 3]]);
  });

  it('are written one at a time', async () => {
    const { recorder, begun, finish } = aRecorder(1, 'slow');

    await recorder.add(1);
    await recorder.add(2);
    await settled();
    expect(begun).toEqual([[1]]);

    finish();
    await settled();
    finish();
    await recorder.drained();
    expect(begun).toEqual([[1], [2]]);
  });

  it('make whoever adds wait when two of them have gathered', async () => {
    const { recorder, finish } = aRecorder(2, 'slow');
    await recorder.add(1);
    await settled();
    for (const item of [2, 3, 4]) await recorder.add(item);
    let isAdded = false;
    const adding = recorder.add(5).then(() => {
      isAdded = true;
    });
    await settled();
    expect(isAdded).toBe(false);

    for (let batch = 0; batch < 3; batch += 1) {
      finish();
      await settled();
    }
    await adding;
    expect(isAdded).toBe(true);
  });

  it('are drained at once when there were none', async () => {
    const { recorder, begun } = aRecorder(2);

    await recorder.drained();

    expect(begun).toEqual([]);
  });
});

/** `finish` lets the batch that is being written end; a quick recorder needs none. */
function aRecorder(limit: number, pace: 'quick' | 'slow' = 'quick') {
  const begun: (readonly number[])[] = [];
  const writing: (() => void)[] = [];
  const recorder = createBatchRecorder<number>(limit, async (batch) => {
    begun.push(batch);
    if (pace === 'slow') await new Promise<void>((resolve) => writing.push(resolve));
  });
  return { recorder, begun, finish: () => writing.shift()?.() };
}
