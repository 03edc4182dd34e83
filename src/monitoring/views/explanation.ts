import { z } from 'zod';
import { contactRoles, contactStates, tenantStates } from '../../domain/model/tenant.ts';
import { hindrances, nextKinds } from '../../domain/notification/what-next.ts';
import { incidentView, storyMail } from './incidents.ts';
import { instant, list, maybeInstant, maybeText, text } from './parts.ts';

/** Why the people of a tenant did, or did not, get mail, and what happens next. */
export const explanation = z.object({
  tenant: z.object({ id: text, name: text, state: z.enum(tenantStates) }),
  from: instant,
  at: instant,
  contacts: list(
    z.object({
      email: text,
      role: z.enum(contactRoles),
      state: z.enum(contactStates),
      wantsReminders: z.boolean(),
      /** The incidents that it wants no reminders of, and until when. */
      snoozes: list(z.object({ incidentId: text, until: instant })),
    }),
  ),
  /** Those of that time and those that are not over, newest first. */
  incidents: list(incidentView),
  /** The mail of that time, newest first. */
  mail: list(storyMail.extend({ incidents: list(text) })),
  /** The holds that keep back the mail of all tenants at present. */
  holds: list(z.object({ kind: z.enum(['brake', 'command', 'restored']), since: instant })),
  next: list(
    z.object({
      kind: z.enum(nextKinds),
      at: maybeInstant,
      incidentId: maybeText,
      mailId: maybeText,
      to: list(text),
      reason: maybeText,
      unless: list(z.enum(hindrances)),
    }),
  ),
});

export type Explanation = Readonly<z.output<typeof explanation>>;
export type StoryMail = Readonly<z.output<typeof storyMail>>;
