import type { Instant } from '../../domain/model/time.ts';
import type { ComparableMail, MailDifference } from '../../domain/replay/compare-mail.ts';
import type { ReplayReport, ReplayView } from '../../monitoring/views.ts';

/** A report, and the rules that were set for it, as they were written. */
export type ShownReplay = Readonly<{ report: ReplayReport; settings: ReplayView['settings'] }>;

export function replayView({ report, settings }: ShownReplay): ReplayView {
  const { from, to, totals, tenantsReplayed, pollsReplayed, tenants } = report;
  return {
    ...{ from, to, settings, tenantsReplayed, pollsReplayed },
    totals: Object.fromEntries(totals),
    tenants: tenants.map(({ id, name, pairs }) => ({
      ...{ id, name },
      would: pairs.flatMap(({ would, was, difference }) =>
        would === null ? [] : [mailView(would, difference, was?.at ?? null)],
      ),
      was: pairs.flatMap(({ would, was, difference }) =>
        was === null ? [] : [mailView(was, difference, would?.at ?? null)],
      ),
    })),
  };
}

type ReplayedMail = ReplayView['tenants'][number]['would'][number];

function mailView(
  { at, kind, to, reason, about }: ComparableMail,
  difference: MailDifference,
  otherAt: Instant | null,
): ReplayedMail {
  return { at, kind, to: [to], reason, about, difference, otherAt };
}
