import { describe, expect, it } from '@jest/globals';
import type { Connection, Snapshot } from '../../../src/domain/model/connection.ts';
import type { Incident } from '../../../src/domain/model/incident.ts';
import { pollFailureKinds } from '../../../src/domain/model/poll.ts';
import { outcomeOfFailure, whatWasSeen, whyNotChecked } from '../../../src/domain/owner/check-outcome.ts';
import { aConfirmedIncident, aConnection, anIncident, aSnapshot, aTenant, NOW } from '../../support/builders.ts';
import { ms } from '../../support/domain-time.ts';

describe('a contact who asks to look at once', () => {
  it.each([
    ['is listened to', {}, null],
    ['is listened to before the first poll', { lastPolledAt: null }, null],
    ['is listened to a minute after the last poll', { lastPolledAt: NOW - ms('1m') }, null],
    ['must wait a minute after the last poll', { lastPolledAt: NOW - ms('59s') }, 'asked_just_now'],
    ['is listened to although access is denied, which may pass', { state: 'access_denied' }, null],
    ['is told that a new grant is needed first', { state: 'reauthorize' }, 'access_lost'],
    ['is told that watching is paused', { state: 'paused', lastPolledAt: NOW }, 'paused'],
  ] as const)('%s', (_, tenant, expected) => {
    expect(whyNotChecked(aTenant(tenant), NOW)).toBe(expected);
  });

  it('is told of a failure only whose it is', () => {
    const outcomes = Map.groupBy(pollFailureKinds, outcomeOfFailure);
    expect(outcomes.get('used_up')).toEqual(['quota_exceeded']);
    expect(outcomes.get('access_lost')).toEqual([
      'unauthorized',
      'forbidden',
      'missing_privilege',
      'missing_scope',
      'invalid_grant',
    ]);
    expect(outcomes.get('no_answer')).toEqual(
      pollFailureKinds.filter((kind) => !/^(quota|unauth|forb|missing|invalid_grant)/.test(kind)),
    );
  });
});

describe('what a good poll has shown', () => {
  const inHealth = (health: Snapshot['health'], given: Partial<Snapshot> = {}) =>
    aConnection({ id: health, accountId: health, period: aSnapshot({ connectionId: health, health, ...given }) });
  const healthy = inHealth('healthy');
  const broken = inHealth('broken', { conditions: ['token_invalid'] });
  const limited = inHealth('waiting', { conditions: ['rate_limited'] });
  const unanswered = inHealth('waiting', { conditions: ['check_failed'] });
  const open = aConfirmedIncident({ connectionId: 'broken' });
  const suspicion = anIncident({ connectionId: 'broken' });
  const mending = aConfirmedIncident({ connectionId: 'healthy', state: 'recovering' });
  const access = aConfirmedIncident({ connectionId: null, state: 'recovering' });
  const gone = { ...inHealth('removed'), removedAt: NOW };
  const goneBroken = { ...broken, removedAt: NOW };
  const secondBroken = aConnection({
    id: 'second',
    accountId: 'second',
    period: aSnapshot({ connectionId: 'second', health: 'broken', conditions: ['token_invalid'] }),
  });
  const elsewhere = aConfirmedIncident({ connectionId: 'elsewhere' });

  type Row = readonly [string, readonly Connection[], readonly Incident[], readonly Incident[], string];
  it.each<Row>([
    ['that all is well', [healthy], [], [], 'works'],
    ['that a repair is complete', [healthy], [mending], [], 'works'],
    ['that it works, which is looked at once more', [healthy], [open], [mending], 'works_so_far'],
    ['that a suspicion was wrong, which is looked at once more', [healthy], [suspicion], [], 'works_so_far'],
    ['that our access works, which is looked at once more', [healthy], [access], [access], 'works_so_far'],
    ['that it still needs somebody', [healthy, broken], [open], [open], 'needs_you'],
    ['that something may be wrong', [healthy, broken], [], [suspicion], 'suspected'],
    ['that one is limited', [healthy, limited], [], [], 'limited'],
    ['that a network did not answer', [healthy, unanswered, limited], [], [], 'unsure'],
    ['that nothing is known of one', [healthy, inHealth('unobserved')], [], [], 'unsure'],
    ['nothing of one that it did not list', [healthy, inHealth('broken', { to: NOW - 1 })], [open], [open], 'unsure'],
    ['nothing of one that was never seen', [aConnection({ period: null })], [], [], 'unsure'],
    ['that all is well but what was removed', [healthy, gone], [], [], 'works'],
    ['that all is well but what was removed while it was broken', [healthy, goneBroken], [], [], 'works'],
    ['that one of two that are broken needs somebody', [broken, secondBroken], [], [open], 'needs_you'],
    ['that something may be wrong, while another trouble is certain', [healthy, broken], [], [elsewhere], 'suspected'],
    ['that it works, and an older trouble is not over', [healthy], [], [open], 'works'],
    ['that nothing is connected', [], [], [], 'works'],
  ])('%s', (_, connections, before, incidents, expected) => {
    const tenant = aTenant({ lastPolledAt: NOW, lastGoodPollAt: NOW });
    expect(whatWasSeen({ tenant, connections, incidents }, before)).toBe(expected);
  });
});
