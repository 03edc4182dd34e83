import fc from 'fast-check';
import type { ConnectionPages } from '../../src/domain/model/connection.ts';
import type { PollFailureKind } from '../../src/domain/model/poll.ts';
import type { AlertSettings } from '../../src/domain/model/settings.ts';
import { cc, owner, partner } from './domain-contacts.ts';
import {
  authorisedAgain,
  broken,
  closedByCommand,
  contactBecomes,
  fails,
  fine,
  limited,
  mailServerWill,
  polledByHand,
  profileless,
  type Showing,
  scopeless,
  shows,
  snoozedFor,
  started,
  stopped,
  tenantBecomes,
  tokenless,
  unanswered,
  withPages,
} from './domain-happenings.ts';
import type { Happening, MailServerDoes, Story } from './domain-story.ts';
import { ms } from './domain-time.ts';

const HEALED_AFTER = ms('6h');

/** Null for a connection that is not listed. */
const showings: readonly (Showing | null)[] = [
  fine,
  fine,
  fine,
  fine,
  fine,
  fine,
  fine,
  fine,
  broken,
  broken,
  broken,
  broken,
  broken,
  broken,
  tokenless,
  scopeless,
  profileless,
  profileless,
  limited,
  limited,
  { ...limited, ...broken },
  unanswered,
  { networkStatus: 503 },
  { hasToken: null },
  null,
];
const failures: readonly PollFailureKind[] = [
  ...(['timeout', 'server', 'throttled', 'unauthorized', 'forbidden', 'invalid_grant', 'invalid_client'] as const),
];
const mailServers: readonly MailServerDoes[] = [
  ...(['accept', 'accept', 'defer', 'defer', 'refuse', 'know_no_such_address'] as const),
  ...(['accept_but_we_crash', 'hear_nothing_as_we_crash'] as const),
];
const contactIds = [owner.id, partner.id, cc.id];

const listing: fc.Arbitrary<Happening> = fc
  .record({
    facebook: fc.constantFrom(...showings),
    instagram: fc.constantFrom(...showings),
    'facebook:2': fc.constantFrom(null, null, ...showings),
    isPartial: fc.constantFrom(...Array.from({ length: 9 }, () => false), true),
  })
  .map(({ isPartial, ...listed }) => shows(withoutNulls(listed), isPartial));

/** Most polls do not ask about pages; one that does learns something, or nothing. */
const withLook: fc.Arbitrary<Happening> = fc
  .tuple(listing, fc.constantFrom(null, null, null, [], [facebookPages(0)], [facebookPages(1)], [facebookPages(1)]))
  .map(([what, pages]) => (pages === null ? what : withPages(what, pages)));

function facebookPages(lost: number): ConnectionPages {
  return { network: 'facebook', accountId: '1', unreachable: { named: [], more: lost }, accessible: 2 };
}

const mailServer: fc.Arbitrary<Happening> = fc
  .tuple(fc.constantFrom(...mailServers), fc.option(fc.constantFrom(...contactIds)))
  .map(([does, contactId]) => mailServerWill(does, contactId));

const person: fc.Arbitrary<Happening> = fc.constantFrom(
  snoozedFor(ms('2d')),
  closedByCommand(),
  tenantBecomes({ state: 'paused', nextPollAt: null }),
  authorisedAgain(),
  contactBecomes(owner.id, { state: 'unsubscribed' }),
  contactBecomes(cc.id, { state: 'unsubscribed' }),
);

const answer: fc.Arbitrary<Happening> = fc.oneof(
  { arbitrary: withLook, weight: 4 },
  { arbitrary: fc.constantFrom(...failures).map((kind) => fails(kind)), weight: 1 },
);

/** What happens at one moment. */
const happenings: fc.Arbitrary<readonly Happening[]> = fc.oneof(
  { arbitrary: answer.map((what) => [what]), weight: 5 },
  { arbitrary: answer.map((what) => [what, polledByHand()]), weight: 12 },
  { arbitrary: mailServer.map((what) => [what]), weight: 6 },
  { arbitrary: fc.constantFrom([stopped()], [started()], [started()]), weight: 2 },
  { arbitrary: person.map((what) => [what]), weight: 3 },
);

const pause = fc.constantFrom(
  ...['0s', '30s', '2m', '2m', '7m', '16m', '16m', '20m', '45m', '1h', '2h30m', '9h', '1d', '3d'].map(ms),
);

const settings: fc.Arbitrary<Partial<AlertSettings>> = fc.record({
  confirmPolls: fc.integer({ min: 1, max: 3 }),
  recoveryPolls: fc.integer({ min: 1, max: 3 }),
  recheckAfterMs: fc.constantFrom(ms('5m'), ms('15m'), ms('1h')),
  groupWaitMs: fc.constantFrom(0, ms('2m'), ms('20m')),
  alertOnBaseline: fc.boolean(),
  remindAfterMs: fc.constantFrom([], [ms('1h'), ms('2h'), ms('12h')], [ms('6h'), ms('12h')], [ms('2d'), ms('7d')]),
  reminderHours: fc.constantFrom(
    { fromMinute: 540, toMinute: 1020 },
    { fromMinute: 1320, toMinute: 360 },
    { fromMinute: 0, toMinute: 1440 },
  ),
  rateLimitAfterMs: fc.constantFrom(ms('30m'), ms('2h')),
  checkFailedAfterMs: fc.constantFrom(ms('3h'), ms('24h')),
  mailRetryForMs: fc.constantFrom(ms('1h'), ms('3d')),
});

/** Any story: what Constant Contact answers, mail servers, stops, crashes and people, under any settings. */
export const anyStory: fc.Arbitrary<Story> = fc
  .record({
    settings,
    intervalMs: fc.constantFrom(ms('1h'), ms('6h')),
    contacts: fc.constantFrom([owner], [owner, cc], [cc, partner, owner]),
    timezone: fc.constantFrom('America/New_York', 'Europe/Berlin', 'Asia/Kathmandu'),
    moments: fc.array(fc.tuple(pause, happenings), { minLength: 1, maxLength: 30 }),
  })
  .map(({ timezone, moments, ...rest }) => ({ ...rest, tenant: { timezone }, ...timeline(moments) }));

/** The same with a mail server that works all the time. */
export const anyStoryWithWorkingMail: fc.Arbitrary<Story> = anyStory.map((story) => ({
  ...story,
  script: story.script.filter(([, what]) => what.kind !== 'mail_server'),
}));

function withoutNulls<T>(entries: Readonly<Record<string, T | null>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(entries).flatMap(([key, value]) => (value === null ? [] : [[key, value]])));
}

/** Pauses become times; the daemon runs at the end, and for long enough that everything due has happened. */
function timeline(moments: readonly (readonly [number, readonly Happening[]])[]): Pick<Story, 'script' | 'until'> {
  let at = 0;
  const script = moments.flatMap(([pauseMs, all]) => {
    at += pauseMs;
    return all.map((what) => [at, what] as const);
  });
  return { script: [...script, [at, started()]], until: at + HEALED_AFTER };
}
