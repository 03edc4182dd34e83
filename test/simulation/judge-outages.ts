import type { Action } from '../../src/domain/model/condition.ts';
import { DAY_MS, HOUR_MS, type Instant } from '../../src/domain/model/time.ts';
import { type AccountId, isMishap, isOutage, isWeather, type Look, type Outage } from './plan.ts';
import { actionOf, FLEET_MIN, OUTAGE_OVER_MS } from './promises.ts';
import type { Stretch } from './truth.ts';
import { clockText, type News, nameOf, type Span, type View } from './view.ts';

/** Mail about trouble that was the account's own may be so late. */
const LATE_MS = 12 * HOUR_MS;
const HINDERED_MS = HOUR_MS / 2;
const FLAPPED_WITHIN_MS = 3 * DAY_MS;

/** What a whole network shows is no owner's matter: an alert then needs trouble that was the account's own. */
export function falseInOutage(view: View, { mail, account, action }: News): readonly string[] {
  if (mail.kind !== 'alert' || account === null) return [];
  const outage = view.plan.happenings
    .filter(isOutage)
    .findLast(({ network, from }) => network === account.network && from <= mail.at && mail.at < from + OUTAGE_OVER_MS);
  if (
    outage === undefined ||
    isExcused(view, { outage, at: mail.at }) ||
    hadItself(view, account, action, { from: outage.from - LATE_MS, to: mail.at })
  )
    return [];
  return [`${nameOf(account)}: ${mail.to} was told ${clockText(mail.at)} of what all of ${account.network} showed`];
}

type Seen = Readonly<{ outage: Outage; at: Instant }>;

/**
 * Too few tenants had been polled to tell; or the operator let all mail go; or processes or their store stood still for so long
 * that too few were seen to be broken within an hour.
 */
function isExcused({ plan, evidence }: View, { outage: { network, from, to, look }, at }: Seen): boolean {
  const shown = evidence.answers.filter((each) => each.at >= from && each.at < at && each.looks[network] === look);
  if (new Set(shown.map(({ tenantId }) => tenantId)).size < FLEET_MIN) return true;
  return plan.happenings.some((each) => {
    if (each.kind === 'mail hold') return each.to >= from && each.to <= at;
    const mayStandStill = isMishap(each) || (isWeather(each) && each.place === 'store');
    return mayStandStill && Math.min(each.to, to) - Math.max(each.from, from) > HINDERED_MS;
  });
}

/** Whether the account itself called for the action within the span. */
function hadItself(view: View, account: AccountId, action: Action, span: Span): boolean {
  return stretchesWithin(view, account, span).some(
    ({ look }) => actionOf[look] === action || (look === 'unanswered' && action === 'reconnect'),
  );
}

/** Whoever reads that an account breaks again and again has one that did, and not a network that failed for everybody. */
export function falseFlapping(view: View, { mail, account }: News): readonly string[] {
  if (mail.kind !== 'flapping' || account === null) return [];
  const span = { from: mail.at - FLAPPED_WITHIN_MS, to: mail.at };
  if (stretchesWithin(view, account, span).filter(({ look }) => look !== 'fine').length > 1) return [];
  return [`${nameOf(account)}: ${mail.to} was told ${clockText(mail.at)} that it flaps`];
}

function stretchesWithin(view: View, account: AccountId, span: Span): readonly Stretch<Look>[] {
  return view.stretches(account).filter(({ from, to }) => from < span.to && to > span.from);
}
