import { z } from 'zod';
import { auditActions, auditActors } from '../../domain/model/audit.ts';
import { incidentStates } from '../../domain/model/incident.ts';
import { closeReasons } from '../../domain/model/reasons.ts';
import { mailView } from './mail.ts';
import { action, conditionList, count, health, instant, list, maybeInstant, maybeText, text } from './parts.ts';

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
  /**
   * When a mail server last took mail about the trouble to one of the tenant's people; null: none of them has been
   * told.
   */
  toldAt: maybeInstant,
  /** The reason of the latest decision about mail. */
  decision: text,
  /** Ids of the mail about it. */
  notifications: list(text),
});

export type IncidentView = Readonly<z.output<typeof incidentView>>;

const mailReaders = ['owner', 'cc', 'operator', 'unknown'] as const;

/** A mail, and what its address is to the tenant, or was when it got the mail. */
export const storyMail = mailView.extend({ reader: z.enum(mailReaders) });

/** All that is remembered of it, each list oldest first: who was told, when, and what the server said. */
export const incidentDetail = incidentView.extend({
  timezone: text,
  mail: list(storyMail),
  /** What polls showed of the connection meanwhile; none of our access. `to` is the last poll that showed it. */
  polls: list(z.object({ from: instant, to: instant, health, conditions: conditionList, polls: count })),
  /** What people did about it, at the command line, with a key or on the owner's page. */
  acts: list(
    z.object({
      at: instant,
      action: z.enum(auditActions),
      /** The address is a contact's. */
      by: z.object({ kind: z.enum(auditActors), email: maybeText }),
    }),
  ),
});

export type IncidentDetail = Readonly<z.output<typeof incidentDetail>>;

/** What a command did to an incident. */
export type IncidentOutcome =
  | Readonly<{ outcome: 'done'; incident: IncidentView }>
  | Readonly<{ outcome: 'already_closed' }>
  | Readonly<{ outcome: 'not_found' }>;
