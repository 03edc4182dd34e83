import { describe, expect, it } from '@jest/globals';
import { createCounts } from '../../../src/monitoring/tenants/count-tenants.ts';
import { NOW } from '../../support/builders.ts';
import { createMemoryStores } from '../../support/memory-store.ts';
import { manualClock } from '../../support/use-case-clock.ts';

/** A store that takes so long for each count. */
function aWorld(tookMs: number) {
  const clock = manualClock(NOW);
  const { tenants } = createMemoryStores();
  let counted = 0;
  const slow = {
    ...tenants,
    counts: async (...query: Parameters<typeof tenants.counts>) => {
      counted += 1;
      clock.jump(tookMs);
      return await tenants.counts(...query);
    },
  };
  return { clock, counts: createCounts({ tenants: slow, clock }), asked: () => counted };
}

const all = { tenantId: null };

describe('The count of tenants by their health', () => {
  it('takes a twentieth of the time at most, however often it is asked', async () => {
    const { clock, counts, asked } = aWorld(1_000);
    for (const end = clock.now() + 60_000; clock.now() < end; clock.jump(100)) await counts(all);
    expect(asked()).toBe(3);
  });

  it('is made anew where it costs nothing, and for each filter', async () => {
    const { counts, asked } = aWorld(0);
    await counts(all);
    await counts(all);
    await counts({ ...all, search: 'mill' });
    expect(asked()).toBe(3);
  });

  it('is forgotten for the filter that was asked first, when there are too many', async () => {
    const { counts, asked } = aWorld(1);
    for (let n = 0; n < 101; n += 1) await counts({ ...all, search: `${n}` });
    await counts({ ...all, search: '100' });
    expect(asked()).toBe(101);
    await counts({ ...all, search: '0' });
    expect(asked()).toBe(102);
  });
});
