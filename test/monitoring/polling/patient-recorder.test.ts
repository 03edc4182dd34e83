import { describe, expect, it } from '@jest/globals';
import { createPatientRecorder } from '../../../src/monitoring/polling/patient-recorder.ts';
import { NOW } from '../../support/builders.ts';
import { manualClock, settled } from '../../support/use-case-clock.ts';

describe('Batches of what nobody waits for', () => {
  it('are full, but for the last one', async () => {
    const { recorder, written } = aRecorder(3);
    for (const item of [1, 2, 3, 4, 5]) {
      await recorder.add(item);
      await settled();
    }
    expect(written).toEqual([[1, 2, 3]]);
    await recorder.drained();
    expect(written).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
  });

  it('are written when an item comes after the first has waited for five seconds', async () => {
    const { recorder, written, clock } = aRecorder(100);
    await recorder.add(1);
    await clock.advance(4_999);
    await recorder.add(2);
    await settled();
    expect(written).toEqual([]);
    await clock.advance(1);
    await recorder.add(3);
    await settled();
    expect(written).toEqual([[1, 2, 3]]);
  });

  it('are written when the clock is set back', async () => {
    const { recorder, written, clock } = aRecorder(100);
    await recorder.add(1);
    clock.jump(-60_000);
    await recorder.add(2);
    await settled();
    expect(written).toEqual([[1, 2]]);
  });

  it('tell at the end what could not be written', async () => {
    const fail = () => Promise.reject(new Error('disk full'));
    const recorder = createPatientRecorder<number>(10, fail, manualClock(NOW));
    await recorder.add(1);
    await expect(recorder.drained()).rejects.toThrow('disk full');
  });
});

function aRecorder(limit: number) {
  const written: (readonly number[])[] = [];
  const clock = manualClock(NOW);
  const recorder = createPatientRecorder<number>(limit, async (batch) => void written.push(batch), clock);
  return { recorder, written, clock };
}
