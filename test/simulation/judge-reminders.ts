import { HOUR_MS, type Instant } from '../../src/domain/model/time.ts';
import { type AccountId, isOwners, type Look } from './plan.ts';
import {
  actionOf,
  CHECK_FAILED_AFTER_MS,
  FIRST_REMINDER_MS,
  INTERVAL_MS,
  RECHECK_AFTER_MS,
  REMINDER_HOURS,
  REMINDERS,
  UNDER_WAY_MS,
} from './promises.ts';
import { runsOf } from './runs.ts';
import type { Stretch } from './truth.ts';
import type { Owed } from './verdict.ts';
import { clockText, type News, nameOf, type Span, type View } from './view.ts';

/** What is due in the reader's hours comes within half of them. */
const SLOT_MS = 4 * HOUR_MS;

/** Whoever is the owner by then is reminded of what is still broken two days after the alert was accepted. */
export function owedReminders(view: View, account: AccountId): readonly Owed[] {
  return view.stretches(account).flatMap((stretch): readonly Owed[] => {
    const [alert] = isRemindedOf(stretch) ? alertsWithin(view, account, stretch) : [];
    if (alert === undefined) return [];
    const at = view.lastCopyAt(alert.mail);
    const by = slotEnd(view, account, { from: at + FIRST_REMINDER_MS, to: stretch.to });
    // An outage of the network may have asked for more, and the clock begins with the latest alert.
    if (by === undefined || alertsWithin(view, account, { from: at + 1, to: by }).length > 0) return [];
    const owner = remindedOwner(view, account.tenantId, { from: by - SLOT_MS - UNDER_WAY_MS, to: by });
    if (owner === null) return [];
    const text = `${nameOf(account)}: ${owner} is reminded by ${clockText(by)} of what was told ${clockText(at)}`;
    const isTold = remindersIn(view, account, stretch).some(({ mail }) => isOwners(mail.to) && mail.at <= by);
    return [{ text, isTold }];
  });
}

/** Null unless one owner, who wants reminders, was there for the whole time. */
function remindedOwner(view: View, tenantId: string, span: Span): string | null {
  const [first, ...others] = view.people(tenantId, span).map(({ look }) => look);
  if (first === undefined || others.some(({ owner }) => owner !== first.owner)) return null;
  return [first, ...others].every(({ ownerWantsReminders }) => ownerWantsReminders) ? first.owner : null;
}

/** The end of the first slot in the reader's hours in which nothing keeps Linkwatch from reminding. */
function slotEnd(view: View, account: AccountId, span: Span): Instant | undefined {
  if (span.to <= span.from) return undefined;
  const zone = view.zone(account.tenantId);
  const [end] = view.quiet(account.tenantId, span).flatMap(({ from, to }) => {
    const slot = firstSlot(from, zone) + SLOT_MS;
    return slot <= to && view.patience(account, from) <= SLOT_MS ? [slot] : [];
  });
  return end;
}

function firstSlot(from: Instant, zone: string): Instant {
  let at = from;
  while (hourOf(at, zone) < REMINDER_HOURS.from || hourOf(at, zone) >= REMINDER_HOURS.to - SLOT_MS / HOUR_MS)
    at += RECHECK_AFTER_MS;
  return at;
}

function isRemindedOf({ look }: Stretch<Look>): boolean {
  return actionOf[look] !== null && look !== 'limited';
}

function alertsWithin(view: View, account: AccountId, { from, to }: Span): readonly News[] {
  return view
    .words(account)
    .filter(({ mail }) => isOwners(mail.to) && mail.kind === 'alert' && mail.at >= from && mail.at < to);
}

function remindersIn(view: View, account: AccountId, { from, to }: Stretch<Look>): readonly News[] {
  return view.newsAbout(account).filter(({ mail }) => mail.kind === 'reminder' && mail.at >= from && mail.at < to);
}

export function doubledReminders(view: View, account: AccountId): readonly string[] {
  return view
    .stretches(account)
    .flatMap((stretch) => [...Map.groupBy(remindersIn(view, account, stretch), ({ mail }) => mail.to)])
    .filter(([, reminders]) => reminders.length > REMINDERS)
    .map(([reader, reminders]) => `${nameOf(account)}: ${reader} was reminded ${reminders.length} times`);
}

export function falseReminder(view: View, { mail, account }: News): readonly string[] {
  if (mail.kind !== 'reminder' || account === null) return [];
  const why = whyFalse(view, account, mail);
  return why === null ? [] : [`${nameOf(account)}: ${mail.to} was reminded ${clockText(mail.at)} ${why}`];
}

function whyFalse(view: View, account: AccountId, mail: News['mail']): string | null {
  const { at } = mail;
  const skewMs = view.skewMs({ from: at - FIRST_REMINDER_MS, to: at });
  const alert = firstAlertBefore(view, account, at);
  if (alert === undefined) return 'of what nobody was told of';
  if (at - alert.mail.at < FIRST_REMINDER_MS - skewMs - HOUR_MS) return `so soon after ${clockText(alert.mail.at)}`;
  if (!isWanted(view, account, mail)) return 'and wants no reminders';
  if (!isOwners(mail.to) && !mail.isLastReminder) return 'although cc gets the last one alone';
  const zone = view.zone(account.tenantId);
  if (!isWithinHours(at, zone, skewMs)) return `out of hours in ${zone}`;
  const isFresh = wasBad(view, account, { at, sinceMs: 3 * INTERVAL_MS + skewMs });
  return isFresh ? null : 'although it was not seen to be broken for hours';
}

/** Whoever has just asked for no reminders may get one that is under way. */
function isWanted(view: View, { tenantId }: AccountId, { to, at }: News['mail']): boolean {
  const [unwanted] = view
    .people(tenantId, { from: view.plan.from, to: at })
    .filter(({ look }) => look.owner === to && !look.ownerWantsReminders);
  return unwanted === undefined || view.calmWithin({ from: unwanted.from, to: at }) < UNDER_WAY_MS;
}

/** Its copies for several readers may be taken at different times. */
function firstAlertBefore(view: View, account: AccountId, at: Instant): News | undefined {
  const before = view.newsAbout(account).filter(({ mail }) => mail.at < at);
  const thanks = before.findLastIndex(({ mail }) => mail.kind === 'recovered');
  const alerts = before.slice(thanks + 1).filter(({ mail }) => mail.kind === 'alert');
  return alerts.find(({ action }) => action === alerts.at(-1)?.action);
}

function wasBad(view: View, account: AccountId, { at, sinceMs }: Readonly<{ at: Instant; sinceMs: number }>): boolean {
  return runsOf(view.answers(account.tenantId, at), account.network).some(
    ({ is, from, to }) =>
      to >= at - sinceMs &&
      (is === 'bad' || (is === 'neutral' && to - from >= CHECK_FAILED_AFTER_MS - RECHECK_AFTER_MS)),
  );
}

/** What is decided within the hours may come a little later. */
function isWithinHours(at: Instant, zone: string, skewMs: number): boolean {
  const slackMs = skewMs + RECHECK_AFTER_MS;
  return [at - slackMs, at, at + slackMs]
    .map((moment) => hourOf(moment, zone))
    .some((hour) => hour >= REMINDER_HOURS.from && hour < REMINDER_HOURS.to);
}

function hourOf(at: Instant, timeZone: string): number {
  return Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(at));
}
