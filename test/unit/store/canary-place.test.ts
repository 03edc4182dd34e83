import { describe, expect, it } from '@jest/globals';
import { canaryPlace } from '../../../src/store/canary-place.ts';

describe('The place of the canary', () => {
  it.each([
    ['file:./data/linkwatch.db', 'file:./data/linkwatch.canary.db'],
    ['file:/srv/link%20watch.d/watch', 'file:/srv/link%20watch.d/watch.canary'],
    ['file:///srv/a.b/watch.sqlite3', 'file:///srv/a.b/watch.canary.sqlite3'],
    ['postgresql://me:p%40ss@db:5432/watch', 'postgresql://me:p%40ss@db:5432/watch?schema=linkwatch_canary'],
    ['postgres://db/watch?schema=fleet&sslmode=require', 'postgres://db/watch?schema=fleet_canary&sslmode=require'],
  ])('of %s is %s', (url, place) => {
    expect(canaryPlace(url)).toBe(place);
  });
});
