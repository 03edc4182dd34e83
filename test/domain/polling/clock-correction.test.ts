import { describe, expect, it } from '@jest/globals';
import { assessPoll } from '../../../src/domain/polling/assess-poll.ts';
import { correctClock, wasClockAhead } from '../../../src/domain/polling/clock-correction.ts';
import {
  aConfirmedIncident,
  aConnection,
  aFailedPoll,
  aNotification,
  anObservedConnection,
  anUpdate,
  aPoll,
  aSnapshot,
  aTenant,
  NOW,
} from '../../support/builders.ts';
import { aRecord } from '../../support/domain-record.ts';
import { alertSettings, countedIds } from '../../support/domain-settings.ts';
import { ms } from '../../support/domain-time.ts';

const PAST = NOW - ms('9d');
const AHEAD = NOW + ms('5h');
const tenant = aTenant({ baselinedAt: PAST, lastPolledAt: AHEAD, lastGoodPollAt: AHEAD, nextPollAt: AHEAD + ms('1h') });
const connection = aConnection({ firstSeenAt: PAST, period: aSnapshot({ from: PAST, to: AHEAD }) });

describe('a clock that was set back', () => {
  it.each<[string, Parameters<typeof aTenant>[0], boolean]>([
    ['is seen by a last poll that lies ahead', { lastPolledAt: NOW + ms('10m') + 1 }, true],
    ['is not seen by one that lies ahead as clocks of two machines do', { lastPolledAt: NOW + ms('10m') }, false],
    ['is seen by when a tenant was added that was never polled', { createdAt: NOW + ms('1h') }, true],
    ['is not seen by when a tenant was added that was polled since', { createdAt: AHEAD, lastPolledAt: NOW }, false],
  ])('%s', (_, given, expected) => {
    expect(wasClockAhead(aTenant(given), NOW)).toBe(expected);
  });

  it('leaves everything that lies in the past as it was', () => {
    const incidents = [aConfirmedIncident({ openedAt: PAST, confirmedAt: PAST })];
    const before = aRecord({ tenant, connections: [aConnection()], incidents, notifications: [aNotification()] });
    const { record, correction } = correctClock(before, NOW);
    expect(record.connections[0]).toBe(before.connections[0]);
    expect(record.incidents[0]).toBe(before.incidents[0]);
    expect(record.notifications[0]).toBe(before.notifications[0]);
    expect(correction).toEqual({ aheadMs: ms('5h'), snapshots: [] });
  });

  it('moves what lies ahead to now, however deep it lies', () => {
    const before = aRecord({
      tenant: { ...tenant, failing: { kind: 'timeout', since: AHEAD } },
      connections: [{ ...connection, rateLimitedSince: AHEAD, transitions: [{ kind: 'opened', at: AHEAD }] }],
      incidents: [
        aConfirmedIncident({
          openedAt: PAST,
          confirmedAt: AHEAD,
          confirmation: { bad: { polls: 2, lastCountedAt: AHEAD } },
          alerting: { lastAlert: { action: 'reconnect', at: AHEAD, conversationId: 'c' } },
          reminders: { nextAt: AHEAD + ms('2d') },
          flapping: { since: PAST, by: 'changes', health: 'bad', steadySince: AHEAD, settledAt: null },
        }),
      ],
      notifications: [aNotification({ createdAt: AHEAD, dueAt: AHEAD + ms('2m') })],
    });
    expect(correctClock(before, NOW).record).toMatchObject({
      tenant: { createdAt: tenant.createdAt, baselinedAt: PAST, lastPolledAt: NOW, nextPollAt: NOW },
      connections: [
        { firstSeenAt: PAST, rateLimitedSince: NOW, transitions: [{ at: NOW }], period: { from: PAST, to: NOW } },
      ],
      incidents: [
        {
          openedAt: PAST,
          confirmedAt: NOW,
          confirmation: { bad: { polls: 2, lastCountedAt: NOW } },
          alerting: { lastAlert: { at: NOW } },
          reminders: { nextAt: NOW },
          flapping: { since: PAST, steadySince: NOW, settledAt: null },
        },
      ],
      notifications: [{ createdAt: NOW, dueAt: NOW }],
    });
  });

  it('moves every moment of which it keeps one', () => {
    const lost = { named: ['Catering'], more: 0, seenAt: AHEAD, isCause: true };
    const doubts = { rateLimitedSince: AHEAD, checkFailedInvalidSince: AHEAD, checkFailedSince: AHEAD };
    const flapping = { since: AHEAD, by: 'changes', health: 'bad', steadySince: AHEAD, settledAt: AHEAD } as const;
    const count = { polls: 2, lastCountedAt: AHEAD };
    const attempts = { sentAt: AHEAD, firstAttemptAt: AHEAD, lastAttemptAt: AHEAD };
    const asked = { unreachableSince: AHEAD, pagesAskedAt: AHEAD, privilegesAskedAt: AHEAD };
    const before = aRecord({
      tenant: {
        ...tenant,
        ...asked,
        createdAt: AHEAD,
        baselinedAt: AHEAD,
        nextPollAt: AHEAD,
        failing: { kind: 'timeout', since: AHEAD },
      },
      connections: [
        aConnection({
          ...doubts,
          firstSeenAt: AHEAD,
          removedAt: AHEAD,
          unreachablePages: lost,
          transitions: [{ kind: 'opened', at: AHEAD }],
          period: aSnapshot({ from: AHEAD, to: AHEAD }),
        }),
      ],
      incidents: [
        aConfirmedIncident({
          openedAt: AHEAD,
          confirmedAt: AHEAD,
          closedAt: AHEAD,
          acknowledgedAt: AHEAD,
          flapping,
          confirmation: { bad: count, sameAction: count, good: count },
          alerting: { lastAlert: { action: 'reconnect', at: AHEAD, conversationId: 'c' } },
          reminders: { nextAt: AHEAD },
        }),
      ],
      notifications: [aNotification({ ...attempts, createdAt: AHEAD, dueAt: AHEAD, requirePollAfter: AHEAD })],
    });
    const { record, correction } = correctClock(before, NOW);
    expect(record).toEqual(JSON.parse(JSON.stringify(before).replaceAll(`${AHEAD}`, `${NOW}`)));
    expect(correction.snapshots).toEqual([record.connections[0]?.period]);
  });

  it('has nothing to move in a connection that was never seen', () => {
    const before = aRecord({ tenant, connections: [aConnection({ firstSeenAt: AHEAD, period: null })] });
    expect(correctClock(before, NOW)).toMatchObject({
      record: { connections: [{ firstSeenAt: NOW, period: null }] },
      correction: { snapshots: [] },
    });
  });

  it('changes no wish of a person, and takes no mail from whoever is sending it', () => {
    const incidents = [aConfirmedIncident({ reminders: { snoozedUntil: AHEAD + ms('7d') } })];
    const notifications = [aNotification({ leaseUntil: NOW + ms('30s') })];
    const { record } = correctClock(aRecord({ tenant, incidents, notifications }), NOW);
    expect(record.incidents).toEqual(incidents);
    expect(record.notifications).toEqual(notifications);
  });
});

describe('a poll after the clock was set back', () => {
  const context = {
    settings: alertSettings(),
    holds: [],
    faults: [],
    operatorEmail: null,
    now: NOW,
    newId: countedIds(),
    planRegularPoll: () => ({ nextPollAt: NOW + ms('1h'), intervalMs: ms('1h') }),
  };
  const record = aRecord({ tenant, connections: [connection] });

  it('counts, and goes on with the present period', () => {
    const update = assessPoll(record, aPoll(), context);
    expect(update).toMatchObject({
      tenant: { lastPolledAt: NOW, lastGoodPollAt: NOW, nextPollAt: NOW + ms('1h') },
      extendedSnapshots: [{ id: connection.period?.id, to: NOW }],
      newSnapshots: [],
      clockCorrection: { aheadMs: ms('5h'), snapshots: [{ id: connection.period?.id, from: PAST, to: NOW }] },
    });
  });

  it('ends the present period now when it shows something else', () => {
    const result = aPoll().result;
    const broken = { ...result, connections: [anObservedConnection({ tokenIsValid: false })] };
    const update = assessPoll(record, aPoll({ result: broken }), context);
    expect(update).toMatchObject({
      newSnapshots: [{ from: NOW, health: 'broken' }],
      clockCorrection: { snapshots: [{ to: NOW }] },
      incidents: [{ openedAt: NOW }],
    });
  });

  it('stores what was corrected although it failed itself', () => {
    const incident = aConfirmedIncident({ openedAt: AHEAD, confirmedAt: AHEAD });
    const mail = aNotification({ createdAt: AHEAD, dueAt: AHEAD });
    const doubtful = { ...connection, checkFailedSince: AHEAD };
    const before = { ...record, connections: [doubtful], incidents: [incident], notifications: [mail] };
    expect(assessPoll(before, aFailedPoll('timeout'), context)).toMatchObject({
      tenant: { lastPolledAt: NOW, lastGoodPollAt: NOW },
      connections: [{ id: connection.id, checkFailedSince: NOW }],
      incidents: [{ id: incident.id, openedAt: NOW }],
      notifications: [{ id: mail.id, createdAt: NOW }],
    });
  });

  it('does not take a removal that a clock ahead has confirmed for one of this poll', () => {
    const status = { conditions: ['removed'], health: 'removed' } as const;
    const gone = { removedAt: AHEAD, absentPolls: 2, period: aSnapshot({ from: AHEAD, to: AHEAD, ...status }) };
    const result = { ...aPoll().result, connections: [] };
    const update = assessPoll({ ...record, connections: [aConnection(gone)] }, aPoll({ result }), context);
    expect(update).toMatchObject({ incidents: [], notifications: [], connections: [{ removedAt: NOW }] });
  });

  it('corrects nothing for an answer that was stored hours late, and learns nothing from it', () => {
    const result = { ...aPoll().result, connections: [] };
    const late = aPoll({ result });
    for (const now of [AHEAD, AHEAD - ms('9m')]) {
      expect(assessPoll(record, late, { ...context, now })).toEqual(anUpdate({ poll: late }));
    }
    expect(assessPoll(record, late, context).clockCorrection).not.toBeNull();
  });

  it('corrects nothing as a rule', () => {
    const polled = { ...tenant, lastPolledAt: NOW - ms('1h') };
    expect(assessPoll({ ...record, tenant: polled }, aPoll(), context).clockCorrection).toBeNull();
  });
});
