import { describe, expect, it } from '@jest/globals';
import { advancePeriod } from '../../../src/domain/detection/advance-period.ts';
import type { Reading } from '../../../src/domain/model/connection.ts';
import { aConnection, aSnapshot, aStatus, NOW } from '../../support/builders.ts';
import { countedIds } from '../../support/domain-settings.ts';
import { ms } from '../../support/domain-time.ts';

const healthy: Reading = { status: aStatus(), conditions: [], health: 'healthy' };
const broken: Reading = {
  status: aStatus({ tokenIsValid: false }),
  conditions: ['token_invalid'],
  health: 'broken',
};
const known = aConnection({ period: aSnapshot({ from: NOW - ms('5h'), to: NOW - ms('1h'), polls: 5 }) });

function periodAfter(reading: Reading, { connection = known, at = NOW } = {}) {
  return advancePeriod(connection, reading, { tenantId: 'tenant-1', at, speaksForMs: ms('3h'), newId: countedIds() });
}

describe('The period of a connection after one more poll', () => {
  it('begins anew, without a change, when the same was seen before a gap', () => {
    const late = NOW + ms('1h') + 1;
    expect(periodAfter(healthy, { at: late })).toMatchObject({
      newSnapshot: { from: late, to: late, polls: 1, speaksForMs: ms('3h'), health: 'healthy' },
      extendedSnapshot: null,
      change: null,
    });
  });

  it('begins anew, without a change, when only the status differs', () => {
    const { newSnapshot, change } = periodAfter({ ...healthy, status: aStatus({ networkStatus: 204 }) });
    expect(newSnapshot).toMatchObject({ from: NOW, status: { networkStatus: 204 } });
    expect(change).toBeNull();
  });

  it('begins with a change when the same is judged otherwise than by an earlier version', () => {
    const connection = aConnection({ period: aSnapshot({ health: 'waiting', to: NOW - ms('1h') }) });
    expect(periodAfter(healthy, { connection })).toMatchObject({
      newSnapshot: { health: 'healthy', from: NOW },
      change: { from: 'waiting', to: 'healthy' },
    });
  });

  it('is extended by a poll that still counts for the latest one, and shows the same', () => {
    const extended = { from: NOW - ms('5h'), to: NOW + ms('1h'), polls: 6, speaksForMs: ms('3h') };
    expect(periodAfter(healthy, { at: NOW + ms('1h') })).toMatchObject({
      connection: { period: extended },
      newSnapshot: null,
      extendedSnapshot: extended,
      change: null,
    });
  });

  it('begins with a change when another condition shows', () => {
    const { connection, newSnapshot, change } = periodAfter(broken);
    expect(connection.period).toBe(newSnapshot);
    expect(newSnapshot).toMatchObject({ connectionId: known.id, from: NOW, to: NOW, health: 'broken' });
    expect(change).toMatchObject({ at: NOW, from: 'healthy', to: 'broken', reason: 'broke', network: 'facebook' });
  });

  it('begins with the connection’s first poll', () => {
    const { newSnapshot, change } = periodAfter(healthy, { connection: aConnection({ period: null }) });
    expect(newSnapshot).toMatchObject({ from: NOW, polls: 1 });
    expect(change).toMatchObject({ from: null, to: 'healthy', reason: 'first_seen' });
  });
});
