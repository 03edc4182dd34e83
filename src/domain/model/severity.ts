import type { Action } from './condition.ts';
import type { Incident } from './incident.ts';
import type { AlertReason } from './reasons.ts';

/** How much the owner has to do; a worse action than that of the last alert is a new alert. */
const severity: Record<Action, number> = {
  reauthorize: 5,
  privileges: 4,
  reconnect: 3,
  choose_profile: 2,
  wait: 1,
  none: 0,
};

type FurtherAlert = Extract<AlertReason, 'worse_action' | 'profile_missing' | 'privileges_missing'>;

/** Why the action is worth another alert after one that asked for `alerted`; null when it is not. */
export function whyAlertedFurther(action: Action, alerted: Action): FurtherAlert | null {
  if (severity[action] > severity[alerted]) return 'worse_action';
  // The owner followed the last alert, and now another, easier action is needed that the alert did not name.
  if (action === 'choose_profile' && alerted === 'reconnect') return 'profile_missing';
  if (action === 'privileges' && alerted === 'reauthorize') return 'privileges_missing';
  return null;
}

/** The latest poll shows what no alert has asked for yet, be it certain or not. */
export function hasUntoldAction({ action, alerting: { lastAlert } }: Pick<Incident, 'action' | 'alerting'>): boolean {
  return lastAlert === null || whyAlertedFurther(action, lastAlert.action) !== null;
}
