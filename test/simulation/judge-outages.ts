import type { Action } from '../../src/domain/model/condition.ts';
import { DAY_MS, HOUR_MS, type Instant } from '../../src/domain/model/time.ts';
import { type AccountId, isMishap, isOutage, isWeather, type Look, type Outage } from './plan.ts';
import { actionOf, FLEET_HOLD_MS, FLEET_MIN, OUTAGE_OVER_MS, UNDER_WAY_MS } from './promises.ts';
import type { Stretch } from './truth.ts';
import { clockText, type News, nameOf, type Span, type View } from './view.ts';

/** Mail about trouble that was the account's own may be so late. */
const LATE_MS = 12 * HOUR_MS;
const HINDERED_MS = HOUR_MS / 2;
const FLAPPED_WITHIN_MS = 3 * DAY_MS;

/** What a whole network shows is no owner's matter: an alert then needs trouble that was the account's own. */
export function falseInOutage(view: View, { mail, account, action }: News): readonly string[] {
  if (mail.kind !== 'alert' || account === null) return [];
  const outage = outagesOf(view, account, { from: mail.at - OUTAGE_OVER_MS, to: mail.at }).at(-1);
  if (
    outage === undefined ||
    isExcused(view, { outage, at: mail.at }) ||
    wasHeldLongEnough(view, account.network, mail.at) ||
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
function isExcused(view: View, { outage, at }: Seen): boolean {
  const { from, to } = outage;
  if (tenantsNewlyBroken(view, { outage, at }) < FLEET_MIN) return true;
  return view.plan.happenings.some((each) => {
    if (each.kind === 'mail hold') return each.to >= from && each.to <= at;
    const mayStandStill = isMishap(each) || (isWeather(each) && each.place === 'store');
    return mayStandStill && Math.min(each.to, to) - Math.max(each.from, from) > HINDERED_MS;
  });
}

/**
 * The operator's latest report about a hold of this network says that the hold ended after its six hours: mail that it kept
 * back may go out. Either report may have reached the operator late.
 */
function wasHeldLongEnough({ firsts }: View, network: string, at: Instant): boolean {
  const reports = firsts.filter((mail) => mail.heldNetwork === network && mail.at <= at);
  const [began, ended] = reports.slice(-2);
  return (
    began?.about === 'hold_began' &&
    ended?.about === 'hold_ended' &&
    ended.at - began.at >= FLEET_HOLD_MS - UNDER_WAY_MS &&
    at - ended.at <= UNDER_WAY_MS
  );
}

/** Those with trouble of their own, and those that flap, were broken before and are no news. */
function tenantsNewlyBroken(view: View, { outage: { network, from, look }, at }: Seen): number {
  const shown = view.evidence.answers.filter((each) => each.at >= from && each.at < at && each.looks[network] === look);
  const before = { from: at - FLAPPED_WITHIN_MS, to: at };
  const isNew = (tenantId: string) => {
    const account = { tenantId, network };
    const flapped = view.newsAbout(account).some(({ mail }) => mail.kind === 'flapping' && isWithin(mail.at, before));
    return !flapped && stretchesWithin(view, account, before).every(({ look: own }) => own === 'fine');
  };
  return [...new Set(shown.map(({ tenantId }) => tenantId))].filter(isNew).length;
}

/** Whether the account itself called for the action within the span. */
function hadItself(view: View, account: AccountId, action: Action, span: Span): boolean {
  return stretchesWithin(view, account, span).some(
    ({ look }) => actionOf[look] === action || (look === 'unanswered' && action === 'reconnect'),
  );
}

/** Whoever reads that an account breaks again and again has one that did, or was told of an outage before it was seen to be one. */
export function falseFlapping(view: View, { mail, account }: News): readonly string[] {
  if (mail.kind !== 'flapping' || account === null) return [];
  const span = { from: mail.at - FLAPPED_WITHIN_MS, to: mail.at };
  const own = stretchesWithin(view, account, span).filter(({ look }) => look !== 'fine');
  const alerts = view.newsAbout(account).filter((word) => word.mail.kind === 'alert');
  const told = outagesOf(view, account, span).filter(({ from, to }) =>
    alerts.some((word) => isWithin(word.mail.at, { from, to: to + UNDER_WAY_MS })),
  );
  if (own.length + told.length > 1) return [];
  return [`${nameOf(account)}: ${mail.to} was told ${clockText(mail.at)} that it flaps`];
}

/** Those that began within the span. */
function outagesOf({ plan }: View, account: AccountId, span: Span): readonly Outage[] {
  return plan.happenings
    .filter(isOutage)
    .filter(({ network, from }) => network === account.network && isWithin(from, span));
}

function isWithin(at: Instant, { from, to }: Span): boolean {
  return at >= from && at < to;
}

function stretchesWithin(view: View, account: AccountId, span: Span): readonly Stretch<Look>[] {
  return view.stretches(account).filter(({ from, to }) => from < span.to && to > span.from);
}
