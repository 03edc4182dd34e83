import { z } from 'zod';
import { type MailKind, mailKinds } from '../../domain/model/mail-kind.ts';
import type { Tenant } from '../../domain/model/tenant.ts';
import type { Instant } from '../../domain/model/time.ts';
import { type MailPair, type MailTotal, mailDifferences } from '../../domain/replay/compare-mail.ts';
import { action, count, instant, list, maybeInstant, maybeText, text } from './parts.ts';

/** All three names are null when it is about our access to the account. */
const mailSubject = z.object({ network: maybeText, accountId: maybeText, displayName: maybeText, action });

const replayedMail = z.object({
  at: instant,
  kind: z.enum(mailKinds),
  to: list(text),
  reason: text,
  about: list(mailSubject),
  /** Seen from the mail that would be sent. */
  difference: z.enum(mailDifferences),
  /** When the same mail was sent, or would be. */
  otherAt: maybeInstant,
});
const totals = z.object({ would: count, was: count, onlyWould: count, onlyWas: count });

export const replayView = z.object({
  from: instant,
  to: instant,
  /** The rules that were set, as they were written. */
  settings: z.record(text, text.optional()),
  tenantsReplayed: count,
  pollsReplayed: count,
  totals: z.partialRecord(z.enum(mailKinds), totals),
  tenants: list(z.object({ id: text, name: text, would: list(replayedMail), was: list(replayedMail) })),
  /** Tenants with mail that are not listed. The totals count theirs, too. */
  moreTenants: count,
});

/** What other settings would have sent, beside what was sent. */
export type ReplayReport = Readonly<{
  /** Later than asked where older polls are no longer kept. */
  from: Instant;
  to: Instant;
  totals: ReadonlyMap<MailKind, MailTotal>;
  tenantsReplayed: number;
  /** The polls of the tenants that had any trouble. */
  pollsReplayed: number;
  /** Those with any mail, as many as were asked for. */
  tenants: readonly ReplayedTenant[];
  /** Tenants with mail that are not listed. */
  moreTenants: number;
}>;

export type ReplayedTenant = Pick<Tenant, 'id' | 'name'> & Readonly<{ pairs: readonly MailPair[] }>;

/** A report as it is printed for programs: the mails of each tenant in two lists. */
export type ReplayView = Readonly<z.output<typeof replayView>>;
