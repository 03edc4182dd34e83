import type { Action } from './condition.ts';
import type { Incident } from './incident.ts';
import type { Topic } from './notification.ts';
import type { AlertSettings } from './settings.ts';

/** Whether an incident is told now, with the reason that is stored, logged and shown. */
export type MailDecision =
  | Readonly<{ kind: 'alert'; reason: AlertReason; topic: Topic }>
  | Readonly<{ kind: 'recovered'; reason: 'recovered'; topic: Topic }>
  | Readonly<{ kind: 'silent'; reason: SilentReason }>;

export type AlertReason =
  | 'first_alert'
  | 'found_at_baseline'
  | 'worse_action'
  | 'profile_missing'
  | 'privileges_missing';

export type SilentReason =
  | 'awaiting_confirmation'
  | 'baseline_is_silent'
  | 'waiting_at_baseline'
  | 'suspended_by_good_poll'
  | 'already_told'
  | 'lesser_action'
  | 'not_confirmed'
  | 'removed'
  | 'replaced'
  | 'by_command'
  | 'ours';

/** How much the owner has to do; a worse action than the one that was told is a new alert. */
const severity: Record<Action, number> = {
  reauthorize: 5,
  privileges: 4,
  reconnect: 3,
  choose_profile: 2,
  wait: 1,
  none: 0,
};

/**
 * Confirm, baseline, escalate and recover, for one incident: what its state calls for, whatever is already on its
 * way. Who hears it, and with what else, is the mail plan's matter.
 */
export function decideMail(incident: Incident, settings: Pick<AlertSettings, 'alertOnBaseline'>): MailDecision {
  switch (incident.state) {
    case 'suspected':
      return silent('awaiting_confirmation');
    case 'recovering':
      return silent('suspended_by_good_poll');
    case 'closed':
      return decideClosed(incident);
    case 'open':
      return incident.told === null ? decideFirst(incident, settings) : decideFurther(incident, incident.told.action);
  }
}

function decideClosed({ id, action, closeReason }: Incident): MailDecision {
  if (closeReason !== 'recovered') return silent(closeReason ?? 'by_command');
  return { kind: 'recovered', reason: 'recovered', topic: { incidentId: id, step: 'recovered', action } };
}

function decideFirst(incident: Incident, { alertOnBaseline }: Pick<AlertSettings, 'alertOnBaseline'>): MailDecision {
  if (!incident.foundAtBaseline) return alert(incident, 'first_alert');
  if (!alertOnBaseline) return silent('baseline_is_silent');
  if (incident.certainAction === 'wait') return silent('waiting_at_baseline');
  return alert(incident, 'found_at_baseline');
}

function decideFurther(incident: Incident, toldAction: Action): MailDecision {
  const action = incident.certainAction ?? incident.action;
  if (severity[action] > severity[toldAction]) return alert(incident, 'worse_action');
  // The owner did as told, and something else is missing now: easier, but not what the mail said.
  if (action === 'choose_profile' && toldAction === 'reconnect') return alert(incident, 'profile_missing');
  if (action === 'privileges' && toldAction === 'reauthorize') return alert(incident, 'privileges_missing');
  return silent(action === toldAction ? 'already_told' : 'lesser_action');
}

function alert(incident: Incident, reason: AlertReason): MailDecision {
  const action = incident.certainAction ?? incident.action;
  return {
    kind: 'alert',
    reason,
    topic: { incidentId: incident.id, step: `alert:${incident.alertsTold + 1}`, action },
  };
}

function silent(reason: SilentReason): MailDecision {
  return { kind: 'silent', reason };
}
