import type { Instant } from '../../domain/model/time.ts';
import type { ComparableMail, MailDifference } from '../../domain/replay/compare-mail.ts';
import type { ReplayReport, ReplayView } from '../views.ts';

/** A report, and the rules that were set for it, as they were written. */
export type SetReplay = Readonly<{ report: ReplayReport; settings: ReplayView['settings'] }>;

export function viewOfReplay({ report, settings }: SetReplay): ReplayView {
  const { from, to, totals, tenantsReplayed, pollsReplayed, tenants, moreTenants } = report;
  return {
    from,
    to,
    settings,
    tenantsReplayed,
    pollsReplayed,
    moreTenants,
    totals: Object.fromEntries(totals),
    tenants: tenants.map(({ id, name, pairs }) => ({
      id,
      name,
      would: pairs.flatMap(({ would, was, difference }) =>
        would === null ? [] : [replayedMailView(would, difference, was?.at ?? null)],
      ),
      was: pairs.flatMap(({ would, was, difference }) =>
        was === null ? [] : [replayedMailView(was, difference, would?.at ?? null)],
      ),
    })),
  };
}

type ReplayedMail = ReplayView['tenants'][number]['would'][number];

function replayedMailView(
  { at, kind, to, reason, about }: ComparableMail,
  difference: MailDifference,
  otherAt: Instant | null,
): ReplayedMail {
  return { at, kind, to: [to], reason, about, difference, otherAt };
}
