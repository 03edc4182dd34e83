import { z } from 'zod';
import { incidentStates } from '../../domain/model/incident.ts';
import { closeReasons } from '../../domain/model/reasons.ts';
import { action, conditionList, instant, list } from './parts.ts';

/** Network, account and connection are null when it is about our access to the account. */
export const incidentView = z.object({
  id: z.string(),
  tenantId: z.string(),
  tenantName: z.string(),
  connectionId: z.string().nullable(),
  network: z.string().nullable(),
  accountId: z.string().nullable(),
  displayName: z.string().nullable(),
  action,
  conditions: conditionList,
  state: z.enum(incidentStates),
  openedAt: instant,
  confirmedAt: instant.nullable(),
  closedAt: instant.nullable(),
  closeReason: z.enum(closeReasons).nullable(),
  acknowledgedAt: instant.nullable(),
  snoozedUntil: instant.nullable(),
  /** The reason of the latest decision about mail. */
  decision: z.string(),
  /** Ids of the mail about it. */
  notifications: list(z.string()),
});

export type IncidentView = Readonly<z.output<typeof incidentView>>;

/** What a command did to an incident. */
export type IncidentOutcome =
  | Readonly<{ outcome: 'done'; incident: IncidentView }>
  | Readonly<{ outcome: 'already_closed' }>
  | Readonly<{ outcome: 'not_found' }>;
