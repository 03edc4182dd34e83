import type { EndReason, Hold } from '../model/hold.ts';
import type { IncidentState } from '../model/incident.ts';
import type { AlertSettings } from '../model/settings.ts';
import type { Instant } from '../model/time.ts';

/** How many tenants share one problem, of those that were polled since it first showed. */
export type Suspicion = Readonly<{ suspects: number; polled: number }>;

/** So many owners at once cannot have broken their accounts themselves. */
export function isFleetWide(
  { suspects, polled }: Suspicion,
  { fleetShare, fleetMin }: Pick<AlertSettings, 'fleetShare' | 'fleetMin'>,
): boolean {
  return suspects >= fleetMin && suspects >= fleetShare * polled;
}

/**
 * With so many tenants polled, the suspects are too few to be fleet-wide: a count may stop there. It is one more than
 * needed, because quotients are rounded.
 */
export function enoughPolled(suspects: number, { fleetShare }: Pick<AlertSettings, 'fleetShare'>): number {
  return fleetShare > 0 ? Math.floor(suspects / fleetShare) + 2 : Number.POSITIVE_INFINITY;
}

/**
 * A hold for what many tenants show ends by itself; a brake and a command end by command, and its giver needs no mail.
 */
export function endsByItself({ cause }: Pick<Hold, 'cause'>): boolean {
  return cause.kind === 'fleet';
}

/** For these reasons the operator ends a hold. */
export const reasonsByCommand = ['released', 'discarded'] as const satisfies readonly EndReason[];

export function isByCommand(reason: EndReason | null): boolean {
  return reasonsByCommand.some((one) => one === reason);
}

/** While an incident of a hold is in one of these states, or its connection is gone, its tenant is not well again. */
export const unwellStates = ['suspected', 'open'] as const satisfies readonly IncidentState[];

export function isUnwell(state: IncidentState): boolean {
  return unwellStates.some((unwell) => unwell === state);
}

/** How many tenants a hold concerns, and how many of them are well again. */
export type HoldProgress = Readonly<{ concerned: number; recovered: number }>;

/** Once nearly all tenants are well again, the shared problem is over; the rest have a problem of their own. */
const RECOVERED_SHARE = 0.9;

export function isMostlyRecovered({ concerned, recovered }: HoldProgress): boolean {
  return concerned > 0 && recovered >= RECOVERED_SHARE * concerned;
}

/** Why a hold ends by itself now; null while it goes on. */
export function endOfHold(
  hold: Hold,
  progress: HoldProgress,
  { now, fleetHoldMs }: Pick<AlertSettings, 'fleetHoldMs'> & Readonly<{ now: Instant }>,
): EndReason | null {
  if (!endsByItself(hold)) return null;
  if (isMostlyRecovered(progress)) return 'mostly_good_again';
  return now - hold.beganAt >= fleetHoldMs ? 'held_long_enough' : null;
}
