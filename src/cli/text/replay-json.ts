import type { Instant } from '../../domain/model/time.ts';
import type { ComparableMail, MailDifference, MailPair } from '../../domain/replay/compare-mail.ts';
import type { ReplayReport } from '../../monitoring/views.ts';

/** A report, and the rules that were set for it, as they were written. */
export type ShownReplay = Readonly<{
  report: ReplayReport;
  settings: Readonly<Record<string, string | undefined>>;
}>;

/** The document of the public contract. `difference` is seen from the mail that would be sent. */
export function replayJson({ report, settings }: ShownReplay) {
  const { from, to, totals, tenantsReplayed, pollsReplayed, tenants } = report;
  return {
    ...{ from, to, settings, tenantsReplayed, pollsReplayed },
    totals: Object.fromEntries(totals),
    tenants: tenants.map(({ id, name, pairs }) => ({
      ...{ id, name },
      would: pairs.flatMap(({ would, was, difference }) =>
        would === null ? [] : [mailJson(would, difference, was?.at ?? null)],
      ),
      was: pairs.flatMap(({ would, was, difference }) =>
        was === null ? [] : [mailJson(was, difference, would?.at ?? null)],
      ),
    })),
  };
}

function mailJson(
  { at, kind, to, reason, about }: ComparableMail,
  difference: MailDifference,
  otherAt: Instant | null,
): Readonly<Record<string, unknown>> & Pick<MailPair, 'difference'> {
  return { at, kind, to: [to], reason, about, difference, otherAt };
}
