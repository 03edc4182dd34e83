import { APART_MS, UNDER_WAY_MS } from './promises.ts';
import { runsOf } from './runs.ts';
import { clockText, type News, nameOf, type View } from './view.ts';

/** Thanks need an alert to the same reader, and two good answers far enough apart. */
export function falseThanks(view: View, { mail, account }: News): readonly string[] {
  if (mail.kind !== 'recovered' || account === null) return [];
  const say = (why: string) => [
    `${nameOf(account)}: ${mail.to} was told ${clockText(mail.at)} that it works again: ${why}`,
  ];
  const hadHeard = view
    .mayHaveHeard(mail.to, account)
    .some((word) => word.mail.at < mail.at && word.mail.kind !== 'recovered');
  if (!hadHeard) return say('this reader had heard of no break');
  const runs = runsOf(view.answers(account.tenantId, mail.at), account.network).filter(({ is }) => is !== 'neutral');
  const good = runs.findLast(({ is }) => is === 'good');
  if (good === undefined) return say('it was never shown so');
  const skewMs = view.skewMs({ from: good.from, to: mail.at });
  if (good.to - good.from < APART_MS - skewMs) return say('it was shown so within minutes');
  const broke = runs.at(-1);
  const isStale = broke?.is === 'bad' && view.calmWithin({ from: broke.from, to: mail.at }) > UNDER_WAY_MS;
  return isStale ? say(`it was shown to be broken ${clockText(broke.from)}`) : [];
}
