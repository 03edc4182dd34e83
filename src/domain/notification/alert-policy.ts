import type { Action } from '../model/condition.ts';
import { actionToAskFor, type Incident, isOperatorsMatter, nextAlertStep } from '../model/incident.ts';
import { isFlapping } from '../model/incident-table.ts';
import type { AlertReason, SilentReason } from '../model/reasons.ts';
import type { AlertSettings } from '../model/settings.ts';
import { whyAlertedFurther } from '../model/severity.ts';
import type { Tenant } from '../model/tenant.ts';
import type { Step, Topic } from '../model/topic.ts';

/** Whether an incident calls for mail now, with the reason that is stored, logged and shown. */
export type MailDecision =
  | Readonly<{ kind: 'alert'; reason: AlertReason; topic: Topic }>
  | Readonly<{ kind: 'recovered'; reason: 'recovered'; topic: Topic }>
  | Readonly<{ kind: 'flapping'; reason: 'flapping'; topic: Topic }>
  | Readonly<{ kind: 'removed'; reason: 'removed'; topic: Topic }>
  | Readonly<{ kind: 'silent'; reason: SilentReason }>;

/**
 * Confirm, baseline, escalate and recover: the mail that one incident calls for, whether or not it is already written.
 * Who gets the mail, and in which group, is decided in `notification-intents.ts` and `group-notifications.ts`.
 */
export function decideMail(
  incident: Incident,
  tenant: Pick<Tenant, 'baselinedAt'>,
  settings: Pick<AlertSettings, 'alertOnBaseline'>,
): MailDecision {
  if (isOperatorsMatter(incident, tenant)) return silent(whyNoOwnerHears(incident));
  switch (incident.state) {
    case 'suspected':
      return silent('awaiting_confirmation');
    case 'recovering':
      return isFlapping(incident) ? decideFlapping(incident) : silent('suspended_by_good_poll');
    case 'closed':
      return decideClosed(incident);
    case 'open':
      return isFlapping(incident) ? decideFlapping(incident) : decideOpen(incident, settings);
  }
}

/** The decision itself remembers that the operator knows, and no later poll takes that back. */
function whyNoOwnerHears({ alerting: { decision } }: Incident): SilentReason {
  // Only a person who knows of the incident snoozes it.
  return decision === 'operator_told' || decision === 'snoozed' ? 'operator_told' : 'before_first_good_poll';
}

/** One mail says that breaks and repairs follow each other; mere suspicions are told by the digest. */
function decideFlapping(incident: Incident): MailDecision {
  if (incident.flapping?.by === 'suspicions') return silent('unsettled');
  return { kind: 'flapping', reason: 'flapping', topic: topicOf(incident, { kind: 'flapping' }) };
}

function decideOpen(incident: Incident, settings: Pick<AlertSettings, 'alertOnBaseline'>): MailDecision {
  const { lastAlert } = incident.alerting;
  const settledAt = incident.flapping?.settledAt ?? null;
  if (settledAt !== null && (lastAlert === null || lastAlert.at < settledAt)) return alert(incident, 'settled_broken');
  return lastAlert === null ? decideFirst(incident, settings) : decideFurther(incident, lastAlert.action);
}

function decideClosed({ id, action, closeReason }: Incident): MailDecision {
  if (closeReason === 'recovered') {
    return { kind: 'recovered', reason: 'recovered', topic: { incidentId: id, step: { kind: 'recovered' }, action } };
  }
  // The owner may have removed the account on purpose: one mail says so, and asks for nothing.
  if (closeReason === 'removed') {
    return { kind: 'removed', reason: 'removed', topic: { incidentId: id, step: { kind: 'removed' }, action: 'none' } };
  }
  return silent(closeReason ?? 'by_command');
}

function decideFirst(incident: Incident, { alertOnBaseline }: Pick<AlertSettings, 'alertOnBaseline'>): MailDecision {
  if (!incident.foundAtBaseline) return alert(incident, 'first_alert');
  if (!alertOnBaseline) return silent('baseline_is_silent');
  if (incident.confirmation.certainAction === 'wait') return silent('waiting_at_baseline');
  return alert(incident, 'found_at_baseline');
}

function decideFurther(incident: Incident, alertedAction: Action): MailDecision {
  const action = actionToAskFor(incident);
  const reason = whyAlertedFurther(action, alertedAction);
  if (reason !== null) return alert(incident, reason);
  return silent(action === alertedAction ? 'already_told' : 'lesser_action');
}

function alert(incident: Incident, reason: AlertReason): MailDecision {
  return { kind: 'alert', reason, topic: topicOf(incident, nextAlertStep(incident)) };
}

function topicOf(incident: Incident, step: Step): Topic {
  return { incidentId: incident.id, step, action: actionToAskFor(incident) };
}

function silent(reason: SilentReason): MailDecision {
  return { kind: 'silent', reason };
}
