import type { Environment } from '../support/program-places.ts';
import type { Rules } from './judge-storm.ts';

/** What production does in hours happens in seconds. */
export const rules: Rules = { confirmPolls: 2, recoveryPolls: 2, recheckAfterMs: 3_000 };

/** No rule that keeps mail back for the sake of many applies: chance alone decides what breaks, and each break counts. */
export const settings: Environment = {
  POLL_SCHEDULE: '*/10 * * * * *',
  RECHECK_AFTER: `${rules.recheckAfterMs}ms`,
  CONFIRM_POLLS: `${rules.confirmPolls}`,
  RECOVERY_POLLS: `${rules.recoveryPolls}`,
  REQUEST_TIMEOUT: '3s',
  GROUP_WAIT: '1s',
  OUTAGE_AFTER: '5s',
  REMIND_AFTER: 'off',
  DIGEST_AT: 'off',
  FLAP_CHANGES: '1000',
  FLEET_MIN: '1000',
  MAIL_BRAKE: '1000000',
};
