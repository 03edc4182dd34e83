import { z } from 'zod';
import { incidentStates } from '../../domain/model/incident.ts';
import { closeReasons } from '../../domain/model/reasons.ts';
import { mailView } from './mail.ts';
import { action, conditionList, instant, list, maybeInstant, maybeText, text } from './parts.ts';

/** Network, account and connection are null when it is about our access to the account. */
export const incidentView = z.object({
  id: text,
  tenantId: text,
  tenantName: text,
  connectionId: maybeText,
  network: maybeText,
  accountId: maybeText,
  displayName: maybeText,
  action,
  conditions: conditionList,
  state: z.enum(incidentStates),
  openedAt: instant,
  confirmedAt: maybeInstant,
  closedAt: maybeInstant,
  closeReason: z.enum(closeReasons).nullable(),
  acknowledgedAt: maybeInstant,
  snoozedUntil: maybeInstant,
  /** The reason of the latest decision about mail. */
  decision: text,
  /** Ids of the mail about it. */
  notifications: list(text),
});

export type IncidentView = Readonly<z.output<typeof incidentView>>;

/** With the mail about it, oldest first: who was told, when, and what the server said. */
export const incidentDetail = incidentView.extend({ mail: list(mailView) });

export type IncidentDetail = Readonly<z.output<typeof incidentDetail>>;

/** What a command did to an incident. */
export type IncidentOutcome =
  | Readonly<{ outcome: 'done'; incident: IncidentView }>
  | Readonly<{ outcome: 'already_closed' }>
  | Readonly<{ outcome: 'not_found' }>;
