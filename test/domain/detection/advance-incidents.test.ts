import { describe, expect, it } from '@jest/globals';
import { advanceIncidents } from '../../../src/domain/detection/advance-incidents.ts';
import type { ConnectionObservation } from '../../../src/domain/detection/observation.ts';
import type { Connection } from '../../../src/domain/model/connection.ts';
import type { Fault } from '../../../src/domain/model/fault.ts';
import type { Hold } from '../../../src/domain/model/hold.ts';
import type { Incident } from '../../../src/domain/model/incident.ts';
import type { Poll } from '../../../src/domain/model/poll.ts';
import type { TenantRecord } from '../../../src/domain/model/tenant-record.ts';
import type { Verdict } from '../../../src/domain/model/verdict.ts';
import {
  aConfirmedIncident,
  aConnection,
  aFailedPoll,
  aHold,
  anIncident,
  aPoll,
  aSnapshot,
  aTenant,
  lostAccess,
  NOW,
} from '../../support/builders.ts';
import { aRecord } from '../../support/domain-record.ts';
import { alertSettings, countedIds } from '../../support/domain-settings.ts';
import { ms } from '../../support/domain-time.ts';

const good: Verdict = { kind: 'good' };
const removed: Verdict = { kind: 'removed' };
const bad: Verdict = { kind: 'bad', action: 'reconnect', conditions: ['token_invalid'], proof: { by: 'polls' } };
const certain: Verdict = { ...bad, proof: { by: 'fact' } };

function sees(verdict: Verdict, given: Partial<Connection> = {}): ConnectionObservation {
  const unchanged = { newSnapshot: null, extendedSnapshot: null, change: null };
  return { connection: aConnection(given), ...unchanged, verdict, isAfterGap: false };
}

type Given = Partial<TenantRecord> & Readonly<{ poll?: Poll; holds?: readonly Hold[]; faults?: readonly Fault[] }>;

function advanced(
  observations: readonly ConnectionObservation[],
  { poll = aPoll(), holds = [], faults = [], ...given }: Given = {},
) {
  const advancing = { record: aRecord(given), poll, holds, faults, settings: alertSettings(), newId: countedIds() };
  return advanceIncidents(observations, advancing);
}

describe('The incidents after a poll', () => {
  it('are none where nothing is wrong, and use up no id', () => {
    expect(advanced([sees(good), sees({ kind: 'neutral' }, { id: 'other' })]).incidents).toEqual([]);
  });

  it('leave out an incident that the poll does not change', () => {
    const open = aConfirmedIncident({ confirmation: { sameAction: null } });
    expect(advanced([sees(bad)], { incidents: [open] }).incidents).toEqual([]);
  });

  it('include one for each connection that begins to be bad, and go on with the others', () => {
    const suspected = anIncident({ confirmation: { bad: { polls: 1, lastCountedAt: NOW - ms('15m') } } });
    const { incidents } = advanced([sees(bad), sees(bad, { id: 'other' })], { incidents: [suspected] });
    expect(incidents).toMatchObject([
      { id: 'incident-1', state: 'open', confirmedAt: NOW },
      { connectionId: 'other', state: 'suspected', openedAt: NOW, foundAtBaseline: false },
    ]);
  });

  it('were found when monitoring began if this is the tenant’s first good poll', () => {
    expect(advanced([sees(bad)], { tenant: aTenant({ baselinedAt: null }) }).incidents).toMatchObject([
      { foundAtBaseline: true },
    ]);
  });

  it('join the hold that is about the same problem', () => {
    expect(advanced([sees(bad)], { holds: [aHold()] }).incidents).toMatchObject([{ alerting: { heldBy: 'hold-1' } }]);
  });
});

describe('A removal', () => {
  const gone = { removedAt: NOW };

  it('that was confirmed by an earlier poll begins no incident', () => {
    const before = { removedAt: NOW - ms('1h') };
    expect(advanced([sees(removed, before)], { connections: [aConnection(before)] }).incidents).toEqual([]);
  });

  it('begins and closes an incident with the poll that confirms it, open since the connection was last seen', () => {
    const connections = [aConnection({ period: aSnapshot({ to: NOW - ms('2h') }) })];
    expect(advanced([sees(removed, gone)], { connections }).incidents).toMatchObject([
      { state: 'closed', closeReason: 'removed', action: 'none', openedAt: NOW - ms('2h'), closedAt: NOW },
    ]);
  });

  it.each<[string, Verdict, Partial<Connection>, string]>([
    ['that works and was connected since the break', good, { firstSeenAt: NOW }, 'replaced'],
    ['that is broken itself', bad, { firstSeenAt: NOW }, 'removed'],
    ['that was there before the break', good, { firstSeenAt: NOW - ms('3h') }, 'removed'],
    ['of another network', good, { firstSeenAt: NOW, network: 'instagram' }, 'removed'],
    ['that came with the break', good, { firstSeenAt: NOW - ms('2h') }, 'removed'],
  ])('beside an account %s', (_, verdict, other, closeReason) => {
    const incidents = [aConfirmedIncident({ openedAt: NOW - ms('2h') })];
    const observations = [sees(removed, gone), sees(verdict, { id: 'other', accountId: '2', ...other })];
    expect(advanced(observations, { incidents }).incidents).toContainEqual(
      expect.objectContaining({ id: 'incident-1', state: 'closed', closeReason, closedAt: NOW }),
    );
  });
});

describe('What was known before a poll', () => {
  const other = aConnection({ id: 'other', period: aSnapshot({ to: NOW - ms('9h') }) });

  it('is looked up by the connection, and not by its place', () => {
    const own = aConnection({ period: aSnapshot({ to: NOW - ms('2h') }) });
    const { incidents } = advanced([sees(removed, { removedAt: NOW })], { connections: [other, own] });
    expect(incidents).toMatchObject([{ openedAt: NOW - ms('2h') }]);
  });

  it('of a connection that no poll has shown, is nothing: its removal begins with the poll', () => {
    const never = { removedAt: NOW, period: null };
    const { incidents } = advanced([sees(removed, never)], { connections: [other, aConnection({ period: null })] });
    expect(incidents).toMatchObject([{ state: 'closed', closeReason: 'removed', openedAt: NOW }]);
  });

  it('of another connection that was removed, keeps no removal from being told', () => {
    const gone = aConnection({ id: 'other', removedAt: NOW - ms('1h') });
    const { incidents } = advanced([sees(removed, { removedAt: NOW })], { connections: [gone, aConnection()] });
    expect(incidents).toMatchObject([{ closeReason: 'removed' }]);
  });

  it('of a connection that was removed, lets its return begin an incident, and a removal end one that is open', () => {
    const before = aConnection({ removedAt: NOW - ms('1h') });
    expect(advanced([sees(bad)], { connections: [before] }).incidents).toMatchObject([{ state: 'suspected' }]);
    const incidents = [aConfirmedIncident()];
    expect(advanced([sees(removed)], { connections: [before], incidents }).incidents).toMatchObject([
      { id: 'incident-1', state: 'closed', closeReason: 'removed' },
    ]);
  });
});

describe('After the database was restored', () => {
  const restored = aHold({ cause: { kind: 'restored' }, since: NOW - ms('2h'), beganAt: NOW - ms('1h') });
  const heldBy = (incidents: readonly Incident[]) => incidents.map(({ alerting }) => alerting.heldBy);
  const refused = aFailedPoll('invalid_grant');
  const wasWell = aTenant({ lastGoodPollAt: NOW - ms('5m') });
  const wasNot = aTenant({ lastGoodPollAt: NOW - ms('3h') });

  it.each<[string, TenantRecord['tenant'], readonly (string | null)[]]>([
    ['may have been told of before, where no poll since then was good', wasNot, ['hold-1']],
    ['is news where one was', wasWell, [null]],
  ])('lost access %s', (_, tenant, held) => {
    const { incidents } = advanced([], { poll: refused, tenant, holds: [restored] });
    expect(heldBy(incidents)).toEqual(held);
  });

  it('lost access that was suspected after the missing time goes out', () => {
    const suspected = anIncident({ connectionId: null, action: 'reauthorize', openedAt: NOW - ms('30m') });
    const { incidents } = advanced([], { poll: refused, tenant: wasNot, incidents: [suspected], holds: [restored] });
    expect(heldBy(incidents)).toEqual([null]);
  });

  it.each<[string, string, string | null]>([
    ['that no poll has shown well since then may have been told of', '3h', 'hold-1'],
    ['that a poll showed well since then is news', '5m', null],
  ])('a break %s', (_, wellUntil, held) => {
    const connections = [aConnection({ period: aSnapshot({ health: 'healthy', to: NOW - ms(wellUntil) }) })];
    const { incidents } = advanced([sees(bad)], { connections, holds: [restored] });
    expect(heldBy(incidents)).toEqual([held]);
  });

  it('a break that was suspected after the missing time goes out', () => {
    const suspected = anIncident({ openedAt: NOW - ms('30m') });
    const connections = [aConnection({ period: aSnapshot({ health: 'broken', to: NOW - ms('5m') }) })];
    const { incidents } = advanced([sees(bad)], { connections, incidents: [suspected], holds: [restored] });
    expect(heldBy(incidents)).toEqual([null]);
  });
});

describe('What a connection did lately', () => {
  it('is the same object while the poll changes nothing that is certain', () => {
    const observation = sees(bad);
    expect(advanced([observation]).connections).toEqual([observation.connection]);
    expect(advanced([observation]).connections[0]).toBe(observation.connection);
  });

  it('grows with trouble that becomes certain', () => {
    expect(advanced([sees(certain)]).connections).toMatchObject([{ transitions: [{ kind: 'opened', at: NOW }] }]);
  });

  it('makes the incident flap when it happens too often', () => {
    const hours = [
      ['opened', 4],
      ['closed', 3],
      ['opened', 2],
      ['closed', 1],
    ] as const;
    const transitions = hours.map(([kind, hour]) => ({ kind, at: NOW - ms(`${hour}h`) }));
    expect(advanced([sees(certain, { transitions })]).incidents).toMatchObject([
      { state: 'open', flapping: { by: 'changes', health: 'bad' } },
    ]);
  });
});

describe('Our access to the tenant', () => {
  const refused = aFailedPoll('invalid_grant');

  it('is one incident beside those of connections, and belongs to none of them', () => {
    expect(advanced([], { poll: refused }).incidents).toMatchObject([
      { connectionId: null, action: 'reauthorize', state: 'open', openedAt: NOW, foundAtBaseline: false },
    ]);
  });

  it('is not concluded from one tenant while the whole fleet is refused alike', () => {
    expect(advanced([], { poll: refused, faults: [lostAccess('invalid_grant')] }).incidents).toEqual([]);
  });

  it('recovers by any answer', () => {
    const lost = aConfirmedIncident({ connectionId: null, action: 'reauthorize' });
    expect(advanced([sees(bad, { id: 'other' })], { incidents: [lost] }).incidents).toMatchObject([
      { id: 'incident-1', state: 'recovering' },
      { connectionId: 'other', state: 'suspected' },
    ]);
  });
});
