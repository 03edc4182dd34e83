import { describe, expect, it } from '@jest/globals';
import { inTime } from '../../src/monitoring/in-time.ts';
import { NOW } from '../support/builders.ts';
import { ms } from '../support/domain-time.ts';
import { manualClock, settled } from '../support/use-case-clock.ts';

const never = new Promise<never>(() => {});

describe('Work that has a time', () => {
  it('gives its result, or its error, and leaves nobody asleep', async () => {
    const clock = manualClock(NOW);
    expect(await inTime(Promise.resolve('done'), ms('20s'), clock)).toBe('done');
    await expect(inTime(Promise.reject(new Error('disk full')), ms('20s'), clock)).rejects.toThrow('disk full');
    await settled();
    expect(clock.sleepers()).toBe(0);
  });

  it('is an error when it takes longer', async () => {
    const clock = manualClock(NOW);
    const late = expect(inTime(never, ms('20s'), clock)).rejects.toThrow('there was no answer within 20 s');
    await clock.advance(ms('20s'));
    await late;
  });

  it('is waited for until the signal aborts', async () => {
    const clock = manualClock(NOW);
    const stopping = new AbortController();
    const waited = expect(inTime(never, ms('20s'), clock, stopping.signal)).rejects.toThrow('the daemon stops');
    stopping.abort(new Error('the daemon stops'));
    await waited;
    expect(clock.sleepers()).toBe(0);
  });
});
