import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { eventsOf } from '../../../src/domain/events/events-of.ts';
import { applyUpdate } from '../../../src/domain/model/apply-update.ts';
import type { Connection } from '../../../src/domain/model/connection.ts';
import { speaksForMs } from '../../../src/domain/model/connection.ts';
import type { Poll } from '../../../src/domain/model/poll.ts';
import type { Rest } from '../../../src/domain/model/rest.ts';
import type { Tenant } from '../../../src/domain/model/tenant.ts';
import { noUpdate, type TenantRecord } from '../../../src/domain/model/tenant-record.ts';
import { DAY_MS, HOUR_MS } from '../../../src/domain/model/time.ts';
import { type AssessmentContext, assessPoll } from '../../../src/domain/polling/assess-poll.ts';
import { type Resting, restAfter, unchangedPoll } from '../../../src/domain/polling/at-rest.ts';
import { aConnection, aNotification, anIncident, aPoll, aSnapshot, aTenant, NOW } from '../../support/builders.ts';
import { fine, mailServerWill, shows } from '../../support/domain-happenings.ts';
import { aRecord } from '../../support/domain-record.ts';
import { tell } from '../../support/domain-simulation.ts';
import type { Story } from '../../support/domain-story.ts';
import { anyStory } from '../../support/domain-story-arbitrary.ts';

const digest = 'digest';

describe('a tenant', () => {
  const period = aSnapshot({ id: 'period', to: NOW, speaksForMs: 2 * HOUR_MS, health: 'healthy', conditions: [] });
  const healthy = aConnection({ id: 'healthy', period });
  const removed = aConnection({
    id: 'removed',
    accountId: '2',
    absentPolls: 2,
    removedAt: NOW - DAY_MS,
    period: { ...period, id: 'gone', health: 'removed', conditions: ['removed'] },
  });

  it('is at rest after a good poll of healthy and of removed connections', () => {
    const rest = { digest, since: NOW, repeats: 0, intervalMs: 0 };
    expect(restOf({}, [healthy])).toEqual(rest);
    expect(restOf({}, [healthy, removed])).toEqual(rest);
    expect(restOf({}, [])).toEqual(rest);
  });

  it.each<[string, Partial<Connection>]>([
    ['is broken', { period: { ...period, health: 'broken' } }],
    ['waits', { period: { ...period, health: 'waiting' } }],
    ['is not known', { period: { ...period, health: 'unobserved' } }],
    ['has no period yet', { period: null }],
    ['was not listed', { absentPolls: 1, period: { ...period, to: NOW - 1 } }],
    ['was just not listed for the second time', { removedAt: NOW, period }],
    ['has lost pages', { unreachablePages: { named: [], more: 1, seenAt: NOW, isCause: false } }],
    ['may be rate limited', { rateLimitedSince: NOW }],
    ['may fail its check', { checkFailedSince: NOW }],
    ['may have an invalid token', { checkFailedInvalidSince: NOW }],
    ['speaks for another time than the tenant', { period: { ...period, speaksForMs: HOUR_MS } }],
  ])('is not at rest while a connection %s', (_, given) => {
    expect(restOf({}, [healthy, { ...removed, removedAt: null, period, ...given }])).toBeNull();
  });

  it.each<[string, Partial<TenantRecord>]>([
    ['an incident is open', { incidents: [anIncident()] }],
    ['mail waits', { notifications: [aNotification()] }],
    ['its access is lost', { tenant: tenant({ state: 'access_denied' }) }],
    ['it was paused meanwhile', { tenant: tenant({ state: 'paused' }) }],
    ['a look at its pages is wanted', { tenant: tenant({ pagesWanted: true }) }],
    [
      'an account is there in two spellings',
      { connections: [healthy, { ...healthy, id: 'other', network: 'FaceBook' }] },
    ],
  ])('is not at rest while %s', (_, given) => {
    expect(restAfter(aRecord({ tenant: tenant(), connections: [healthy], ...given }), poll())).toBeNull();
  });

  it('is not at rest after a poll that failed, or that was read in part, or whose answer nobody could know again', () => {
    const failure = { kind: 'timeout', detail: '', requestId: null, retryAfterMs: null } as const;
    const observed = { outcome: 'observed', connections: [], isPartial: false } as const;
    const record = aRecord({ tenant: tenant(), connections: [healthy] });
    expect(restAfter(record, aPoll({ at: NOW, result: { outcome: 'failed', failure } }))).toBeNull();
    expect(restAfter(record, aPoll({ at: NOW, result: { ...observed, isPartial: true, digest } }))).toBeNull();
    expect(restAfter(record, aPoll({ at: NOW, result: observed }))).toBeNull();
  });

  it('loses its rest by every update that does not say otherwise', () => {
    expect(noUpdate('bakery').rest).toBeNull();
  });

  function restOf(given: Partial<Tenant>, connections: readonly Connection[]): Rest | null {
    return restAfter(aRecord({ tenant: tenant(given), connections }), poll());
  }

  function tenant(given: Partial<Tenant> = {}): Tenant {
    return aTenant({ intervalMs: HOUR_MS, lastPolledAt: NOW, baselinedAt: NOW, ...given });
  }

  function poll(): Poll {
    return aPoll({ at: NOW, result: { outcome: 'observed', connections: [], isPartial: false, digest } });
  }
});

describe('an answer', () => {
  const rest: Rest = { digest, since: NOW - 3 * HOUR_MS, repeats: 3, intervalMs: HOUR_MS - 40 };
  const resting: Resting = { ...aTenant({ intervalMs: HOUR_MS, lastPolledAt: NOW }), rest };
  const planned = { nextPollAt: NOW + 2 * HOUR_MS, intervalMs: HOUR_MS };
  const judge = (given: Partial<Resting>, at = NOW + HOUR_MS, said = digest) =>
    unchangedPoll({ ...resting, ...given }, { at, digest: said }, () => planned);

  it('that is the one the tenant rests on needs no assessment', () => {
    const after = { ...rest, repeats: 4, intervalMs: HOUR_MS };
    expect(judge({})).toEqual({ tenantId: resting.id, at: NOW + HOUR_MS, planned, before: rest, after });
    expect(judge({}, NOW + 1)).not.toBeNull();
    expect(judge({}, NOW + 2 * HOUR_MS)).not.toBeNull();
  });

  it.each<[string, ReturnType<typeof judge>]>([
    ['is another one', judge({}, NOW + HOUR_MS, 'another')],
    ['comes after so long that nothing is known of the time between', judge({}, NOW + 2 * HOUR_MS + 1)],
    ['is no later than the last one', judge({}, NOW)],
    ['is earlier than the last one, by a clock that was set back', judge({}, NOW - DAY_MS)],
    ['finds no rest', judge({ rest: null })],
    ['is the first one', judge({ lastPolledAt: null })],
    ['would make too long a row', judge({ rest: { ...rest, repeats: 250 } })],
    ['would make a row that outlasts a week', judge({ rest: { ...rest, since: NOW - 7 * DAY_MS } })],
  ])('is assessed when it %s', (_, judged) => {
    expect(judged).toBeNull();
  });
});

describe('the assessment', () => {
  /** How long after the poll with which the rest begins, as a part of the time for which that speaks. */
  const part = fc.double({ min: 0, max: 1, noNaN: true });

  it('of the same answer moves times on, and nothing else, wherever there is a rest', () => {
    let rests = 0;
    fc.assert(
      fc.property(anyStory, part, (story, share) => {
        tell(withGoodEnd(story), (before, asked, context) => {
          const poll = withDigest(asked);
          const update = assessPoll(before, poll, context);
          if (update.rest === null) return;
          rests += 1;
          expectOnlyTimesToMove(applyUpdate(before, update), { poll, rest: update.rest, share }, context);
        });
      }),
      { numRuns: 150 },
    );
    expect(rests).toBeGreaterThan(1000);
  });

  /** Whatever happened before: with all of it behind them, some of the accounts are well, and some are gone. */
  function withGoodEnd(story: Story): Story {
    const until = Number(story.until);
    const mailServer = mailServerWill('accept');
    const allFine = shows({ facebook: fine, instagram: fine });
    return { ...story, script: [...story.script, [until, mailServer], [until, allFine]], until: until + 4 * DAY_MS };
  }

  type Resting = Readonly<{ poll: Poll; rest: Rest; share: number }>;

  function expectOnlyTimesToMove(
    record: TenantRecord,
    { poll, rest, share }: Resting,
    context: AssessmentContext,
  ): void {
    const { tenant, connections } = record;
    const at = poll.at + Math.max(1, Math.round(share * speaksForMs(tenant.intervalMs)));
    const again = unchangedPoll({ ...tenant, rest }, { at, digest: rest.digest }, context.planRegularPoll);
    const planned = context.planRegularPoll(tenant, at);
    expect(again).toMatchObject({ at, planned, before: rest });
    const update = assessPoll(record, { ...poll, at }, context);
    expect(eventsOf(record, update, { at, newId: context.newId })).toEqual([]);
    expect({ ...update, extendedSnapshots: [] }).toEqual({
      ...noUpdate(tenant.id),
      poll: { ...poll, at },
      rest: { ...rest, since: at },
      tenant: { ...tenant, ...planned, lastPolledAt: at, lastGoodPollAt: at },
    });
    const moved = { to: at, speaksForMs: speaksForMs(planned.intervalMs) };
    const extended = connections.flatMap(({ period }) => (period === null ? [] : [{ id: period.id, ...moved }]));
    expect(update.extendedSnapshots).toHaveLength(extended.length);
    expect(update.extendedSnapshots).toEqual(
      expect.arrayContaining(extended.map((one) => expect.objectContaining(one))),
    );
  }

  function withDigest(poll: Poll): Poll {
    const { result } = poll;
    if (result.outcome === 'failed') return poll;
    const { pages: _, ...answer } = result;
    return { ...poll, result: { ...answer, digest: JSON.stringify(answer) } };
  }
});
