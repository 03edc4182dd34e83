import type { Instant } from '../../src/domain/model/time.ts';

/** How an account of a social network really is; `gone` is not listed any more. */
export const looks = ['fine', 'broken', 'scopeless', 'profileless', 'limited', 'unanswered', 'gone'] as const;
export type Look = (typeof looks)[number];

/** How our access to a tenant really is: withdrawn by its owner, or lacking a privilege. */
export type AccessLook = 'granted' | 'revoked' | 'forbidden';

/** Whom a tenant's mail is for, by address; an address that left does not come back. */
export type People = Readonly<{ owner: string; cc: string | null; ownerWantsReminders: boolean }>;

export type AccountId = Readonly<{ tenantId: string; network: string }>;

/** What becomes true of an account, of our access, or of a tenant's people at a moment. */
export type Turn =
  | (AccountId & Readonly<{ kind: 'account'; at: Instant; look: Look }>)
  | Readonly<{ kind: 'access'; at: Instant; tenantId: string; look: AccessLook }>
  | PeopleTurn;

export type PeopleTurn = Readonly<{ kind: 'people'; at: Instant; tenantId: string; look: People }>;

/** What the world around does for a while; `share` of what is tried fails so. */
export type Weather = Readonly<{ kind: 'weather'; from: Instant; to: Instant; share: number }> &
  (
    | Readonly<{ place: 'upstream'; does: 'time out' | 'fail' | 'throttle' | 'tear answers' | 'take its time' }>
    | Readonly<{ place: 'store'; does: 'refuse' | 'lose answers' | 'be full' | 'take its time' }>
    | Readonly<{ place: 'mail'; does: 'be down' | 'defer' | 'lose answers' | 'take its time' }>
    | Readonly<{ place: 'receivers'; does: 'be down' | 'fail' | 'lose answers' | 'take its time' }>
  );

/** What a process works with. */
export type Port = 'store' | 'upstream' | 'mail' | 'receivers';

/** In the middle of something: at so many calls of that port, or answers to them, from then on; at the end at last. */
type Blow = Readonly<{ does: 'is killed' | 'is frozen' | 'is stopped'; during: Port; steps: number }>;

/** By so many ms ahead, or back. */
type WrongClock = Readonly<{ does: 'has a wrong clock'; byMs: number }>;

/** What happens to one of the processes; the first of them has the number 0. */
export type Mishap = Readonly<{ kind: 'mishap'; worker: number; from: Instant; to: Instant }> & (Blow | WrongClock);

/** A network fails for everybody: each account of it that is listed looks so, whatever it really is. */
export type Outage = Readonly<{ kind: 'outage'; network: string; from: Instant; to: Instant; look: 'broken' }>;

/** The operator holds all mail, and lets it go. */
export type MailHold = Readonly<{ kind: 'mail hold'; from: Instant; to: Instant }>;

export type Happening = Turn | Weather | Mishap | Outage | MailHold;

export type PlannedTenant = Readonly<{
  id: string;
  timezone: string;
  networks: readonly string[];
  hasCopy: boolean;
}>;

/** A world and all that happens in it. From `calmFrom` on nothing happens any more. */
export type Plan = Readonly<{
  seed: number;
  from: Instant;
  calmFrom: Instant;
  to: Instant;
  workers: number;
  /** Tenants are polled at a minute of the hour of their own, as they are by default, and not all at once. */
  isSpread?: boolean;
  tenants: readonly PlannedTenant[];
  happenings: readonly Happening[];
}>;

export function isWeather(happening: Happening): happening is Weather {
  return happening.kind === 'weather';
}

export function isMishap(happening: Happening): happening is Mishap {
  return happening.kind === 'mishap';
}

export function isOutage(happening: Happening): happening is Outage {
  return happening.kind === 'outage';
}

export function isTurn(happening: Happening): happening is Turn {
  return happening.kind === 'account' || happening.kind === 'access' || happening.kind === 'people';
}

/** Whom the tenant's mail is for at first. */
export function firstPeople({ id, hasCopy }: PlannedTenant): People {
  return { owner: `owner@${id}.example`, cc: hasCopy ? `cc@${id}.example` : null, ownerWantsReminders: true };
}

export function isOwners(address: string): boolean {
  return address.startsWith('owner');
}

/** When it begins. */
export function beginOf(happening: Happening): Instant {
  return isTurn(happening) ? happening.at : happening.from;
}
