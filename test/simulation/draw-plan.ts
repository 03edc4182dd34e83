import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../src/domain/model/time.ts';
import { pick, type Random, seededRandom } from '../../src/sandbox/seeded-random.ts';
import {
  beginOf,
  firstPeople,
  type Happening,
  type MailHold,
  type Mishap,
  type People,
  type PeopleTurn,
  type Plan,
  type PlannedTenant,
  type Turn,
  type Weather,
} from './plan.ts';

/** A Thursday; New York puts its clocks forward three days later. */
export const BEGIN = Date.UTC(2026, 2, 5, 0, 30);
/** Long enough for all that is owed to be told, a flapping account included. */
export const CALM_MS = 36 * HOUR_MS;

/** A process may be struck before, between and after the mails about one turn; a quiet look takes some steps of the store. */
const MOST_STEPS = { store: 120, upstream: 4, mail: 4, receivers: 4 };

export const zones = ['America/New_York', 'Europe/Berlin', 'Asia/Tokyo', 'UTC'] as const;
const networks = ['facebook', 'instagram', 'linkedin'] as const;
const names = ['bakery', 'florist', 'grocer', 'dentist'] as const;

/** How long an account stays as it is: a moment, most of the time, or for good. */
const lastings = [
  10 * MINUTE_MS,
  40 * MINUTE_MS,
  2 * HOUR_MS,
  6 * HOUR_MS,
  16 * HOUR_MS,
  30 * HOUR_MS,
  3 * DAY_MS,
  4 * DAY_MS,
] as const;

/** All that happens within so many days, and then the calm. The same seed gives the same plan. */
export function drawPlan(seed: number, days: number): Plan {
  const random = seededRandom(`simulation ${seed}`);
  const calmFrom = BEGIN + days * DAY_MS;
  const workers = 1 + Math.floor(random() * 3);
  const tenants = names.slice(0, 2 + Math.floor(random() * 3)).map((id) => drawTenant(id, random));
  const span = { random, from: BEGIN + HOUR_MS, to: calmFrom };
  const turns = tenants.flatMap((tenant) => drawTurns(tenant, span));
  const among = { ...span, turns };
  const happenings = [
    ...turns,
    ...drawSome(days * 2, among, drawWeather),
    ...drawSome(days * 1.5, among, (each) => drawMishap(each, workers)),
    ...drawMailHolds(seed, days, among),
    ...tenants.flatMap((tenant) => drawPeople(seed, days, { ...among, tenant })),
  ];
  const sorted = happenings.toSorted((a, b) => beginOf(a) - beginOf(b));
  const to = calmFrom + CALM_MS;
  return { seed, from: BEGIN, calmFrom, to, workers, isSpread: drawSpread(seed), tenants, happenings: sorted };
}

export type Span = Readonly<{ random: Random; from: Instant; to: Instant }>;

function drawTenant(id: string, random: Random): PlannedTenant {
  const count = 1 + Math.floor(random() * networks.length);
  return { id, timezone: pick(random, zones), networks: networks.slice(0, count), hasCopy: random() < 0.5 };
}

/** Drawn by itself, as `drawMailHolds`. */
export function drawSpread(seed: number): boolean {
  return seededRandom(`spread ${seed}`)() < 0.5;
}

/** Drawn by themselves, so that all else of a seed is as it was before there were any. */
export function drawMailHolds(seed: number, days: number, among: Among): readonly MailHold[] {
  const random = seededRandom(`mail holds ${seed}`);
  return drawSome(days / 7, { ...among, random }, (each) => ({ kind: 'mail hold', ...drawWindow(each) }));
}

type AmongPeople = Among & Readonly<{ tenant: PlannedTenant }>;

/** Owners change, copies are sent or no longer sent, an owner wants no reminders. Drawn by itself, as `drawMailHolds`. */
export function drawPeople(seed: number, days: number, { tenant, ...among }: AmongPeople): readonly PeopleTurn[] {
  const random = seededRandom(`people of ${tenant.id} ${seed}`);
  const count = Math.round((days / 8) * (0.5 + random()));
  const moments = Array.from({ length: count }, () => drawWindow({ ...among, random }).from);
  let look = firstPeople(tenant);
  return moments
    .toSorted((a, b) => a - b)
    .map((at, index): PeopleTurn => {
      look = changedPeople(look, { random, tenantId: tenant.id, number: index + 2 });
      return { kind: 'people', at, tenantId: tenant.id, look };
    });
}

type PeopleChange = Readonly<{ random: Random; tenantId: string; number: number }>;

function changedPeople(before: People, { random, tenantId, number }: PeopleChange): People {
  switch (pick(random, ['owner', 'cc', 'reminders'] as const)) {
    case 'owner':
      return { ...before, owner: `owner-${number}@${tenantId}.example`, ownerWantsReminders: true };
    case 'cc':
      return { ...before, cc: before.cc === null ? `cc-${number}@${tenantId}.example` : null };
    case 'reminders':
      return { ...before, ownerWantsReminders: false };
  }
}

export function drawTurns({ id, networks: own }: PlannedTenant, { random, from, to }: Span): readonly Turn[] {
  const accounts = own.flatMap((network) =>
    drawAlternating({ random, from, to }, () => drawLook(random)).map(
      ({ at, what }): Turn => ({ kind: 'account', at, tenantId: id, network, look: what ?? 'fine' }),
    ),
  );
  if (random() < 0.6) return accounts;
  const access = drawAlternating({ random, from: from + 12 * HOUR_MS, to }, () =>
    random() < 0.5 ? ('revoked' as const) : ('forbidden' as const),
  ).slice(0, 2);
  return [
    ...accounts,
    ...access.map(({ at, what }): Turn => ({ kind: 'access', at, tenantId: id, look: what ?? 'granted' })),
  ];
}

function drawLook(random: Random) {
  const chance = random();
  if (chance < 0.55) return 'broken' as const;
  return pick(random, ['scopeless', 'profileless', 'limited', 'unanswered', 'gone'] as const);
}

/** Something, nothing, something, nothing; null where it is over. */
function drawAlternating<T>({ random, from, to }: Span, draw: () => T) {
  const turns: Readonly<{ at: Instant; what: T | null }>[] = [];
  let at = from + Math.floor(random() ** 2 * 3 * DAY_MS);
  while (at < to) {
    turns.push({ at, what: draw() });
    at += lasting(random);
    if (at < to) turns.push({ at, what: null });
    at += lasting(random) + Math.floor(random() * 12 * HOUR_MS);
  }
  return turns;
}

function lasting(random: Random): number {
  return Math.floor(pick(random, lastings) * (0.7 + 0.6 * random()));
}

export function drawSome<T extends Happening>(count: number, among: Among, draw: (among: Among) => T): readonly T[] {
  const exact = count * (0.5 + among.random());
  return Array.from({ length: Math.round(exact) }, () => draw(among));
}

export type Among = Span & Readonly<{ turns: readonly Turn[] }>;

/** Most trouble comes where there is something to tell: soon after something has turned. */
function drawWindow({ random, from, to, turns }: Among) {
  const anyTime = from + Math.floor(random() * (to - from));
  const turnedAt = turns.length === 0 || random() < 0.3 ? null : pick(random, turns).at;
  const begin =
    turnedAt === null ? anyTime : Math.min(to - MINUTE_MS, turnedAt + Math.floor(random() * 80 * MINUTE_MS));
  const longest = pick(random, [5 * MINUTE_MS, 30 * MINUTE_MS, 3 * HOUR_MS, 9 * HOUR_MS]);
  return { from: begin, to: Math.min(to, begin + Math.floor(longest * (0.3 + 0.7 * random()))) };
}

export function drawWeather(span: Among): Weather {
  const { random } = span;
  const window = { kind: 'weather' as const, ...drawWindow(span), share: pick(random, [0.1, 0.5, 1]) };
  switch (pick(random, ['upstream', 'store', 'mail', 'receivers'] as const)) {
    case 'upstream': {
      const does = pick(random, ['time out', 'fail', 'throttle', 'tear answers', 'take its time'] as const);
      return { ...window, place: 'upstream', does };
    }
    case 'store':
      return { ...window, place: 'store', does: pick(random, ['refuse', 'lose answers', 'be full', 'take its time']) };
    case 'mail':
      return { ...window, place: 'mail', does: pick(random, ['be down', 'defer', 'lose answers', 'take its time']) };
    case 'receivers':
      return {
        ...window,
        place: 'receivers',
        does: pick(random, ['be down', 'fail', 'lose answers', 'take its time']),
      };
  }
}

export function drawMishap(span: Among, workers: number): Mishap {
  const { random } = span;
  const at = { kind: 'mishap' as const, worker: Math.floor(random() * workers), ...drawWindow(span) };
  const does = pick(random, ['is killed', 'is killed', 'is frozen', 'is stopped', 'has a wrong clock'] as const);
  if (does !== 'has a wrong clock') {
    const during = pick(random, ['store', 'store', 'upstream', 'mail', 'receivers'] as const);
    return { ...at, does, during, steps: 1 + Math.floor(random() * MOST_STEPS[during]) };
  }
  const byMs = Math.floor((random() - 0.5) * pick(random, [4 * MINUTE_MS, 40 * MINUTE_MS, 6 * HOUR_MS]));
  return { ...at, does, byMs };
}
