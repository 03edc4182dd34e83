import type { Evidence } from './evidence.ts';
import { doubledLosses, falseLosses, owedLosses } from './judge-access.ts';
import { doubledWords, falseAlert, owedWords } from './judge-alerts.ts';
import { doubledCopies, wrongThings } from './judge-others.ts';
import { falseFlapping, falseInOutage } from './judge-outages.ts';
import { doubledReminders, falseReminder, owedReminders } from './judge-reminders.ts';
import { falseRemoval } from './judge-removals.ts';
import { falseThanks } from './judge-thanks.ts';
import type { Plan } from './plan.ts';
import type { Fault, Verdict } from './verdict.ts';
import { viewOf } from './view.ts';

/** What owners were to be told in a world, and what they were told. Each judge says in texts what it has found. */
export function judge(plan: Plan, evidence: Evidence): Verdict {
  const view = viewOf(plan, evidence);
  const { accounts, news } = view;
  const faults = (kind: Fault['kind'], texts: readonly string[]) => texts.map((text): Fault => ({ kind, text }));
  return {
    owed: [
      ...accounts.flatMap((account) => [...owedWords(view, account), ...owedReminders(view, account)]),
      ...plan.tenants.flatMap(({ id }) => owedLosses(view, id)),
    ],
    faults: [
      ...faults('false', [
        ...news.flatMap((one) => [
          ...falseAlert(view, one),
          ...falseThanks(view, one),
          ...falseReminder(view, one),
          ...falseRemoval(view, one),
          ...falseInOutage(view, one),
          ...falseFlapping(view, one),
        ]),
        ...plan.tenants.flatMap(({ id }) => falseLosses(view, id)),
      ]),
      ...faults('doubled', [
        ...doubledCopies(view),
        ...accounts.flatMap((account) => [...doubledWords(view, account), ...doubledReminders(view, account)]),
        ...plan.tenants.flatMap(({ id }) => doubledLosses(view, id)),
      ]),
      ...faults('wrong', wrongThings(view)),
    ],
  };
}
