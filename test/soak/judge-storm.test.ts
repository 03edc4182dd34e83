import { describe, expect, it } from '@jest/globals';
import type { Break, Evidence, ListedMail, SeenPoll, TakenMail } from './evidence.ts';
import { judgeStorm, type Verdict } from './judge-storm.ts';

const rules = { confirmPolls: 2, recoveryPolls: 2, recheckAfterMs: 3_000 };

/** In seconds since the storm began. */
const s = (seconds: number) => Date.UTC(2026, 0, 1) + seconds * 1000;
const bakery = { tenantId: 'bakery', network: 'facebook' } as const;

const brokenFor = (from: number, to: number | null, given: Partial<Break> = {}): Break => ({
  ...bakery,
  from: s(from),
  to: to === null ? null : s(to),
  isLasting: true,
  ...given,
});
const mailAt = (at: number, kind: TakenMail['kind'], given: Partial<TakenMail> = {}): TakenMail => ({
  at: s(at),
  kind,
  messageId: `<${kind}-${at}>`,
  subject: 'Something',
  isDropped: false,
  tenantId: bakery.tenantId,
  networks: ['facebook'],
  ...given,
});
const alert = (at: number, given: Partial<TakenMail> = {}) => mailAt(at, 'alert', given);
const listed = ({ messageId, tenantId, kind }: TakenMail): ListedMail => ({
  messageId,
  tenantId,
  kind,
  outcomeUnknown: false,
});
const thanks = (at: number, given: Partial<TakenMail> = {}) => mailAt(at, 'recovered', given);

/** The bakery is asked every ten seconds for five minutes. */
const everyTenSeconds: readonly SeenPoll[] = Array.from({ length: 30 }, (_, nth) => ({
  tenantId: 'bakery',
  from: s(nth * 10 + 5) - 50,
  to: s(nth * 10 + 5),
}));

/** A storm in which the bakery's Facebook broke, was told, was repaired, and was told again: nothing is wrong in it. */
function aStorm(given: Partial<Evidence> = {}): Evidence {
  const mails = given.mails ?? [alert(30), thanks(80)];
  return {
    breaks: [brokenFor(10, 50)],
    mails,
    polls: everyTenSeconds,
    kills: [],
    outages: [],
    mailTroubles: [],
    reusedTokens: 0,
    listed: mails.map(listed),
    unaskedAfterOutage: [],
    leftByStop: [],
    tenants: [{ tenantId: 'bakery', state: 'active', isAskedWell: true }],
    ...given,
  };
}

/** How many of each were found, without those of which there are none. */
function found(evidence: Evidence): Readonly<Record<string, number>> {
  const verdict: Verdict = judgeStorm(evidence, rules);
  return Object.fromEntries(
    Object.entries(verdict).flatMap(([name, list]) => (list.length === 0 ? [] : [[name, list.length]])),
  );
}

describe('the judge of a storm', () => {
  it('finds nothing where all was told, with how late', () => {
    expect(judgeStorm(aStorm(), rules)).toEqual({
      told: [20_000, 30_000],
      missed: [],
      false: [],
      doubled: [],
      repeats: [],
      grantsLost: [],
      unlisted: [],
      unasked: [],
    });
  });

  it.each<[string, Partial<Evidence>, Readonly<Record<string, number>>]>([
    ['a break that lasts and is told', { breaks: [brokenFor(10, null)], mails: [alert(30)] }, { told: 1 }],
    ['a break that passes untold', { breaks: [brokenFor(10, 12, { isLasting: false })], mails: [] }, {}],
    ['a break that passes, told to the end', { breaks: [brokenFor(10, 50, { isLasting: false })] }, { told: 1 }],
    [
      'two breaks of one account, told each',
      {
        breaks: [brokenFor(10, 50), brokenFor(100, null)],
        mails: [alert(30), thanks(80), alert(130)],
      },
      { told: 3 },
    ],
    [
      'an alert under way while it was repaired',
      { breaks: [brokenFor(10, 50, { isLasting: false })], mails: [alert(56), thanks(80)] },
      { told: 1 },
    ],
    [
      'a repair that nobody saw, as nobody was asked',
      {
        breaks: [brokenFor(10, 50, { isLasting: false })],
        polls: everyTenSeconds.filter(({ from }) => from < s(50) || from > s(200)),
        mails: [alert(150), thanks(230)],
      },
      { told: 1 },
    ],
    [
      'thanks for a break whose alert may have arrived, when the mail server was in trouble',
      {
        breaks: [brokenFor(10, 50, { isLasting: false })],
        mails: [thanks(80)],
        mailTroubles: [{ from: s(30), to: s(40) }],
        listed: [listed(thanks(80)), { ...listed(alert(30)), outcomeUnknown: true }],
      },
      {},
    ],
    [
      'a repetition that comes when the account is broken again',
      {
        breaks: [brokenFor(10, 50), brokenFor(100, null)],
        mails: [
          alert(30),
          thanks(80, { messageId: '<a>', isDropped: true }),
          thanks(110, { messageId: '<a>' }),
          alert(130),
        ],
      },
      { told: 3, repeats: 1 },
    ],
    ['mail to the operator', { mails: [alert(30), thanks(80), mailAt(90, 'other', { tenantId: null })] }, { told: 2 }],
  ])('accepts %s', (_, given, expected) => {
    expect(found(aStorm(given))).toEqual(expected);
  });

  it.each<[string, Partial<Evidence>, Readonly<Record<string, number>>]>([
    ['a break that was never told', { breaks: [brokenFor(10, null)], mails: [] }, { missed: 1 }],
    ['a second break that was not', { breaks: [brokenFor(10, 50), brokenFor(100, null)] }, { told: 2, missed: 1 }],
    ['a repair that was never told', { mails: [alert(30)] }, { told: 1, missed: 1 }],
    [
      'an account left out of the mail about its sibling',
      { breaks: [brokenFor(10, 50), brokenFor(10, null, { network: 'tiktok' })] },
      { told: 2, missed: 1 },
    ],
  ])('misses %s', (_, given, expected) => {
    expect(found(aStorm(given))).toEqual(expected);
  });

  it.each<[string, Partial<Evidence>, Readonly<Record<string, number>>]>([
    ['an alert about what was never broken', { breaks: [], mails: [alert(30)] }, { false: 1 }],
    ['thanks for what was never broken', { breaks: [], mails: [thanks(30)] }, { false: 1 }],
    [
      'an alert to the wrong tenant',
      { mails: [alert(30), thanks(80), alert(31, { tenantId: 'florist' })] },
      { told: 2, false: 1 },
    ],
    [
      'an alert about the wrong account',
      { mails: [alert(30, { networks: ['facebook', 'tiktok'] }), thanks(80)] },
      { told: 2, false: 1 },
    ],
    ['an alert before a second look', { mails: [alert(17), thanks(80)] }, { told: 2, false: 1 }],
    [
      'an alert after two looks in one moment',
      {
        mails: [alert(17), thanks(80)],
        polls: [...everyTenSeconds, { tenantId: 'bakery', from: s(15.2), to: s(15.3) }].toSorted(
          (a, b) => a.from - b.from,
        ),
      },
      { told: 2, false: 1 },
    ],
    [
      'an alert about what was seen to work long before',
      { breaks: [brokenFor(10, 50, { isLasting: false })], mails: [alert(90), thanks(120)] },
      { told: 1, false: 1 },
    ],
    [
      'thanks while it is broken',
      { breaks: [brokenFor(10, null)], mails: [alert(30), thanks(40)] },
      { told: 1, false: 1 },
    ],
    ['thanks before a second look', { mails: [alert(30), thanks(57)] }, { told: 2, false: 1 }],
    [
      'thanks to whom nothing was told',
      { breaks: [brokenFor(10, 50, { isLasting: false })], mails: [thanks(80)] },
      { false: 1 },
    ],
    [
      'thanks for an alert that may have arrived, when nothing kept it from arriving',
      {
        breaks: [brokenFor(10, 50, { isLasting: false })],
        mails: [thanks(80)],
        mailTroubles: [{ from: s(90), to: s(99) }],
        listed: [listed(thanks(80)), { ...listed(alert(30)), outcomeUnknown: true }],
      },
      { false: 1 },
    ],
    [
      'thanks for an alert that did not arrive, as Linkwatch knows',
      {
        breaks: [brokenFor(10, 50, { isLasting: false })],
        mails: [thanks(80)],
        mailTroubles: [{ from: s(30), to: s(40) }],
        listed: [listed(thanks(80)), listed(alert(30))],
      },
      { false: 1 },
    ],
    ['a mail of another kind', { mails: [alert(30), thanks(80), mailAt(90, 'other')] }, { told: 2, false: 1 }],
    [
      'a mail that names no account',
      { mails: [alert(30), thanks(80), alert(40, { networks: [] })] },
      { told: 2, false: 1 },
    ],
  ])('calls false %s', (_, given, expected) => {
    expect(found(aStorm(given))).toEqual(expected);
  });

  it.each<[string, Partial<Evidence>, Readonly<Record<string, number>>]>([
    ['two mails of different names', { mails: [alert(30), alert(40), thanks(80)] }, { told: 2, doubled: 1 }],
    [
      'two mails of different names, even when the server dropped the first',
      { mails: [alert(30, { isDropped: true }), alert(40), thanks(80)] },
      { told: 2, doubled: 1 },
    ],
    ['thanks twice', { mails: [alert(30), thanks(80), thanks(90)] }, { told: 2, doubled: 1 }],
    [
      'a mail that came again for no reason',
      { mails: [alert(30, { messageId: '<a>' }), alert(40, { messageId: '<a>' }), thanks(80)], kills: [s(60)] },
      { told: 2, doubled: 1 },
    ],
  ])('calls doubled %s', (_, given, expected) => {
    expect(found(aStorm(given))).toEqual(expected);
  });

  it.each<[string, Partial<Evidence>]>([
    ['a kill', { kills: [s(31)] }],
    ['a kill while the server read it', { kills: [s(29)] }],
    ['an outage of the database', { outages: [{ from: s(25), to: s(35) }] }],
    [
      'a server that hung up',
      { mails: [alert(30, { messageId: '<a>', isDropped: true }), alert(40, { messageId: '<a>' }), thanks(80)] },
    ],
  ])('counts a mail that came again after %s as repeated', (_, given) => {
    const mails = [alert(30, { messageId: '<a>' }), alert(40, { messageId: '<a>' }), thanks(80)];
    expect(found(aStorm({ mails, ...given }))).toEqual({ told: 2, repeats: 1 });
  });

  it.each<[string, Partial<Evidence>, Readonly<Record<string, number>>]>([
    [
      'a grant that no longer works',
      { tenants: [{ tenantId: 'bakery', state: 'reauthorize', isAskedWell: false }] },
      { grantsLost: 1 },
    ],
    ['a spent refresh token that came again', { reusedTokens: 1 }, { grantsLost: 1 }],
    ['a mail that is not in the list', { listed: [listed(alert(30))] }, { unlisted: 1 }],
    [
      'a tenant that is not asked in the end',
      { tenants: [{ tenantId: 'bakery', state: 'active', isAskedWell: false }] },
      { unasked: 1 },
    ],
    ['a tenant that an outage left unasked', { unaskedAfterOutage: ['bakery'] }, { unasked: 1 }],
    ['a tenant that a stop left unasked', { leftByStop: ['bakery'] }, { unasked: 1 }],
  ])('finds %s', (_, given, expected) => {
    expect(found(aStorm(given))).toEqual({ told: 2, ...expected });
  });
});
