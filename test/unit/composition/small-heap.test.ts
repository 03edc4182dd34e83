import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { startProgram } from '../../support/program-child.ts';

const COUNTER = join(import.meta.dirname, '../../support/count-collections.ts');

async function collectionsWith(tenants: number): Promise<number> {
  const child = startProgram(COUNTER, [`${tenants}`], { cwd: import.meta.dirname, env: {} });
  return Number((await child.ended).stdout);
}

describe('the heap of a daemon', () => {
  it('is looked through less often with a large fleet than with a small one', async () => {
    const [small, large] = [await collectionsWith(19_999), await collectionsWith(20_000)];
    expect(large).toBeGreaterThan(0);
    expect(large).toBeLessThan(small * 0.75);
  });
});
