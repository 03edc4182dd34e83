import type { Fault } from '../model/fault.ts';
import type { OperatorReport } from '../model/operator-report.ts';
import type { FaultStep } from './fault-step.ts';

/**
 * Constant Contact's own word that the day is used up is told once, when it comes; midnight ends it, and tells nobody.
 */
export function decideQuota(current: Fault | null, { isExhausted }: Readonly<{ isExhausted: boolean }>): FaultStep {
  if (current === null) {
    return isExhausted ? { kind: 'begin', reason: 'quota_exceeded' } : { kind: 'none', reason: 'requests_left' };
  }
  return isExhausted ? { kind: 'wait', reason: 'still_refused' } : { kind: 'end', reason: 'new_day' };
}

/** `application`: where there are several. */
export function quotaReport(
  step: FaultStep,
  { since }: Fault,
  { used, limit }: Readonly<{ used: number; limit: number | null }>,
  application: string | null,
): OperatorReport | null {
  if (step.kind !== 'begin') return null;
  return { about: 'quota_exceeded', since, used, limit, ...(application !== null && { application }) };
}
