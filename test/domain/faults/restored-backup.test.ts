import { describe, expect, it } from '@jest/globals';
import { type RefusedTenant, restoredBackup } from '../../../src/domain/faults/restored-backup.ts';
import { HOUR_MS, MINUTE_MS } from '../../../src/domain/model/time.ts';
import { NOW } from '../../support/builders.ts';

const backup = NOW - 9 * HOUR_MS;

/** Good until the backup, and refused by the first poll after it was restored. */
function refused(given: Partial<RefusedTenant> = {}): RefusedTenant {
  return { lastGoodPollAt: backup, refusedSince: NOW - HOUR_MS, intervalMs: HOUR_MS, ...given };
}

const withdrawn = refused({ lastGoodPollAt: NOW - 2 * HOUR_MS });

describe('a database that was restored from a backup', () => {
  it.each<[string, readonly RefusedTenant[], number, ReturnType<typeof restoredBackup>]>([
    ['shows in several tenants, refused after one gap', [refused(), refused()], 50, { tenants: 2, since: backup }],
    [
      'knows nothing from its last good poll on',
      [refused({ lastGoodPollAt: backup - 40 * MINUTE_MS }), refused(), withdrawn],
      50,
      { tenants: 2, since: backup },
    ],
    ['shows in the only tenant there is', [refused()], 1, { tenants: 1, since: backup }],
    ['is not concluded from one tenant of many', [refused()], 2, null],
    ['is not concluded from permissions withdrawn between two polls', [withdrawn, withdrawn], 50, null],
    [
      'is not concluded from two gaps of one tenant each',
      [refused({ lastGoodPollAt: backup - 90 * HOUR_MS, refusedSince: backup - 50 * HOUR_MS }), refused()],
      50,
      null,
    ],
    [
      'is not concluded from a long interval',
      [refused({ intervalMs: 4 * HOUR_MS }), refused({ intervalMs: 5 * HOUR_MS })],
      50,
      null,
    ],
    ['is not concluded from nothing', [], 0, null],
  ])('%s', (_, all, tenants, expected) => {
    expect(restoredBackup(all, { tenants })).toEqual(expected);
  });
});
