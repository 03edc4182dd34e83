import { type ConnectionTruth, keyOf, truthsOf } from './connection-truth.ts';
import type { Account, Break, Evidence, TakenMail } from './evidence.ts';
import { judgeRepeats } from './judge-repeats.ts';

/** What was found; every list but `told` and `repeats` should be empty. Each entry is a line for a reader. */
export type Verdict = Readonly<{
  /** Breaks that an owner had to hear of, or repairs after a break he had heard of, and he did. In ms: how late. */
  told: readonly number[];
  missed: readonly string[];
  /** Mail to an owner about what was not so, as far as Linkwatch can have seen. */
  false: readonly string[];
  /** One thing told in two mails with different Message-IDs, or repeated for no reason. */
  doubled: readonly string[];
  /** Mails that came again with their Message-ID, because a kill, an outage or the server itself hid their arrival. */
  repeats: readonly string[];
  grantsLost: readonly string[];
  /** Mails that the server took and `mail list` does not know. */
  unlisted: readonly string[];
  unasked: readonly string[];
}>;

export type Rules = Readonly<{ confirmPolls: number; recoveryPolls: number; recheckAfterMs: number }>;

/** A mail may be on its way this long, so it tells what was known before. */
const UNDER_WAY_MS = 15_000;
/** The daemon's own clock decides whether two polls are far enough apart. */
const TOLERANCE_MS = 500;

export function judgeStorm(evidence: Evidence, rules: Rules): Verdict {
  const truthOf = truthsOf(evidence);
  // What comes again was news when it came first, and is judged as a repetition.
  const news = firstCopies(evidence.mails).flatMap(itemsOf);
  const { explained, unexplained } = judgeRepeats(evidence);
  const names = new Set(evidence.listed.map(({ messageId }) => messageId));
  const due = dueOf(evidence, truthOf, news);
  return {
    told: due.flatMap(({ since, servedAt }) => (servedAt === null ? [] : [servedAt - since])),
    missed: due.flatMap(({ what, servedAt }) => (servedAt === null ? [what] : [])),
    false: [
      ...evidence.mails.filter(isUncalledFor).map((mail) => `${lineOf(mail)}: nothing of the kind happened`),
      ...news.flatMap((item) => falsehoodOf(item, { truth: truthOf(item), news, evidence, rules }) ?? []),
    ],
    doubled: [...toldAnew(news, truthOf), ...unexplained.map((mail) => `${lineOf(mail)}: repeated for no reason`)],
    repeats: explained.map(lineOf),
    grantsLost: [
      ...evidence.tenants
        .filter(({ state }) => state !== 'active')
        .map(({ tenantId, state }) => `${tenantId}: ${state}`),
      ...(evidence.reusedTokens > 0 ? [`${evidence.reusedTokens} times a spent refresh token was presented`] : []),
    ],
    unlisted: evidence.mails.filter(({ messageId }) => !names.has(messageId)).map(lineOf),
    unasked: [
      ...evidence.tenants
        .filter(({ state, isAskedWell }) => state === 'active' && !isAskedWell)
        .map(({ tenantId }) => `${tenantId}: not asked at the end`),
      ...evidence.unaskedAfterOutage.map((tenantId) => `${tenantId}: not asked soon after an outage of the database`),
      ...evidence.leftByStop.map((tenantId) => `${tenantId}: left claimed by a daemon that was told to stop`),
    ],
  };
}

/** One thing that one mail says: the alert or the recovery of one account. */
type Item = Account & Readonly<{ kind: 'alert' | 'recovered'; mail: TakenMail }>;
type TruthOf = (account: Account) => ConnectionTruth;

function firstCopies(mails: readonly TakenMail[]): readonly TakenMail[] {
  return [...Map.groupBy(mails, ({ messageId }) => messageId).values()].flatMap(([first]) => first ?? []);
}

function itemsOf(mail: TakenMail): readonly Item[] {
  const { tenantId, kind } = mail;
  if (tenantId === null || kind === 'other') return [];
  return mail.networks.map((network) => ({ tenantId, network, kind, mail }));
}

function isUncalledFor({ tenantId, kind, networks }: TakenMail): boolean {
  return tenantId !== null && (kind === 'other' || networks.length === 0);
}

type Due = Readonly<{ what: string; since: number; servedAt: number | null }>;

/** What owners had to be told: each lasting break, and the end of each break that they had heard of. */
function dueOf({ breaks }: Evidence, truthOf: TruthOf, news: readonly Item[]): readonly Due[] {
  return breaks.flatMap((which) => {
    const about = itemsAbout(which, truthOf, news);
    const alertedAt = about.find(({ kind }) => kind === 'alert')?.mail.at ?? null;
    const thankedAt = about.find(({ kind }) => kind === 'recovered')?.mail.at ?? null;
    const name = `${keyOf(which)}, broken ${clock(which.from)}`;
    const ended = which.to === null ? null : { what: `${name}, repaired ${clock(which.to)}`, since: which.to };
    return [
      ...(which.isLasting ? [{ what: name, since: which.from, servedAt: alertedAt }] : []),
      ...(ended !== null && alertedAt !== null ? [{ ...ended, servedAt: thankedAt }] : []),
    ];
  });
}

function itemsAbout(which: Break, truthOf: TruthOf, news: readonly Item[]): readonly Item[] {
  const key = keyOf(which);
  const { breakAt } = truthOf(which);
  return news.filter((item) => keyOf(item) === key && breakAt(item.mail.at) === which);
}

type Known = Readonly<{ truth: ConnectionTruth; news: readonly Item[]; evidence: Evidence; rules: Rules }>;

function falsehoodOf(item: Item, known: Known): string | null {
  const which = known.truth.breakAt(item.mail.at);
  const why =
    which === undefined
      ? 'never broken'
      : item.kind === 'alert'
        ? whyNoAlert(item, which, known)
        : whyNoThanks(item, which, known);
  return why === null ? null : `${lineOf(item.mail)}, ${item.network}: ${why}`;
}

function whyNoAlert({ mail }: Item, which: Break, { truth, rules }: Known): string | null {
  const shown = truth.mayShow(which, mail.at);
  if (shown.length < rules.confirmPolls) return `seen ${shown.length} times`;
  const apartMs = (shown.at(-1)?.to ?? 0) - (shown[0]?.from ?? 0);
  if (apartMs < rules.recheckAfterMs - TOLERANCE_MS) return `seen within ${apartMs} ms`;
  return truth.showOver(which, mail.at - UNDER_WAY_MS).length > 0 ? 'seen to be repaired long before' : null;
}

function whyNoThanks(item: Item, which: Break, { truth, news, evidence, rules }: Known): string | null {
  const { mail } = item;
  if (which.to === null || which.to > mail.at) return 'still broken';
  if (truth.mayShowOver(which, mail.at).length < rules.recoveryPolls) return 'not seen to work';
  const key = keyOf(item);
  const wasAlerted = news.some(
    (other) => other.kind === 'alert' && keyOf(other) === key && truth.breakAt(other.mail.at) === which,
  );
  return wasAlerted || mayHaveBeenAlerted(which, mail, evidence) ? null : 'its owner had heard of no break';
}

/** Something came between Linkwatch and the answer to an alert, and Linkwatch says so. */
function mayHaveBeenAlerted({ tenantId, from }: Break, { at }: TakenMail, evidence: Evidence): boolean {
  const { listed, kills, mailTroubles, outages } = evidence;
  const isHidden =
    kills.some((kill) => kill >= from && kill <= at) ||
    [...mailTroubles, ...outages].some((span) => span.from <= at && span.to >= from);
  const isUnknown = listed.some((row) => row.tenantId === tenantId && row.kind === 'alert' && row.outcomeUnknown);
  return isHidden && isUnknown;
}

/** One break, alerted or recovered in mails with different Message-IDs. */
function toldAnew(news: readonly Item[], truthOf: TruthOf): readonly string[] {
  const groups = Map.groupBy(
    news,
    (item) => `${item.kind} ${keyOf(item)} ${truthOf(item).breakAt(item.mail.at)?.from}`,
  );
  return [...groups.values()].flatMap((items) => {
    const others = items.filter(({ mail }) => mail.messageId !== items[0]?.mail.messageId);
    return others.map(({ mail, network }) => `${lineOf(mail)}, ${network}: told before in ${items[0]?.mail.messageId}`);
  });
}

function lineOf({ at, kind, tenantId, messageId, subject }: TakenMail): string {
  return `${clock(at)} ${kind} to ${tenantId ?? 'the operator'} ${messageId} "${subject}"`;
}

function clock(at: number): string {
  return new Date(at).toISOString().slice(11, 23);
}
