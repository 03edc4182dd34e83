import type { Instant } from '../../src/domain/model/time.ts';
import { readersOf } from './judge-alerts.ts';
import type { AccountId, Look } from './plan.ts';
import {
  FIRST_REMINDER_MS,
  INTERVAL_MS,
  RECHECK_AFTER_MS,
  REMINDER_HOURS,
  REMINDERS,
  UNDER_WAY_MS,
} from './promises.ts';
import type { Stretch } from './truth.ts';
import { clockText, clusterBegin, type News, nameOf, needsSomebody, overlaps, type View } from './view.ts';

const HOUR_MS = INTERVAL_MS;

/** Whether what came after an alert was right: its reminders, and the thanks. Each violation as a line. */
export function judgeAfterwards(view: View): readonly string[] {
  return view.accounts.flatMap((account) => [
    ...view
      .stretches(account)
      .flatMap((stretch) => [
        ...missedThanks(view, account, stretch),
        ...missedReminder(view, account, stretch),
        ...tooManyReminders(view, account, stretch),
      ]),
    ...view
      .newsAbout(account)
      .flatMap((news) => [...falseThanks(view, account, news), ...wrongReminder(view, account, news)]),
  ]);
}

/** Whoever was told that it broke is told when it works again, and stays so. */
function missedThanks(view: View, account: AccountId, stretch: Stretch<Look>): readonly string[] {
  const all = view.stretches(account);
  const after = all[all.indexOf(stretch) + 1];
  if (!needsSomebody(stretch.look) || after?.look !== 'fine') return [];
  const begin = clusterBegin(view, account, stretch);
  const [by] = view
    .quiet(account.tenantId, after)
    .map(({ from, to }) => ({ to, by: from + view.patience(account, from) }))
    .filter(({ to, by }) => to >= by)
    .map(({ by }) => by);
  if (by === undefined) return [];
  const news = view.newsAbout(account);
  const alerted = readersOf(view, account.tenantId).filter((reader) =>
    news.some(({ mail }) => mail.kind === 'alert' && mail.to === reader && mail.at >= begin && mail.at < after.from),
  );
  return alerted
    .filter(
      (reader) =>
        !news.some(({ mail }) => isThanks(mail.kind) && mail.to === reader && mail.at >= after.from && mail.at <= by),
    )
    .map(
      (reader) =>
        `${nameOf(account)} works since ${clockText(after.from)}, and ${reader} was not told by ${clockText(by)}`,
    );
}

function isThanks(kind: string): boolean {
  return kind === 'recovered';
}

function falseThanks(view: View, account: AccountId, { mail }: News): readonly string[] {
  if (!isThanks(mail.kind)) return [];
  const say = (why: string) => [
    `${nameOf(account)}: ${mail.to} was told ${clockText(mail.at)} that it works again: ${why}`,
  ];
  const wasAlerted = view
    .newsAbout(account)
    .some(
      (other) =>
        (other.mail.kind === 'alert' || other.mail.kind === 'flapping') &&
        other.mail.to === mail.to &&
        other.mail.at < mail.at,
    );
  if (!wasAlerted) return say('this reader had heard of no break');
  const answers = view.answers(account.tenantId, mail.at);
  const lookOf = (index: number) => answers.at(index)?.looks[account.network];
  const bad = answers.findLastIndex(({ looks }) => needsSomebody(looks[account.network] ?? 'fine'));
  const good = answers.filter(({ looks }, index) => index > bad && looks[account.network] === 'fine');
  const lastBad = answers[bad];
  if (good.length < 2) {
    const isNew =
      lastBad !== undefined &&
      (mail.at - lastBad.at <= UNDER_WAY_MS || !view.isCalm({ from: lastBad.at, to: mail.at }));
    return isNew && hadGood(answers.slice(0, bad), account.network)
      ? []
      : say(`it was last shown ${lookOf(-1)}, and fine ${good.length} times`);
  }
  const apartMs = (good.at(-1)?.at ?? 0) - (good[0]?.at ?? 0);
  const skewMs = view.skewMs({ from: good[0]?.at ?? mail.at, to: mail.at });
  return apartMs < RECHECK_AFTER_MS - skewMs ? say('it was shown so within minutes') : [];
}

/** The thanks were on their way when it broke anew. */
function hadGood(answers: readonly Readonly<{ looks: Readonly<Record<string, Look>> }>[], network: string): boolean {
  const [last, before] = [answers.at(-1), answers.at(-2)];
  return last?.looks[network] === 'fine' && before?.looks[network] === 'fine';
}

function missedReminder(view: View, account: AccountId, stretch: Stretch<Look>): readonly string[] {
  if (!needsSomebody(stretch.look) || stretch.look === 'limited') return [];
  const owner = `owner@${account.tenantId}.example`;
  const own = view
    .newsAbout(account)
    .filter(({ mail }) => mail.to === owner && mail.at >= stretch.from && mail.at < stretch.to);
  const alert = own.find(({ mail }) => mail.kind === 'alert');
  if (alert === undefined) return [];
  const window = { from: alert.mail.at + FIRST_REMINDER_MS, to: alert.mail.at + FIRST_REMINDER_MS + 20 * HOUR_MS };
  const isQuiet = overlaps(
    [{ from: window.from - 4 * HOUR_MS, to: window.to }],
    view.quiet(account.tenantId, stretch),
  ).some(({ from, to }) => from <= window.from - 4 * HOUR_MS && to >= window.to);
  if (!isQuiet) return [];
  const isReminded = own.some(({ mail }) => mail.kind === 'reminder' && mail.at <= window.to);
  return isReminded
    ? []
    : [`${nameOf(account)}: ${owner}, told ${clockText(alert.mail.at)}, was not reminded by ${clockText(window.to)}`];
}

function tooManyReminders(view: View, account: AccountId, { from, to }: Stretch<Look>): readonly string[] {
  const reminders = view
    .newsAbout(account)
    .filter(({ mail }) => mail.kind === 'reminder' && mail.at >= from && mail.at < to);
  return [...Map.groupBy(reminders, ({ mail }) => mail.to)].flatMap(([reader, each]) =>
    each.length <= REMINDERS ? [] : [`${nameOf(account)}: ${reader} was reminded ${each.length} times`],
  );
}

function wrongReminder(view: View, account: AccountId, { mail }: News): readonly string[] {
  if (mail.kind !== 'reminder') return [];
  const say = (why: string) => [`${nameOf(account)}: ${mail.to} was reminded ${clockText(mail.at)} ${why}`];
  const skewMs = view.skewMs({ from: mail.at - FIRST_REMINDER_MS, to: mail.at });
  const alert = view.newsAbout(account).findLast((each) => each.mail.kind === 'alert' && each.mail.at < mail.at);
  if (alert === undefined) return say('of what nobody was told of');
  if (mail.at - alert.mail.at < FIRST_REMINDER_MS - skewMs - HOUR_MS)
    return say(`so soon after ${clockText(alert.mail.at)}`);
  if (mail.to.startsWith('cc') && !mail.isLastReminder) return say('although cc gets the last one alone');
  const zone = view.plan.tenants.find(({ id }) => id === account.tenantId)?.timezone ?? 'UTC';
  if (!isWithinHours(mail.at, zone, skewMs)) return say(`out of hours in ${zone}`);
  const shown = view.answers(account.tenantId, mail.at).filter(({ at }) => at >= mail.at - 3 * INTERVAL_MS - skewMs);
  const isBad = shown.some(({ looks }) => needsSomebody(looks[account.network] ?? 'fine'));
  return isBad ? [] : say('although it was not seen to be broken for hours');
}

/** A mail that waits for its server leaves the hours behind: it is decided when it is sent. */
function isWithinHours(at: Instant, zone: string, skewMs: number): boolean {
  const slackMs = skewMs + HOUR_MS / 4;
  return [at - slackMs, at, at + slackMs].some((moment) => {
    const hour = Number(
      new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' }).format(moment),
    );
    return hour >= REMINDER_HOURS.from && hour < REMINDER_HOURS.to;
  });
}
