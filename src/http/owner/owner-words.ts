import type { Condition, Health } from '../../domain/model/condition.ts';
import type { Instant } from '../../domain/model/time.ts';
import { UNTIL_FIXED } from '../../domain/owner/contact-request.ts';
import type { OwnerConnection, OwnerPage } from '../../domain/owner/owner-page.ts';
import { networkName } from '../../words/network-name.ts';
import type { MessageKey, Say } from '../../words/words.ts';
import type { OwnerAction } from './owner-actions.ts';
import { type ContactVoice, shown } from './voice.ts';

/** Finds the steps that repair a connection, as the mail shows them; the built-in ones in the reader's words. */
export type RepairSteps = (
  repair: Readonly<{ action: 'reconnect' | 'choose_profile'; network: string; networkName: string; account: string }>,
  say: Say,
) => readonly string[];

/** The owner's page in words, ready for the template. */
export type OwnerPageWords = Readonly<{
  summary: string;
  intro: string;
  /** When Linkwatch last looked. */
  looked: string;
  /** What holds for this reader: no mail, no reminders. */
  notes: readonly string[];
  access: readonly string[];
  connections: readonly OwnerConnectionWords[];
  stepsTitle: string;
  /** The way to Constant Contact, and what follows; null where there is nothing to repair. */
  repair: Readonly<{ label: string; closing: string | null; check: string }> | null;
  nav: Readonly<{ label: string; links: readonly OwnerLink[] }>;
}>;

export type OwnerLink = Readonly<{ action: OwnerAction; label: string }>;

export type OwnerConnectionWords = Readonly<{
  network: string;
  account: string;
  /** Chooses the colour; `label` says the same in words. */
  tone: 'needs-you' | 'waiting' | 'well' | 'unknown';
  label: string;
  lines: readonly string[];
  steps: readonly string[];
}>;

const tones: Readonly<Record<Health, OwnerConnectionWords['tone']>> = {
  broken: 'needs-you',
  waiting: 'waiting',
  unobserved: 'unknown',
  healthy: 'well',
  removed: 'unknown',
};

const causes: Readonly<Record<Condition, MessageKey>> = {
  token_missing: 'problem.token_missing',
  token_invalid: 'problem.token_invalid',
  scopes_missing: 'problem.scopes_missing',
  no_profile: 'problem.no_profile',
  rate_limited: 'problem.rate_limited',
  check_failed: 'page.check_failed',
  removed: 'page.removed',
};

export function ownerPageWords(page: OwnerPage, voice: ContactVoice, repairSteps: RepairSteps): OwnerPageWords {
  const { say, names } = voice;
  const connections = page.connections.map((connection) => connectionWords(connection, voice, repairSteps));
  const hasRepairs = connections.some(({ steps }) => steps.length > 0);
  return {
    summary: summaryOf(page, voice),
    intro: say('page.intro', names),
    looked: lookedAt(page, voice),
    notes: notesOf(page, voice),
    access: accessWords(page, voice),
    connections,
    stepsTitle: say('steps.title'),
    repair: hasRepairs ? repairWords(page, say) : null,
    nav: { label: say('page.nav'), links: linksOf(page, { say, hasRepairs }) },
  };
}

function summaryOf({ tenant, connections, accessProblem }: OwnerPage, { say }: ContactVoice): string {
  if (tenant.state === 'paused') return say('page.summary.paused');
  if (accessProblem !== null) return say('page.summary.access');
  if (tenant.baselinedAt === null) return say('page.summary.not_yet');
  const needing = connections.filter(({ health, unconfirmed }) => health === 'broken' && unconfirmed === null).length;
  if (needing > 0) return say('page.summary.needs_you', { count: needing });
  const present = connections.filter(({ health }) => health !== 'removed');
  if (present.length === 0) return say('page.summary.empty');
  if (present.every(({ health }) => health === 'healthy')) return say('page.summary.well');
  return say('page.summary.no_need');
}

function lookedAt({ tenant: { lastGoodPollAt: at } }: OwnerPage, { say, time }: ContactVoice): string {
  if (at === null) return say('page.never_looked');
  return say('page.looked', { moment: time.moment(at), ago: time.ago(at) });
}

function notesOf({ tenant, contact }: OwnerPage, { say, names }: ContactVoice): readonly string[] {
  const paused = tenant.state === 'paused' ? [say('page.paused', names)] : [];
  if (contact.state !== 'active') return [...paused, say(`page.note.${contact.state}`, names)];
  return contact.wantsReminders ? paused : [...paused, say('page.note.reminders_off')];
}

function accessWords({ accessProblem }: OwnerPage, { say, time, names }: ContactVoice): readonly string[] {
  if (accessProblem === null) return [];
  const { action, since, snoozedUntil } = accessProblem;
  const help = action === 'reauthorize' ? 'access.reauthorize.help' : 'access.privileges.help';
  return [
    ...(since === null ? [] : [say(`${action}.intro`, { ...names, moment: time.moment(since), ago: time.ago(since) })]),
    say('access.meaning'),
    say(help, names),
    ...snoozeLine(snoozedUntil, { say, time }),
  ];
}

/** Nobody is promised a note who would get none. */
function repairWords({ tenant, contact }: OwnerPage, say: Say): OwnerPageWords['repair'] {
  const isWrittenTo = contact.state === 'active' && tenant.state !== 'paused';
  const closing = isWrittenTo ? say('alert.closing') : null;
  return { label: say('button.several'), closing, check: say('page.link.check') };
}

/** Where there is something to repair, the check stands beside the way to do it. */
function linksOf(
  { tenant, contact, reminders }: OwnerPage,
  { say, hasRepairs }: Readonly<{ say: Say; hasRepairs: boolean }>,
): readonly OwnerLink[] {
  const isAskable = tenant.state === 'active' || tenant.state === 'access_denied';
  const check: readonly OwnerLink[] =
    isAskable && !hasRepairs ? [{ action: 'check', label: say('page.check.button') }] : [];
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

function connectionWords(
  connection: OwnerConnection,
  voice: ContactVoice,
  repairSteps: RepairSteps,
): OwnerConnectionWords {
  const { say } = voice;
  const { health, action, unconfirmed } = connection;
  const network = shown(networkName(connection.network)) ?? say('network.unnamed');
  const accountId = shown(connection.accountId) ?? '?';
  const account = shown(connection.displayName) ?? say('account.unnamed', { accountId });
  const isSuspected = isUnconfirmedBreak(connection);
  const isRepairable = (action === 'reconnect' || action === 'choose_profile') && unconfirmed === null;
  const repair = { action, network: connection.network, networkName: network, account };
  return {
    network,
    account,
    tone: isSuspected ? 'waiting' : tones[health],
    label: say(isSuspected ? 'page.label.suspected' : `page.label.${health}`),
    lines: linesOf(connection, network, voice),
    steps: isRepairable ? repairSteps({ ...repair, action }, say) : [],
  };
}

function linesOf(connection: OwnerConnection, network: string, { say, time }: ContactVoice): readonly string[] {
  const { health, action, conditions, since, observedAt, unconfirmed, foundAtBaseline, snoozedUntil } = connection;
  if (health === 'unobserved') {
    return [observedAt === null ? say('page.not_seen') : say('page.last_seen', { moment: time.moment(observedAt) })];
  }
  if (isUnconfirmedBreak(connection)) return [say('page.suspected')];
  const when = since === null ? {} : { moment: time.moment(since), ago: time.ago(since) };
  const sinceLine = since === null ? [] : [say(foundAtBaseline ? 'problem.baseline' : 'problem.since', when)];
  if (health === 'healthy') return unconfirmed === null ? sinceLine : [say('page.recovering'), ...sinceLine];
  const leading = conditions.find((condition) => condition !== 'check_failed') ?? conditions[0];
  return [
    ...(leading === undefined ? [] : [say(causes[leading], { network })]),
    ...sinceLine,
    ...effectOf(action, say),
    ...snoozeLine(snoozedUntil, { say, time }),
  ];
}

function isUnconfirmedBreak({ health, unconfirmed }: OwnerConnection): boolean {
  return health === 'broken' && unconfirmed === 'break';
}

function effectOf(action: OwnerConnection['action'], say: Say): readonly string[] {
  if (action === 'reconnect' || action === 'choose_profile') return [say(`problem.effect.${action}`)];
  return action === 'wait' ? [say('page.wait')] : [];
}

function snoozeLine(until: Instant | null, { say, time }: Pick<ContactVoice, 'say' | 'time'>): readonly string[] {
  if (until === null) return [];
  if (until >= UNTIL_FIXED) return [say('page.snoozed_until_fixed')];
  return [say('page.snoozed', { moment: time.moment(until) })];
}
