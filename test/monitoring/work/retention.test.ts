import { expect, it } from '@jest/globals';
import { DAY_MS } from '../../../src/domain/model/time.ts';
import type { PruneLimits } from '../../../src/monitoring/ports.ts';
import { createWork } from '../../../src/monitoring/work/create-work.ts';
import { NOW } from '../../support/builders.ts';
import { NOTHING_PRUNED } from '../../support/nothing-pruned.ts';
import { aWorld } from '../../support/use-case-world.ts';

it('keeps polls and history for as long as is set, and the answers to writes for a day', async () => {
  const { ports, log } = await aWorld();
  const asked: PruneLimits[] = [];
  const prune = async (limits: PruneLimits) => {
    asked.push(limits);
    return { ...NOTHING_PRUNED, polls: 1, audit: 6, writes: 7 };
  };
  const retentionTimes = { pollsForMs: 30 * DAY_MS, historyForMs: 400 * DAY_MS };
  const { signal } = new AbortController();
  await createWork({ ...ports, retentionTimes, retention: { prune } }).retention({ signal });
  expect(asked).toEqual([
    { pollsBefore: NOW - 30 * DAY_MS, historyBefore: NOW - 400 * DAY_MS, writesBefore: NOW - DAY_MS, signal },
  ]);
  expect(log.fieldsOf('history pruned')).toMatchObject([{ polls: 1, audit: 6, writes: 7 }]);
});
