import { z } from 'zod';
import { mailKinds } from '../../domain/model/mail-kind.ts';
import { notificationStates } from '../../domain/model/notification.ts';
import { contactStates } from '../../domain/model/tenant.ts';
import { count, instant, list, maybeInstant, maybeText, text } from './parts.ts';

export const mailView = z.object({
  id: text,
  /** Null for the operator's mail. */
  tenantId: maybeText,
  kind: z.enum(mailKinds),
  to: list(text),
  subject: maybeText,
  state: z.enum(notificationStates),
  reason: text,
  attempts: count,
  firstAttemptAt: maybeInstant,
  lastAttemptAt: maybeInstant,
  /** An attempt got no answer, so the mail may have arrived. */
  outcomeUnknown: z.boolean(),
  response: maybeText,
  messageId: maybeText,
  createdAt: instant,
  dueAt: instant,
  sentAt: maybeInstant,
});

/** The bodies are null when they can no longer, or not yet, be written, and for a key that may only look. */
export const mailDetail = mailView.extend({
  incidents: list(text),
  text: maybeText,
  html: maybeText,
});

const deliveryOutcomes = ['accepted', 'deferred', 'unknown', 'refused'] as const;

/** What a mail server said of a mail that was sent to try it. */
export const testedMail = z.object({ to: text, outcome: z.enum(deliveryOutcomes), response: text });

const bouncedMail = {
  ...mailView.pick({ id: true, to: true, kind: true }).shape,
  status: text,
  response: text,
};

const unknownBounces = ['no_address', 'bad_signature', 'no_such_mail', 'never_sent'] as const;
const notBounces = ['empty', 'too_large', 'unreadable', 'no_report', 'no_failure'] as const;

/** What a returned mail said, and what came of it. */
export const bounceOutcome = z.discriminatedUnion('outcome', [
  /** The mail has failed. */
  z.object({
    outcome: z.literal('recorded'),
    reason: text,
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
  z.object({ outcome: z.literal('unknown'), id: maybeText, why: z.enum(unknownBounces) }),
  z.object({ outcome: z.literal('not_a_bounce'), id: maybeText, why: z.enum(notBounces) }),
]);

export type MailView = Readonly<z.output<typeof mailView>>;
export type MailDetail = Readonly<z.output<typeof mailDetail>>;
export type BounceOutcome = Readonly<z.output<typeof bounceOutcome>>;
export type UnknownBounce = (typeof unknownBounces)[number];
export type NotABounce = (typeof notBounces)[number];
