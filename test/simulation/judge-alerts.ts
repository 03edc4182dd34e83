import type { Instant } from '../../src/domain/model/time.ts';
import type { ShownAnswer } from './evidence.ts';
import type { AccountId, Look } from './plan.ts';
import { actionOf, CHECK_FAILED_AFTER_MS, RATE_LIMIT_AFTER_MS, RECHECK_AFTER_MS, UNDER_WAY_MS } from './promises.ts';
import type { Stretch } from './truth.ts';
import { clockText, clusterBegin, type News, nameOf, type View } from './view.ts';

/** Whether owners were told of every lasting break, once, and of nothing else. Each violation as a line. */
export function judgeAlerts(view: View): readonly string[] {
  return view.accounts.flatMap((account) => [
    ...view.stretches(account).flatMap((stretch) => missedAlert(view, account, stretch)),
    ...view.stretches(account).flatMap((stretch) => repeatedAlerts(view, account, stretch)),
    ...view.newsAbout(account).flatMap((news) => falseAlert(view, account, news)),
  ]);
}

function missedAlert(view: View, account: AccountId, stretch: Stretch<Look>): readonly string[] {
  const action = actionOf[stretch.look];
  if (action === null || (action === 'wait' && !isNewLimit(view, account, stretch))) return [];
  const lastingMs = action === 'wait' ? RATE_LIMIT_AFTER_MS : 0;
  const chances = view
    .quiet(account.tenantId, stretch)
    .map(({ from, to }) => ({ to, by: from + view.patience(account, from) + lastingMs }))
    .filter(({ to, by }) => to >= by);
  const [first] = chances;
  if (first === undefined) return [];
  const begin = clusterBegin(view, account, stretch);
  const told = view
    .newsAbout(account)
    .filter(
      ({ mail, ...said }) => isAlertOf(mail.kind, said.action, action) && mail.at >= begin && mail.at <= first.by,
    );
  const readers = readersOf(view, account.tenantId);
  return readers
    .filter((reader) => !told.some(({ mail }) => mail.to === reader))
    .map((reader) => {
      const since = `${stretch.look} since ${clockText(stretch.from)}`;
      return `${nameOf(account)} is ${since}, and ${reader} was not told of ${action} by ${clockText(first.by)}`;
    });
}

/** An account that was broken and told of as such is not told of as limited: that asks for less. */
function isNewLimit(view: View, account: AccountId, stretch: Stretch<Look>): boolean {
  return clusterBegin(view, account, stretch) === stretch.from;
}

function isAlertOf(kind: string, said: string, action: string): boolean {
  return kind === 'flapping' || (kind === 'alert' && said === action);
}

export function readersOf({ plan }: View, tenantId: string): readonly string[] {
  const hasCopy = plan.tenants.some((tenant) => tenant.id === tenantId && tenant.hasCopy);
  return [`owner@${tenantId}.example`, ...(hasCopy ? [`cc@${tenantId}.example`] : [])];
}

function repeatedAlerts(view: View, account: AccountId, { from, to, look }: Stretch<Look>): readonly string[] {
  const alerts = view
    .newsAbout(account)
    .filter(
      ({ mail, action }) => mail.kind === 'alert' && action === actionOf[look] && mail.at >= from && mail.at < to,
    );
  return [...Map.groupBy(alerts, ({ mail }) => mail.to)].flatMap(([reader, [first, second]]) =>
    first === undefined || second === undefined
      ? []
      : [
          `${nameOf(account)} is ${look} since ${clockText(from)}, and ${reader} was told ${clockText(first.mail.at)} and ` +
            `${clockText(second.mail.at)}`,
        ],
  );
}

function falseAlert(view: View, account: AccountId, { mail, action }: News): readonly string[] {
  if (mail.kind !== 'alert') return [];
  const answers = view.answers(account.tenantId, mail.at);
  const why = whyFalse(view, answers, { network: account.network, at: mail.at, action });
  return why === null ? [] : [`${nameOf(account)}: ${mail.to} was told of ${action} ${clockText(mail.at)}: ${why}`];
}

type Claim = Readonly<{ network: string; at: Instant; action: string }>;

function whyFalse(view: View, answers: readonly ShownAnswer[], { network, at, action }: Claim): string | null {
  const isBad = ({ looks }: ShownAnswer) => actionOf[looks[network] ?? 'fine'] === action;
  const isUnanswered = ({ looks }: ShownAnswer) => looks[network] === 'unanswered';
  const bad = answers.filter(isBad);
  const [first, last] = [bad.at(-2), bad.at(-1)];
  const skewMs = view.skewMs({ from: (first?.at ?? at) - RECHECK_AFTER_MS, to: at });
  if (action === 'reconnect' && lastsSince(answers, isUnanswered, CHECK_FAILED_AFTER_MS - skewMs - RECHECK_AFTER_MS))
    return null;
  if (first === undefined || last === undefined) return `it was shown so ${bad.length} times`;
  const [oldest] = bad;
  if (oldest !== undefined && last.at - oldest.at < RECHECK_AFTER_MS - skewMs) return 'it was shown so within minutes';
  if (action === 'wait' && !lastsSince(answers, isBad, RATE_LIMIT_AFTER_MS - skewMs - RECHECK_AFTER_MS))
    return 'the limit had not lasted';
  const good = answers.findLast(({ looks }) => looks[network] === 'fine');
  const isOld = good !== undefined && good.at > last.at && at - good.at > UNDER_WAY_MS;
  return isOld && view.isCalm({ from: good.at, to: at }) ? `it was shown to be fine ${clockText(good.at)}` : null;
}

/** Whether the latest answers of that kind, without a good one between them, span so long. */
function lastsSince(answers: readonly ShownAnswer[], is: (answer: ShownAnswer) => boolean, ms: number): boolean {
  const last = answers.findLast(is);
  if (last === undefined) return false;
  return answers.some((answer) => is(answer) && last.at - answer.at >= ms);
}
