import { isFleetWide, isMostlyRecovered } from '../holds/hold-lifetime.ts';
import type { AccessCause, Fault, FaultCause } from '../model/fault.ts';
import type { OperatorReport, ReportedHold } from '../model/operator-report.ts';
import type { PollFailureKind } from '../model/poll.ts';
import type { AlertSettings } from '../model/settings.ts';
import type { Instant } from '../model/time.ts';
import type { FaultStep } from './fault-step.ts';

/** How many tenants of one application are refused in the same way, and since when. */
export type Refusal = Readonly<{
  applicationId: string | null;
  failure: PollFailureKind;
  since: Instant;
  tenants: number;
  /**
   * So many of them are still polled. The others were asked for a new permission, and no poll can show them let in
   * again.
   */
  polled: number;
}>;

export type AccessFault = Fault & Readonly<{ cause: Extract<FaultCause, { kind: 'access' }> }>;

/** Tenants refused alike that are a large part of those polled since are no tenant's fault. */
export function decideAccessBegin(
  { tenants }: Pick<Refusal, 'tenants'>,
  polled: number,
  settings: Pick<AlertSettings, 'fleetShare' | 'fleetMin'>,
): FaultStep {
  const isOurs = isFleetWide({ suspects: tenants, polled }, settings);
  return isOurs ? { kind: 'begin', reason: 'fleet_wide' } : { kind: 'none', reason: 'not_fleet_wide' };
}

/** The fault with the most tenants refused at a time, by which its end is decided; the same object if that is known. */
export function withMostRefused(fault: AccessFault, refused: number): AccessFault {
  return refused <= fault.cause.tenants ? fault : { ...fault, cause: { ...fault.cause, tenants: refused } };
}

/** `refused` are polled, and still refused; however long it lasts, it ends only when most are let in again. */
export function decideAccessEnd(fault: Fault, refused: number): FaultStep {
  const isOver = isMostlyRecovered(progressOf(fault, refused));
  return isOver ? { kind: 'end', reason: 'mostly_good_again' } : { kind: 'wait', reason: 'still_refused' };
}

function progressOf({ cause }: Fault, refused: number) {
  const concerned = Math.max(cause.kind === 'access' ? cause.tenants : 0, refused);
  return { concerned, recovered: concerned - refused };
}

/** The operator reads of it as of a hold: nothing is concluded about these tenants meanwhile. */
export function accessReport(
  step: FaultStep,
  fault: Fault,
  { polled, refused }: Readonly<{ polled: number; refused: number }>,
): OperatorReport | null {
  const hold = reportedHold(fault);
  if (hold === null) return null;
  if (step.kind === 'begin') return { about: 'hold_began', hold, polled };
  if (step.kind !== 'end') return null;
  const { concerned, recovered } = progressOf(fault, refused);
  const reason = 'mostly_good_again';
  return { about: 'hold_ended', hold, reason, recovered, remaining: concerned - recovered };
}

function reportedHold({ cause, since, confirmedAt, endedAt }: Fault): ReportedHold | null {
  if (cause.kind !== 'access') return null;
  const { kind, failure, tenants } = cause;
  const told: AccessCause = { kind, failure };
  return { cause: told, since, beganAt: confirmedAt ?? since, endedAt, tenants };
}
