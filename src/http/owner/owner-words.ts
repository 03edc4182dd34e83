import type { Condition, Health } from '../../domain/model/condition.ts';
import { isPolled } from '../../domain/model/tenant.ts';
import type { Instant } from '../../domain/model/time.ts';
import { UNTIL_FIXED } from '../../domain/owner/contact-request.ts';
import type { OwnerConnection, OwnerPage } from '../../domain/owner/owner-page.ts';
import { summarize } from '../../domain/owner/summary.ts';
import { accessIntroKey, privilegeNamed } from '../../words/access-words.ts';
import type { Tone } from '../../words/banner-words.ts';
import {
  accountNames,
  commonCauses,
  isRepairable,
  type RepairAction,
  repairFacts,
  subjectOf,
} from '../../words/connection-words.ts';
import { pagesLines } from '../../words/page-names.ts';
import type { MessageKey, Say } from '../../words/words.ts';
import type { ContactVoice } from '../voice.ts';
import type { OwnerAction } from './owner-actions.ts';

type Repair = Readonly<{
  action: RepairAction;
  network: string;
  networkName: string;
  account: string;
}>;

/** Finds the steps that repair the connections, as the mail shows them; the built-in ones in the reader's words. */
export type RepairSteps = (repairs: readonly Repair[], say: Say) => readonly string[];

/** A page shows so many accounts at once, however many there are. */
const SHOWN = 50;

export type PageOptions = Readonly<{
  repairSteps: RepairSteps;
  isGuest: boolean;
  /** The page of the list of accounts, from 1; another number is taken for the nearest. */
  number: number;
}>;

/** The owner's page in words, ready for the template. */
export type OwnerPageWords = Readonly<{
  summary: string;
  intro: string;
  /** When Linkwatch last looked. */
  looked: string;
  /** What holds for this reader: no mail, no reminders. */
  notes: readonly string[];
  access: readonly string[];
  list: OwnerListWords;
  stepsTitle: string;
  /** All that is to be done, said once for all accounts; null where there is nothing to repair. */
  repair: RepairWords | null;
  nav: Readonly<{ label: string; links: readonly OwnerLink[] }>;
  questions: string;
}>;

type OwnerListWords = Readonly<{
  label: string;
  connections: readonly OwnerConnectionWords[];
  /** "Accounts 51 to 100 of 240"; null when all are shown. */
  range: string | null;
  links: readonly Readonly<{ number: number; label: string }>[];
}>;

type RepairWords = Readonly<{
  label: string;
  check: string;
  steps: readonly string[];
  closing: string | null;
  facts: Readonly<{ title: string; items: readonly string[]; forward: string }>;
}>;

export type OwnerLink = Readonly<{ action: OwnerAction; label: string }>;

export type OwnerConnectionWords = Readonly<{
  network: string;
  account: string;
  /** Chooses the colour; `label` says the same in words. */
  tone: Tone;
  label: string;
  lines: readonly string[];
}>;

const tones: Readonly<Record<Health, OwnerConnectionWords['tone']>> = {
  broken: 'needs-you',
  waiting: 'waiting',
  unobserved: 'unknown',
  healthy: 'well',
  removed: 'unknown',
};

const causes: Readonly<Record<Condition, MessageKey>> = {
  ...commonCauses,
  check_failed: 'page.check_failed',
  removed: 'page.removed',
};

export function ownerPageWords(page: OwnerPage, voice: ContactVoice, options: PageOptions): OwnerPageWords {
  const { say, names } = voice;
  const shown = shownOf(page, options.number);
  const repair = repairWords(page, { shown: shown.connections, voice, options });
  return {
    summary: summaryOf(page, voice),
    intro: say('page.intro', names),
    looked: lookedAt(page, voice),
    notes: options.isGuest ? [say('page.guest'), ...pausedNote(page, voice)] : notesOf(page, voice),
    access: accessWords(page, voice),
    list: listWords(page, { shown, voice }),
    stepsTitle: say('steps.title'),
    repair,
    nav: { label: say('page.nav'), links: linksOf(page, { say, hasRepairs: repair !== null, ...options }) },
    questions: say('footer.questions', names),
  };
}

type Shown = Readonly<{ number: number; last: number; from: number; connections: readonly OwnerConnection[] }>;

function shownOf({ connections }: OwnerPage, asked: number): Shown {
  const last = Math.max(1, Math.ceil(connections.length / SHOWN));
  const number = Number.isSafeInteger(asked) ? Math.min(Math.max(asked, 1), last) : 1;
  const from = (number - 1) * SHOWN;
  return { number, last, from, connections: connections.slice(from, from + SHOWN) };
}

function listWords(
  { connections }: OwnerPage,
  { shown, voice }: Readonly<{ shown: Shown; voice: ContactVoice }>,
): OwnerListWords {
  const { say } = voice;
  const { number, last, from } = shown;
  const range = { from: from + 1, to: from + shown.connections.length, total: connections.length };
  return {
    label: say('page.list'),
    connections: shown.connections.map((connection) => connectionWords(connection, voice)),
    range: last === 1 ? null : say('page.range', range),
    links: [
      ...(number === 1 ? [] : [{ number: number - 1, label: say('page.previous') }]),
      ...(number === last ? [] : [{ number: number + 1, label: say('page.next') }]),
    ],
  };
}

function summaryOf({ tenant, connections }: OwnerPage, { say }: ContactVoice): string {
  const { kind, concerned } = summarize(tenant, connections);
  const count = concerned.length;
  if (kind === 'access_lost') return say('page.summary.access');
  if (kind === 'limited') return say('alert.heading.wait.several', { count });
  return say(`page.summary.${kind}`, { count });
}

function lookedAt({ tenant: { lastGoodPollAt: at } }: OwnerPage, { say, time }: ContactVoice): string {
  if (at === null) return say('page.never_looked');
  return say('page.looked', { moment: time.moment(at), ago: time.ago(at) });
}

function pausedNote({ tenant }: OwnerPage, { say, names }: ContactVoice): readonly string[] {
  return tenant.state === 'paused' ? [say('page.paused', names)] : [];
}

function notesOf(page: OwnerPage, voice: ContactVoice): readonly string[] {
  const { contact } = page;
  const { say, names } = voice;
  const paused = pausedNote(page, voice);
  if (contact.state !== 'active') return [...paused, say(`page.note.${contact.state}`, names)];
  return contact.wantsReminders ? paused : [...paused, say('page.note.reminders_off')];
}

function accessWords({ accessProblem }: OwnerPage, { say, time, names }: ContactVoice): readonly string[] {
  if (accessProblem === null) return [];
  const { action, missing, since, snoozedUntil } = accessProblem;
  const intro = accessIntroKey(action, missing);
  const help = action === 'reauthorize' ? 'access.reauthorize.help' : 'access.privileges.help';
  return [
    ...(since === null
      ? []
      : [say(intro, { ...names, ...privilegeNamed, moment: time.moment(since), ago: time.ago(since) })]),
    say('access.meaning'),
    say(help, names),
    ...(action === 'reauthorize' && missing === 'scope' ? [say('access.scope.help')] : []),
    ...snoozeLine(snoozedUntil, { say, time }),
  ];
}

type Repairing = Readonly<{ shown: readonly OwnerConnection[]; voice: ContactVoice; options: PageOptions }>;

/** Nobody is promised a note who would get none. */
function repairWords({ tenant, contact }: OwnerPage, { shown, voice, options }: Repairing): RepairWords | null {
  const { say } = voice;
  const repairs = shown.flatMap((connection) => repairOf(connection, voice) ?? []);
  if (repairs.length === 0) return null;
  const isWrittenTo = contact.state === 'active' && tenant.state !== 'paused' && !options.isGuest;
  return {
    label: say('button.several'),
    check: say('page.link.check'),
    steps: options.repairSteps(repairs, say),
    closing: isWrittenTo ? say('alert.closing') : null,
    facts: {
      title: say('facts.title'),
      items: repairFacts.map((fact) => say(fact)),
      forward: say('link.forward'),
    },
  };
}

function repairOf(connection: OwnerConnection, voice: ContactVoice): Repair | null {
  if (!isRepairable(connection) || connection.unconfirmed !== null) return null;
  const { network: networkName, account } = accountNames(connection, voice.say);
  return { action: connection.action, network: connection.network, networkName, account };
}

/** Where there is something to repair, the check stands beside the way to do it. */
function linksOf(
  { tenant, contact, reminders }: OwnerPage,
  { say, hasRepairs, isGuest }: Readonly<{ say: Say; hasRepairs: boolean; isGuest: boolean }>,
): readonly OwnerLink[] {
  const check: readonly OwnerLink[] =
    isPolled(tenant.state) && !hasRepairs ? [{ action: 'check', label: say('page.check.button') }] : [];
  if (isGuest) return check;
  const preferences: OwnerLink = { action: 'preferences', label: say('page.link.preferences') };
  if (contact.state !== 'active') {
    return [{ action: 'return', label: say(`page.link.return.${contact.state}`) }, ...check, preferences];
  }
  return [
    ...check,
    ...(reminders === 'none' ? [] : [{ action: 'snooze', label: say('page.link.snooze') } as const]),
    preferences,
    { action: 'not-mine', label: say('page.link.not_mine') },
    { action: 'unsubscribe', label: say('page.link.unsubscribe') },
  ];
}

function connectionWords(connection: OwnerConnection, voice: ContactVoice): OwnerConnectionWords {
  const { say } = voice;
  const { health } = connection;
  const names = accountNames(connection, say);
  const isSuspected = isUnconfirmedBreak(connection);
  return {
    ...names,
    tone: isSuspected ? 'waiting' : tones[health],
    label: say(isSuspected ? 'page.label.suspected' : `page.label.${health}`),
    lines: linesOf(connection, names.network, voice),
  };
}

function linesOf(connection: OwnerConnection, network: string, voice: ContactVoice): readonly string[] {
  const { say, time } = voice;
  const { health, conditions, since, observedAt, unconfirmed, foundAtBaseline, snoozedUntil } = connection;
  if (health === 'unobserved') {
    return [observedAt === null ? say('page.not_seen') : say('page.last_seen', { moment: time.moment(observedAt) })];
  }
  if (isUnconfirmedBreak(connection)) return [say('page.suspected')];
  if (health === 'healthy') return unconfirmed === null ? [] : [say('page.recovering')];
  const when = since === null ? {} : { moment: time.moment(since), ago: time.ago(since) };
  const sinceLine = since === null ? [] : [say(foundAtBaseline ? 'problem.baseline' : 'problem.since', when)];
  const leading = conditions.find((condition) => condition !== 'check_failed') ?? conditions[0];
  return [
    ...(leading === undefined ? [] : [say(causes[leading], { network })]),
    ...pagesLines(connection.pages, voice),
    ...sinceLine,
    ...effectOf(connection, say),
    ...snoozeLine(snoozedUntil, { say, time }),
  ];
}

function isUnconfirmedBreak({ health, unconfirmed }: OwnerConnection): boolean {
  return health === 'broken' && unconfirmed === 'break';
}

function effectOf(connection: OwnerConnection, say: Say): readonly string[] {
  if (isRepairable(connection)) return [say(`problem.effect.${subjectOf(connection)}`)];
  return connection.action === 'wait' ? [say('page.wait')] : [];
}

function snoozeLine(until: Instant | null, { say, time }: Pick<ContactVoice, 'say' | 'time'>): readonly string[] {
  if (until === null) return [];
  if (until >= UNTIL_FIXED) return [say('page.snoozed_until_fixed')];
  return [say('page.snoozed', { moment: time.moment(until) })];
}
