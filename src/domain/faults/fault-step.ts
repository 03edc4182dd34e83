import type { Fault, FaultCause } from '../model/fault.ts';
import type { Instant } from '../model/time.ts';

/** What a look makes of a fault, with the reason that is logged. */
export type FaultStep =
  | Readonly<{
      kind: 'none';
      reason: 'fleet_is_well' | 'too_few_polled' | 'not_fleet_wide' | 'no_refusal' | 'requests_left';
    }>
  | Readonly<{ kind: 'suspect'; reason: 'half_of_fleet_failing' | 'our_client_refused' | 'no_answer' }>
  | Readonly<{ kind: 'wait'; reason: 'not_yet_lasting' | 'still_failing' | 'still_refused' }>
  | Readonly<{ kind: 'forget'; reason: 'passed_before_it_was_told' }>
  | Readonly<{ kind: 'begin'; reason: 'outage_lasts' | 'fleet_wide' | 'mail_server_refuses_us' | 'quota_exceeded' }>
  | Readonly<{ kind: 'end'; reason: 'fleet_is_well' | 'mostly_good_again' | 'mail_server_takes_mail' | 'new_day' }>;

/** A step that the store has to hear of. */
export type FaultChange = Exclude<FaultStep, { kind: 'none' | 'wait' }>;

/** The open or suspected fault after a step; null when it was a suspicion, and is forgotten. */
export function faultAfter(
  step: FaultChange,
  fault: Fault,
  { cause, now }: Readonly<{ cause: FaultCause; now: Instant }>,
): Fault | null {
  switch (step.kind) {
    case 'suspect':
      return fault;
    case 'begin':
      return { ...fault, confirmedAt: now, cause };
    case 'end':
      return { ...fault, endedAt: now };
    case 'forget':
      return null;
  }
}
