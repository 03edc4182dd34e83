import { describe, expect, it } from '@jest/globals';
import type { RecordedPoll } from '../../../src/domain/model/tenant-past.ts';
import { intervalAt, listedInPoll, observationsReader } from '../../../src/domain/replay/observations-at.ts';
import { aSnapshot, NOW } from '../../support/builders.ts';
import { ms } from '../../support/domain-time.ts';

function poll(ago: string, listed: number | null, outcome: RecordedPoll['outcome'] = 'observed'): RecordedPoll {
  return { at: NOW - ms(ago), outcome, listed, failureKind: outcome === 'failed' ? 'timeout' : null };
}

const until = (id: string, ago: string, given = {}) =>
  aSnapshot({ id, connectionId: id, from: NOW - ms('9h'), to: NOW - ms(ago), ...given });

describe('What a poll of the past showed', () => {
  it('is the same object while nothing changes', () => {
    const read = observationsReader({
      snapshots: [until('a', '2h'), until('b', '5h'), until('gone', '2h', { health: 'removed' })],
    });
    const first = read(NOW - ms('9h'));
    expect(read(NOW - ms('5h'))).toBe(first);
    expect(read(NOW - ms('5h') + 1)).not.toBe(first);
  });

  it('leaves out a connection that was removed, and one whose period had ended', () => {
    const observations = observationsReader({
      snapshots: [until('a', '2h'), until('b', '5h'), until('gone', '2h', { health: 'removed' })],
    });
    expect(observations(NOW - ms('3h'))).toMatchObject({ snapshots: [{ id: 'a' }], isHealthy: true });
  });

  it('is not healthy when one connection is not', () => {
    const observations = observationsReader({ snapshots: [until('a', '2h'), until('b', '2h', { health: 'waiting' })] });
    expect(observations(NOW - ms('3h')).isHealthy).toBe(false);
  });
});

describe('The connections that a poll of the past listed', () => {
  const [steady, missed] = [until('steady', '0s', { polls: 3 }), until('missed', '0s', { polls: 2 })];
  const observations = { snapshots: [steady, missed], isHealthy: true, until: NOW };
  const polls = [poll('3h', 2), poll('2h', 1), poll('1h', 2), poll('30m', null, 'failed')];

  it('leave out the one that fewer polls showed, when the poll listed fewer', () => {
    expect(listedInPoll(poll('2h', 1), observations, { polls })).toEqual([steady]);
  });

  it.each([2, 3, null])('are all of them when the poll listed %s', (listed) => {
    expect(listedInPoll(poll('2h', listed), observations, { polls })).toBe(observations.snapshots);
  });
});

describe('The interval of a poll of the past', () => {
  const snapshot = until('a', '1h', { speaksForMs: ms('6h') });
  it.each<[string, string, readonly (typeof snapshot)[], string]>([
    ['is the usual one when it listed nothing', '1h', [], '20m'],
    ['is that of the snapshot that it ended', '1h', [snapshot], '3h'],
    ['is no less than half of the time to the next poll', '9h', [snapshot], '4h30m'],
    ['is no less than what the snapshot says', '2h', [snapshot], '3h'],
  ])('%s', (_, ago, shown, expected) => {
    expect(intervalAt({ at: NOW - ms(ago), nextAt: NOW }, shown, ms('20m'))).toBe(ms(expected));
  });
});
