import { z } from 'zod';
import { mailKinds } from '../../domain/model/mail-kind.ts';
import { notificationStates } from '../../domain/model/notification.ts';
import { contactStates } from '../../domain/model/tenant.ts';
import { count, instant, list } from './parts.ts';

export const mailView = z.object({
  id: z.string(),
  /** Null for the operator's mail. */
  tenantId: z.string().nullable(),
  kind: z.enum(mailKinds),
  to: list(z.string()),
  subject: z.string().nullable(),
  state: z.enum(notificationStates),
  reason: z.string(),
  attempts: count,
  firstAttemptAt: instant.nullable(),
  lastAttemptAt: instant.nullable(),
  /** An attempt got no answer, so the mail may have arrived. */
  outcomeUnknown: z.boolean(),
  response: z.string().nullable(),
  messageId: z.string().nullable(),
  createdAt: instant,
  dueAt: instant,
  sentAt: instant.nullable(),
});

/** The bodies are null when they can no longer, or not yet, be written. */
export const mailDetail = mailView.extend({
  incidents: list(z.string()),
  text: z.string().nullable(),
  html: z.string().nullable(),
});

const bouncedMail = {
  ...mailView.pick({ id: true, to: true, kind: true }).shape,
  status: z.string(),
  response: z.string(),
};

export const unknownBounces = ['no_address', 'bad_signature', 'no_such_mail', 'never_sent'] as const;
export const notBounces = ['empty', 'too_large', 'unreadable', 'no_report', 'no_failure'] as const;

/** What a returned mail said, and what came of it. */
export const bounceOutcome = z.discriminatedUnion('outcome', [
  /** The mail has failed. */
  z.object({
    outcome: z.literal('recorded'),
    reason: z.string(),
    /** It had failed before. */
    isRepeated: z.boolean(),
    /**
     * Of the contact that the mail was for; null for the operator, and for an address that is no contact's any more.
     */
    contactState: z.enum(contactStates).nullable(),
    ...bouncedMail,
  }),
  /** Noted on the mail, and no more. */
  z.object({ outcome: z.literal('soft'), ...bouncedMail }),
  z.object({ outcome: z.literal('unknown'), id: z.string().nullable(), why: z.enum(unknownBounces) }),
  z.object({ outcome: z.literal('not_a_bounce'), id: z.string().nullable(), why: z.enum(notBounces) }),
]);

export type MailView = Readonly<z.output<typeof mailView>>;
export type MailDetail = Readonly<z.output<typeof mailDetail>>;
export type BounceOutcome = Readonly<z.output<typeof bounceOutcome>>;
export type UnknownBounce = (typeof unknownBounces)[number];
export type NotABounce = (typeof notBounces)[number];
