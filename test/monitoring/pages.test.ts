import { describe, expect, it } from '@jest/globals';
import { pageAt, positionAt } from '../../src/monitoring/pages.ts';

const places = [9, 8, 7, 6].map((at) => ({ at, id: `at-${at}` }));

describe('pageAt', () => {
  it('reads the items of one page, and ends where it ends', async () => {
    const page = await pageAt(places, 3, async (ids) => ids);
    expect(page.items).toEqual(['at-9', 'at-8', 'at-7']);
    expect(positionAt(page.nextCursor)).toEqual({ at: 7, id: 'at-7' });
    expect(await pageAt(places, 4, async (ids) => ids)).toMatchObject({ items: { length: 4 }, nextCursor: null });
    expect(await pageAt([], 4, async (ids) => ids)).toEqual({ items: [], nextCursor: null });
  });

  it('goes on behind items that were erased since they were found', async () => {
    const page = await pageAt(places, 3, async () => []);
    expect(page.items).toEqual([]);
    expect(positionAt(page.nextCursor)).toEqual({ at: 7, id: 'at-7' });
  });
});
