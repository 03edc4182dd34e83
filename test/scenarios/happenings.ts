import { type ConnectionStatus, UNKNOWN_STATUS } from '../../src/domain/model/connection-status.ts';
import type { PollFailureKind } from '../../src/domain/model/poll.ts';

/** How one account looks, where it is not healthy. */
export type Look = Partial<ConnectionStatus>;

/** What Constant Contact lists, by network; a second account of a network is `facebook:2`. */
export type Looks = Readonly<Record<string, Look>>;

export const fine: Look = {};
export const broken: Look = { tokenIsValid: false };
export const tokenless: Look = { hasToken: false };
export const scopeless: Look = { tokenHasScopes: false };
export const profileless: Look = { isActiveUser: false };
export const limited: Look = { rateLimited: true };
/** The network did not answer Constant Contact's probe: nobody knows how the token is. */
export const unanswered: Look = { tokenIsValid: false, networkStatus: 503, error: 'service unavailable' };
/** The same, but what is known of the token is good. */
export const unansweredButValid: Look = { networkStatus: 503, error: 'service unavailable' };
export const unknown: Look = UNKNOWN_STATUS;

/** The pages of some accounts, by network: which of them can be posted to, and which can no longer be. */
export type Pages = Readonly<
  Record<string, Readonly<{ accessible?: readonly string[]; unreachable?: readonly string[] }>>
>;

export type MailServerDoes = 'accept' | 'be down' | 'refuse our login' | 'refuse the mail' | 'know no such address';

/** What the world outside does. */
export type OutsideHappening =
  | Readonly<{ kind: 'shows'; looks: Looks; isPartial: boolean }>
  /** Until it shows something. `retryAfter`: how long Constant Contact asks us to wait. */
  | Readonly<{ kind: 'fails'; failure: PollFailureKind; retryAfter: string | null }>
  | Readonly<{ kind: 'fails_once'; failure: PollFailureKind }>
  /** The pages of accounts that are shown already. */
  | Readonly<{ kind: 'shows_pages'; pages: Pages }>
  /** Nothing is said of any page from now on. */
  | Readonly<{ kind: 'hides_pages'; failure: 'forbidden' | 'server' }>
  | Readonly<{ kind: 'mail_server'; does: MailServerDoes; to: string | null }>;

/** What the process of Linkwatch does or suffers. */
export type ProcessHappening =
  | Readonly<{ kind: 'stopped' }>
  | Readonly<{ kind: 'started' }>
  | Readonly<{ kind: 'killed' }>
  | Readonly<{ kind: 'dies_with_next_mail'; isAccepted: boolean }>
  | Readonly<{ kind: 'clock_jumps'; by: string; forward: boolean }>;

/** What people do: the operator by commands, to every open incident of the tenant; contacts from their mail. */
export type PeopleHappening =
  | Readonly<{ kind: 'polled_by_hand' }>
  | Readonly<{ kind: 'acknowledged' }>
  | Readonly<{ kind: 'closed' }>
  | Readonly<{ kind: 'snoozed'; for: string }>
  | Readonly<{ kind: 'paused' }>
  | Readonly<{ kind: 'resumed' }>
  | Readonly<{ kind: 'owner_becomes'; person: string }>
  /** The owner authorises Linkwatch again; from then on Constant Contact shows this. */
  | Readonly<{ kind: 'authorised'; looks: Looks }>
  | Readonly<{ kind: 'unsubscribes'; person: string }>
  | Readonly<{ kind: 'wishes'; person: string; wish: ContactRequest }>
  /** The latest mail to that person comes back. */
  | Readonly<{ kind: 'bounces'; person: string; isForGood: boolean }>
  /** `linkwatch mail hold|release|discard --all`. */
  | Readonly<{ kind: 'mail_command'; does: 'hold' | 'release' | 'discard' }>;

export type Happening = OutsideHappening | ProcessHappening | PeopleHappening;

export type ContactRequest =
  | Readonly<{ kind: 'snooze'; for: string }>
  | Readonly<{ kind: 'not_mine' }>
  | Readonly<{ kind: 'no_reminders' }>
  | Readonly<{ kind: 'check_now' }>;

export const shows = (looks: Looks): Happening => ({ kind: 'shows', looks, isPartial: false });
/** An answer of which some entries cannot be read. */
export const showsInPart = (looks: Looks): Happening => ({ kind: 'shows', looks, isPartial: true });
export const showsPages = (pages: Pages): Happening => ({ kind: 'shows_pages', pages });
export const hidesPages = (failure: 'forbidden' | 'server'): Happening => ({ kind: 'hides_pages', failure });
export const fails = (failure: PollFailureKind, retryAfter: string | null = null): Happening => ({
  kind: 'fails',
  failure,
  retryAfter,
});
export const failsOnce = (failure: PollFailureKind): Happening => ({ kind: 'fails_once', failure });
/** To one person's address, or to everybody's. */
export const mailServerWill = (does: MailServerDoes, to: string | null = null): Happening => ({
  kind: 'mail_server',
  does,
  to,
});
/** The process ends after the server took the next mail, and before it could be noted; it starts again at once. */
export const diesAfterNextMail: Happening = { kind: 'dies_with_next_mail', isAccepted: true };
/** The process ends before the server took the next mail; it starts again at once. */
export const diesBeforeNextMail: Happening = { kind: 'dies_with_next_mail', isAccepted: false };
export const polledByHand: Happening = { kind: 'polled_by_hand' };
export const stopped: Happening = { kind: 'stopped' };
export const started: Happening = { kind: 'started' };
/** And started again at once. */
export const killed: Happening = { kind: 'killed' };
export const clockJumpsAhead = (by: string): Happening => ({ kind: 'clock_jumps', by, forward: true });
export const clockJumpsBack = (by: string): Happening => ({ kind: 'clock_jumps', by, forward: false });
export const acknowledged: Happening = { kind: 'acknowledged' };
export const closed: Happening = { kind: 'closed' };
export const paused: Happening = { kind: 'paused' };
export const resumed: Happening = { kind: 'resumed' };
export const snoozed = (duration: string): Happening => ({ kind: 'snoozed', for: duration });
export const authorisedAgain = (looks: Looks): Happening => ({ kind: 'authorised', looks });
export const ownerBecomes = (person: string): Happening => ({ kind: 'owner_becomes', person });
export const unsubscribes = (person: string): Happening => ({ kind: 'unsubscribes', person });
export const snoozes = (person: string, duration: string): Happening => ({
  kind: 'wishes',
  person,
  wish: { kind: 'snooze', for: duration },
});
export const saysNotMine = (person: string): Happening => ({ kind: 'wishes', person, wish: { kind: 'not_mine' } });
export const wantsNoReminders = (person: string): Happening => ({
  kind: 'wishes',
  person,
  wish: { kind: 'no_reminders' },
});
export const checksNow = (person: string): Happening => ({ kind: 'wishes', person, wish: { kind: 'check_now' } });
export const bouncesForGood = (person: string): Happening => ({ kind: 'bounces', person, isForGood: true });
export const bouncesForNow = (person: string): Happening => ({ kind: 'bounces', person, isForGood: false });
export const mailIs = (does: 'hold' | 'release' | 'discard'): Happening => ({ kind: 'mail_command', does });
