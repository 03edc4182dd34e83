import { z } from 'zod';
import { auditActions, auditActors } from '../../domain/model/audit.ts';
import { count, instant, list, maybeText, text } from './parts.ts';

/** Who did what to whom, from where, when. It names people by their ids alone. */
export const auditView = z.object({
  id: text,
  at: instant,
  /** `id`: the key's or the contact's, or the user's name on the command line. */
  actor: z.object({ kind: z.enum(auditActors), id: maybeText }),
  action: z.enum(auditActions),
  tenantId: maybeText,
  /** Ids of what was changed; a few, where there are many. */
  subjects: list(text),
  /** How many were changed. */
  count,
  /** The address that the request came from. */
  from: maybeText,
});

export type AuditView = Readonly<z.output<typeof auditView>>;
