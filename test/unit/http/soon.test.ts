import { describe, expect, it } from '@jest/globals';
import { soon } from '../../../src/http/dashboard/soon.ts';

function aCount() {
  const counts: PromiseWithResolvers<number>[] = [];
  const countSoon = soon((_of: string) => {
    const count = Promise.withResolvers<number>();
    counts.push(count);
    return count.promise;
  });
  return { counts, countSoon };
}

describe('What a page shows if it is there in time', () => {
  it('is shown where it is', async () => {
    const { counts, countSoon } = aCount();
    const shown = countSoon('tenants');
    counts[0]?.resolve(7);
    expect(await shown).toBe(7);
  });

  it('is left out where it is late, and shown once it is there', async () => {
    const { counts, countSoon } = aCount();
    expect(await countSoon('tenants')).toBeNull();
    expect(await countSoon('tenants')).toBeNull();
    counts[0]?.resolve(7);
    await Promise.resolve();
    const later = countSoon('tenants');
    counts.at(-1)?.resolve(8);
    expect(await later).toBe(8);
  });

  it('may fail late without anybody to hear of it, and in time for whoever asked', async () => {
    const { counts, countSoon } = aCount();
    expect(await countSoon('tenants')).toBeNull();
    counts[0]?.reject(new Error('the database is gone'));
    const again = countSoon('incidents');
    counts[1]?.reject(new Error('the database is gone'));
    await expect(again).rejects.toThrow('gone');
  });

  it('is waited for by whoever asks for something else', async () => {
    const { counts, countSoon } = aCount();
    expect(await countSoon('tenants')).toBeNull();
    const others = countSoon('incidents');
    counts[1]?.resolve(3);
    expect(await others).toBe(3);
  });

  it('is waited for less long once a count was late, because the fleet is a large one', async () => {
    const [ofLargeFleet, ofUnknownFleet] = [aCount(), aCount()];
    expect(await ofLargeFleet.countSoon('tenants')).toBeNull();
    const over: string[] = [];
    await Promise.all([
      ofUnknownFleet.countSoon('incidents').then(() => over.push('of an unknown fleet')),
      ofLargeFleet.countSoon('incidents').then(() => over.push('of a large fleet')),
    ]);
    expect(over).toEqual(['of a large fleet', 'of an unknown fleet']);
  });
});
