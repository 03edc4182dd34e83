import { describe, expect, it } from '@jest/globals';
import { isAskedEarly } from '../../../src/domain/holds/join-hold.ts';
import { joinRestored, type KnownBefore } from '../../../src/domain/holds/join-restored.ts';
import type { Hold } from '../../../src/domain/model/hold.ts';
import { aHold, anIncident, aSnapshot, aTenant, type GivenIncident, NOW } from '../../support/builders.ts';
import { ms } from '../../support/domain-time.ts';

/** The copy was made two days ago, and restored an hour ago. */
const [copiedAt, restoredAt] = [NOW - ms('2d'), NOW - ms('1h')];
const restored = aHold({ cause: { kind: 'restored' }, since: copiedAt, beganAt: restoredAt });
const told = {
  alerting: { lastAlert: { action: 'reconnect', at: copiedAt - ms('1d'), conversationId: 'c' } },
} as const;
const toldLess = {
  alerting: { lastAlert: { ...told.alerting.lastAlert, action: 'choose_profile' } },
} as const;
const inCopy = { openedAt: copiedAt - ms('1h') };

const period = (health: 'healthy' | 'broken', to: number) => aSnapshot({ health, from: to - ms('1h'), to });
const [before, since] = [copiedAt, restoredAt + ms('10m')];

type Given = Partial<KnownBefore> & Readonly<{ holds?: readonly Hold[] }>;

function joins(given: GivenIncident, { holds = [restored], ...known }: Given): boolean {
  const incident = joinRestored(anIncident(given), { isNew: false, tenant: aTenant(), ...known }, holds);
  return incident.alerting.heldBy === 'hold-1';
}

describe('After the database was restored, an incident of a connection is held', () => {
  it.each<[string, GivenIncident, Given, boolean]>([
    ['when it was in the copy and nobody had been told', inCopy, { period: period('broken', since) }, true],
    ['when it began as the copy was made', { openedAt: copiedAt }, { period: period('broken', since) }, true],
    [
      'not when it began after the copy, unless the first look finds it',
      { openedAt: copiedAt + 1 },
      { period: period('broken', since) },
      false,
    ],
    [
      'not when a poll showed the connection well just as the copy was restored',
      { openedAt: NOW },
      { isNew: true, period: period('healthy', restoredAt) },
      false,
    ],
    [
      'when the connection was not well since then',
      { openedAt: NOW },
      { isNew: true, period: period('broken', since) },
      true,
    ],
    [
      'when the first look finds a connection that no good poll has ever shown',
      { openedAt: NOW },
      { isNew: true, period: null, tenant: aTenant({ lastGoodPollAt: null }) },
      true,
    ],
    [
      'not when a good poll that came with the copy did not have the connection',
      { openedAt: NOW },
      { isNew: true, period: null, tenant: aTenant({ lastGoodPollAt: restoredAt }) },
      false,
    ],
    [
      'not when it was seen broken just as the copy was restored',
      { ...inCopy, ...told, state: 'recovering' },
      { period: period('broken', restoredAt) },
      false,
    ],
    [
      'not when it was seen waiting since then',
      { ...inCopy, ...told, state: 'recovering' },
      { period: aSnapshot({ health: 'waiting', from: since - ms('1h'), to: since }) },
      false,
    ],
    ['when nothing was seen of it at all', { ...inCopy, ...told, state: 'closed' }, { period: null }, true],
    ['when the first look finds it', { openedAt: NOW }, { isNew: true, period: period('healthy', before) }, true],
    [
      'not when a poll since then showed the connection well',
      { openedAt: NOW },
      { isNew: true, period: period('healthy', since) },
      false,
    ],
    ['not on the polls after that', { openedAt: NOW }, { period: period('broken', since) }, false],
    [
      'when the first look finds a connection that the copy does not know',
      { openedAt: NOW },
      { isNew: true, period: null, tenant: aTenant({ lastGoodPollAt: before }) },
      true,
    ],
    [
      'not when a good poll since then did not have the connection',
      { openedAt: NOW },
      { isNew: true, period: null, tenant: aTenant({ lastGoodPollAt: since }) },
      false,
    ],
    [
      'not while it goes on and its owner was told',
      { ...inCopy, ...told, state: 'open' },
      { period: period('broken', before) },
      false,
    ],
    [
      'when the first look finds it worse than its owner was told',
      { ...inCopy, ...toldLess, state: 'open' },
      { period: period('broken', before) },
      true,
    ],
    [
      'not when it got worse after a look since then',
      { ...inCopy, ...toldLess, state: 'open' },
      { period: period('broken', since) },
      false,
    ],
    [
      'when the first look finds it repaired',
      { ...inCopy, ...told, state: 'recovering' },
      { period: period('broken', before) },
      true,
    ],
    [
      'when the second look confirms that',
      { ...inCopy, ...told, state: 'closed' },
      { period: period('healthy', since) },
      true,
    ],
    [
      'not when it was seen broken since then',
      { ...inCopy, ...told, state: 'recovering' },
      { period: period('broken', since) },
      false,
    ],
    [
      'not without such a hold',
      inCopy,
      { holds: [aHold({ cause: { kind: 'command' } })], period: period('broken', since) },
      false,
    ],
  ])('%s', (_, given, known, expected) => {
    expect(joins(given, known)).toBe(expected);
  });
});

describe('After the database was restored, an incident about our access is held', () => {
  const failing = { kind: 'invalid_grant', since } as const;
  it.each<[string, GivenIncident, Given, boolean]>([
    [
      'when the first poll is refused',
      { openedAt: NOW },
      { isNew: true, tenant: aTenant({ lastGoodPollAt: before }) },
      true,
    ],
    [
      'not when a poll since then was good',
      { openedAt: NOW },
      { isNew: true, tenant: aTenant({ lastGoodPollAt: since }) },
      false,
    ],
    [
      'when the first poll is good again',
      { ...inCopy, ...told, state: 'recovering' },
      { tenant: aTenant({ failing, lastPolledAt: before }) },
      true,
    ],
    [
      'when polls since then were good',
      { ...inCopy, ...told, state: 'recovering' },
      { tenant: aTenant({ failing: null, lastPolledAt: since }) },
      true,
    ],
    [
      'when nothing was polled ever since',
      { ...inCopy, ...told, state: 'recovering' },
      { tenant: aTenant({ failing, lastPolledAt: null }) },
      true,
    ],
    [
      'not when a poll was refused just as the copy was restored',
      { ...inCopy, ...told, state: 'recovering' },
      { tenant: aTenant({ failing, lastPolledAt: restoredAt }) },
      false,
    ],
    [
      'not when a poll since then was refused',
      { ...inCopy, ...told, state: 'recovering' },
      { tenant: aTenant({ failing, lastPolledAt: since }) },
      false,
    ],
  ])('%s', (_, given, known, expected) => {
    expect(joins({ connectionId: null, ...given }, known)).toBe(expected);
  });
});

it('is asked about again as early as any other', () => {
  expect(isAskedEarly(anIncident({ alerting: { heldBy: 'hold-1' } }), [restored])).toBe(true);
});
