import { z } from 'zod';
import {
  changedFields,
  connectionEventTypes,
  incidentEventTypes,
  mailEventTypes,
  tenantEventTypes,
} from '../../domain/model/event.ts';
import { incidentStates } from '../../domain/model/incident.ts';
import { tenantMailKinds } from '../../domain/model/mail-kind.ts';
import { tenantStates } from '../../domain/model/tenant.ts';
import { account, action, conditionList, health, instant, list, maybeInstant, maybeText, text } from './parts.ts';

const tenant = z.object({
  id: text,
  externalId: maybeText,
  name: maybeText,
  state: z.enum([...tenantStates, 'removed']),
});
const connection = z.object({ id: text, ...account, health });
const incident = z.object({ id: text, state: z.enum(incidentStates), snoozedUntil: maybeInstant });
const mail = z.object({ id: text, kind: z.enum(tenantMailKinds), incidentIds: list(text) });

const told = { tenant, reason: maybeText, conditions: conditionList, action, since: maybeInstant };

function entry<Types extends readonly [string, ...string[]], Data extends z.ZodRawShape>(types: Types, data: Data) {
  return z.object({ id: text, type: z.enum(types), timestamp: instant, data: z.object({ ...told, ...data }) });
}

/**
 * One entry of the feed of events. `mail` and `incident` are about mail to the tenant's contacts and about incidents.
 */
export const eventView = z.discriminatedUnion('type', [
  entry(connectionEventTypes, { connection, incident: incident.nullable() }),
  entry(tenantEventTypes, { connection: z.null(), changed: list(z.enum(changedFields)) }),
  entry(incidentEventTypes, { connection: connection.nullable(), incident }),
  entry(mailEventTypes, { connection: connection.nullable(), incident: incident.nullable(), mail }),
]);

/** `nextCursor` is always there: the feed goes on. */
export const eventsPage = z.object({ items: list(eventView), nextCursor: text });

export type EventView = Readonly<z.output<typeof eventView>>;
export type EventsPage = Readonly<z.output<typeof eventsPage>>;
