import { type AccountId, isOutage } from './plan.ts';
import { APART_MS, UNDER_WAY_MS } from './promises.ts';
import { joined, type Run, runsOf } from './runs.ts';
import { clockText, type News, nameOf, type View } from './view.ts';

/**
 * Thanks need an alert to the same reader, and two good answers far enough apart since the account was last certain to be
 * broken. A single bad answer after them is a suspicion, of which nobody is told.
 */
export function falseThanks(view: View, { mail, account }: News): readonly string[] {
  if (mail.kind !== 'recovered' || account === null) return [];
  const say = (why: string) => [
    `${nameOf(account)}: ${mail.to} was told ${clockText(mail.at)} that it works again: ${why}`,
  ];
  const hadHeard = view
    .mayHaveHeard(mail.to, account)
    .some((word) => word.mail.at < mail.at && word.mail.kind !== 'recovered');
  if (!hadHeard) return say('this reader had heard of no break');
  // A single answer without the account shows nothing: it takes two in a row to be gone.
  const shownOnce = ({ is, from, to }: Run) => is === 'gone' && from === to;
  const runs = joined(
    runsOf(view.answers(account.tenantId, mail.at), account.network).filter(
      (run) => run.is !== 'neutral' && !shownOnce(run),
    ),
  );
  const skewMs = view.skewMs({ from: runs.find(({ is }) => is === 'good')?.from ?? mail.at, to: mail.at });
  const isCertain = ({ from, to }: Run) => to - from >= APART_MS - skewMs;
  const broken = runs.findLastIndex(
    (run) => run.is !== 'good' && run.to - run.from >= APART_MS + skewMs && !isWithinOutage(view, account, run),
  );
  const good = runs.slice(broken + 1).filter(({ is }) => is === 'good');
  if (good.length === 0) return say('it was never shown so');
  if (!good.some(isCertain)) return say('it was shown so within minutes');
  const broke = runs.at(-1);
  const isStale = broke?.is === 'bad' && view.calmWithin({ from: broke.from, to: mail.at }) > UNDER_WAY_MS;
  return isStale ? say(`it was shown to be broken ${clockText(broke.from)}`) : [];
}

/** What an outage of its network shows is held, and ends no repair that was to be told before. */
function isWithinOutage({ plan }: View, { network }: AccountId, { from, to }: Run): boolean {
  return plan.happenings.some(
    (each) => isOutage(each) && each.network === network && each.from <= from && to <= each.to,
  );
}
