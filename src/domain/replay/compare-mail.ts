import type { Action } from '../model/condition.ts';
import type { Connection } from '../model/connection.ts';
import type { MailKind } from '../model/mail-kind.ts';
import type { TenantPast } from '../model/tenant-past.ts';
import { HOUR_MS, type Instant, MINUTE_MS } from '../model/time.ts';
import type { ReplayedMail } from './replay-run.ts';

/** A mail as two policies can be compared by it. */
export type ComparableMail = Readonly<{
  at: Instant;
  kind: MailKind;
  to: string;
  reason: string;
  about: readonly MailSubject[];
}>;

/** What a mail asks for; all three names are null when it is about our access to the account. */
export type MailSubject = Readonly<{
  network: string | null;
  accountId: string | null;
  displayName: string | null;
  action: Action;
}>;

export const mailDifferences = ['none', 'earlier', 'later', 'only_would', 'only_was'] as const;
export type MailDifference = (typeof mailDifferences)[number];

/** The same mail as it would be sent and as it was, or the one of the two that there is. */
export type MailPair =
  | Readonly<{ difference: 'none' | 'earlier' | 'later'; would: ComparableMail; was: ComparableMail }>
  | Readonly<{ difference: 'only_would'; would: ComparableMail; was: null }>
  | Readonly<{ difference: 'only_was'; would: null; was: ComparableMail }>;

/** Further apart they are two mails, each about a trouble of its own. */
const PAIRED_WITHIN_MS = 12 * HOUR_MS;
/** A mail server's answer and a tick take a while. */
const SAME_WITHIN_MS = 5 * MINUTE_MS;

/**
 * Pairs what would be sent with what was: the same kind, to the same address, about a connection in common, and the
 * nearest in time within 12 hours. Within 5 minutes nothing differs. In order of time.
 */
export function compareMail(would: readonly ComparableMail[], was: readonly ComparableMail[]): readonly MailPair[] {
  const left = new Set(was);
  const pairs = would.map((mail): MailPair => {
    const twin = nearest(mail, [...left]);
    if (twin === null) return { difference: 'only_would', would: mail, was: null };
    left.delete(twin);
    return { difference: differenceOf(mail, twin), would: mail, was: twin };
  });
  const unpaired = [...left].map((mail): MailPair => ({ difference: 'only_was', would: null, was: mail }));
  return [...pairs, ...unpaired].toSorted((a, b) => timeOf(a) - timeOf(b));
}

function nearest(mail: ComparableMail, candidates: readonly ComparableMail[]): ComparableMail | null {
  const twins = candidates.filter((other) => isTwin(mail, other));
  return twins.toSorted((a, b) => Math.abs(a.at - mail.at) - Math.abs(b.at - mail.at))[0] ?? null;
}

function isTwin(a: ComparableMail, b: ComparableMail): boolean {
  if (a.kind !== b.kind || a.to !== b.to || Math.abs(a.at - b.at) > PAIRED_WITHIN_MS) return false;
  return a.about.some((one) => b.about.some((other) => isSameSubject(one, other)));
}

function isSameSubject(a: MailSubject, b: MailSubject): boolean {
  return a.network === b.network && a.accountId === b.accountId;
}

function differenceOf(would: ComparableMail, was: ComparableMail): 'none' | 'earlier' | 'later' {
  if (Math.abs(would.at - was.at) <= SAME_WITHIN_MS) return 'none';
  return would.at < was.at ? 'earlier' : 'later';
}

function timeOf({ would, was }: MailPair): Instant {
  return (would ?? was)?.at ?? 0;
}

export function replayedMail({ at, content }: ReplayedMail): ComparableMail {
  const { kind, to, reason, problems } = content;
  return { at, kind, to, reason, about: problems.map(({ action, connection }) => subjectOf(action, connection)) };
}

/**
 * What was written and sent in the range; without its incidents, which may be erased, nobody knows what it was about.
 * An invitation was the operator's wish, and no rule decides about it.
 */
export function sentMail({ sent, incidents, connections }: TenantPast, from: Instant): readonly ComparableMail[] {
  return sent
    .filter(({ createdAt, kind }) => createdAt >= from && kind !== 'invitation')
    .map(({ kind, to, reason, topics, sentAt, createdAt }) => ({
      at: sentAt ?? createdAt,
      kind,
      to,
      reason,
      about: topics.map(({ incidentId, action }) => {
        const incident = incidents.find(({ id }) => id === incidentId);
        return subjectOf(action, connections.find(({ id }) => id === incident?.connectionId) ?? null);
      }),
    }));
}

type Named = Pick<Connection, 'network' | 'accountId' | 'displayName'>;

function subjectOf(action: Action, connection: Named | null): MailSubject {
  const { network = null, accountId = null, displayName = null } = connection ?? {};
  return { network, accountId, displayName, action };
}

export type MailTotal = Readonly<{ would: number; was: number; onlyWould: number; onlyWas: number }>;

const NO_MAIL: MailTotal = { would: 0, was: 0, onlyWould: 0, onlyWas: 0 };

/** How much of each kind, those with any alone. */
export function addToTotals(
  totals: ReadonlyMap<MailKind, MailTotal>,
  pairs: readonly MailPair[],
): ReadonlyMap<MailKind, MailTotal> {
  const sums = new Map(totals);
  for (const { would, was } of pairs) {
    const kind = would?.kind ?? was?.kind;
    if (kind === undefined) continue;
    const sum = sums.get(kind) ?? NO_MAIL;
    sums.set(kind, {
      would: sum.would + (would === null ? 0 : 1),
      was: sum.was + (was === null ? 0 : 1),
      onlyWould: sum.onlyWould + (was === null ? 1 : 0),
      onlyWas: sum.onlyWas + (would === null ? 1 : 0),
    });
  }
  return sums;
}
