import { SUSPICIONS_TO_FLAP } from '../detection/flapping.ts';
import type { Action } from '../model/condition.ts';
import type { Digest, StillBroken } from '../model/digest.ts';
import type { Fault, ReportedCause } from '../model/fault.ts';
import type { Hold } from '../model/hold.ts';
import { actionToAskFor, type Incident } from '../model/incident.ts';
import { layerOf, type PollFailureKind, pollFailureKinds } from '../model/poll.ts';
import type { AlertSettings } from '../model/settings.ts';
import { type ContactState, type TenantState, tenantStates } from '../model/tenant.ts';
import { DAY_MS, type Instant } from '../model/time.ts';
import type { LostAlertReason } from './notification-intents.ts';

/** What belongs into the digest of a moment. Every bound of time is inclusive. */
export type DigestRules = Readonly<{
  now: Instant;
  /** A tenant in another state is in no section. */
  tenantStates: readonly TenantState[];
  /** Open incidents of connections, ordered by these fields, unset ones first. */
  stillBroken: Readonly<{
    actions: readonly Action[];
    confirmedUntil: Instant;
    order: readonly ['acknowledgedAt', 'confirmedAt'];
  }>;
  /** Contacts in the first states, and where a tenant has no active contact those in the second. */
  unreachable: Readonly<{ always: readonly ContactState[]; whenAlone: readonly ContactState[] }>;
  failing: Readonly<{ kinds: readonly PollFailureKind[]; sinceUntil: Instant }>;
  /** Checks that have failed for CHECK_FAILED_AFTER: from then on an invalid token beside them is believed and told. */
  checksFailing: Readonly<{ sinceUntil: Instant }>;
  /** Suspicions about one connection that were not confirmed. */
  unsettled: Readonly<{ atLeast: number; openedFrom: Instant; closedFrom: Instant }>;
  mailFailed: Readonly<{ attemptedFrom: Instant }>;
  /** Held mail is counted for each of these holds. */
  held: Readonly<{ fleetHolds: readonly string[] }>;
}>;

/** A single tenant that fails for less may work again tomorrow. */
const FAILING_MS = DAY_MS;

export type DigestContext = Pick<AlertSettings, 'escalateAfterMs' | 'checkFailedAfterMs'> &
  Readonly<{ now: Instant; faults: readonly Fault[]; holds: readonly Hold[] }>;

export function digestRules({ now, faults, holds, ...settings }: DigestContext): DigestRules {
  // The operator knows of the outage, or of the refused application, which explains why single tenants fail.
  const explains = ({ kind }: Fault['cause']) => kind === 'upstream' || kind === 'application';
  const isExplained = faults.some(({ cause, confirmedAt }) => explains(cause) && confirmedAt !== null);
  return {
    now,
    tenantStates: tenantStates.filter((state) => state !== 'paused' && state !== 'unconnected'),
    stillBroken: {
      actions: ['reconnect', 'choose_profile'],
      confirmedUntil: now - settings.escalateAfterMs,
      order: ['acknowledgedAt', 'confirmedAt'],
    },
    unreachable: { always: ['undeliverable'], whenAlone: ['unsubscribed', 'not_mine', 'undeliverable'] },
    failing: {
      kinds: isExplained ? [] : pollFailureKinds.filter((kind) => layerOf(kind) !== 'access'),
      sinceUntil: now - FAILING_MS,
    },
    checksFailing: { sinceUntil: now - settings.checkFailedAfterMs },
    unsettled: { atLeast: SUSPICIONS_TO_FLAP, openedFrom: now - 2 * DAY_MS, closedFrom: now - DAY_MS },
    mailFailed: { attemptedFrom: now - DAY_MS },
    held: { fleetHolds: holds.filter(({ cause }) => cause.kind === 'fleet').map(({ id }) => id) },
  };
}

const lostAlertReasons: readonly string[] = ['mail_bounced', 'discarded'] satisfies readonly LostAlertReason[];

/** An alert that was returned, or that the operator discarded, has reached no reader. */
export function stillBrokenLine(
  incident: Incident,
  now: Instant,
): Pick<StillBroken, 'action' | 'since' | 'toldAt' | 'reaction'> {
  const { openedAt, alerting } = incident;
  return {
    action: actionToAskFor(incident),
    since: openedAt,
    toldAt: lostAlertReasons.includes(alerting.decision) ? null : (alerting.lastAlert?.at ?? null),
    reaction: reactionTo(incident, now),
  };
}

function reactionTo({ acknowledgedAt, reminders }: Incident, now: Instant): StillBroken['reaction'] {
  if (reminders.snoozedUntil !== null && reminders.snoozedUntil > now) return 'snoozed';
  return acknowledgedAt === null ? 'none' : 'acknowledged';
}

/** How many mails are held, and for which reason. */
export type HeldCounts = Readonly<{
  /** Mails that a hold of the fleet keeps back, by the id of the hold. */
  byFleetHold: ReadonlyMap<string, number>;
  byBrake: number;
  /** Because the database was restored. */
  byRestored: number;
  byCommand: number;
  /** When the first of those held by command was written; null when there is none. */
  byCommandSince: Instant | null;
}>;

/** Every hold that has not ended, lost access of the whole fleet, and single mails held by command without a hold. */
export function heldSection(holds: readonly Hold[], faults: readonly Fault[], counts: HeldCounts): Digest['held'] {
  const lines = holds.map((hold) => ({ ...lineOf(hold.cause, hold.beganAt, mailsOf(hold, counts)), id: hold.id }));
  const access = faults.flatMap(({ id, cause, since, confirmedAt }) => {
    if (cause.kind !== 'access') return [];
    return [{ ...lineOf({ kind: 'access', failure: cause.failure }, confirmedAt ?? since, 0), id }];
  });
  const items = [...lines, ...access]
    .toSorted((a, b) => a.since - b.since || (a.id < b.id ? -1 : 1))
    .map(({ id: _, ...line }) => line);
  const isHoldBegun = holds.some(({ cause }) => cause.kind === 'command');
  const { byCommand, byCommandSince } = counts;
  if (byCommandSince !== null && !isHoldBegun) items.push(lineOf({ kind: 'command' }, byCommandSince, byCommand));
  return { items, total: items.length };
}

function lineOf(cause: ReportedCause, since: Instant, mails: number): Digest['held']['items'][number] {
  return { cause, since, mails };
}

function mailsOf({ id, cause }: Hold, { byFleetHold, byBrake, byCommand, byRestored }: HeldCounts): number {
  switch (cause.kind) {
    case 'fleet':
      return byFleetHold.get(id) ?? 0;
    case 'brake':
      return byBrake;
    case 'command':
      return byCommand;
    case 'restored':
      return byRestored;
  }
}
