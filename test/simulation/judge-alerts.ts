import type { Instant } from '../../src/domain/model/time.ts';
import { type AccountId, isOwners, type Look } from './plan.ts';
import {
  APART_MS,
  actionOf,
  CHECK_FAILED_AFTER_MS,
  RATE_LIMIT_AFTER_MS,
  RECHECK_AFTER_MS,
  UNDER_WAY_MS,
} from './promises.ts';
import { type Run, runsOf } from './runs.ts';
import type { Reader, Stretch } from './truth.ts';
import type { Owed } from './verdict.ts';
import { clockText, type News, nameOf, type View } from './view.ts';

/**
 * Where an account has been the same for long enough, and nothing disturbed anybody, the latest that each reader was told
 * of it is true: of every lasting break, with its action, and that it works again.
 */
export function owedWords(view: View, account: AccountId): readonly Owed[] {
  return view.stretches(account).flatMap((stretch) =>
    view.readers(account.tenantId).flatMap((reader): readonly Owed[] => {
      const { address } = reader;
      const by = wordDueAt(view, account, { stretch, reader });
      if (by === null || wereOthersTold(view, account, { stretch, reader })) return [];
      const latest = latestWord(view, account, { reader: address, by });
      const text = `${nameOf(account)} is ${stretch.look} since ${clockText(stretch.from)}; by ${clockText(by)} ${address} had heard ${wordText(latest)}`;
      return isOwed(stretch, latest, address) ? [{ text, isTold: isTrue(latest, stretch) }] : [];
    }),
  );
}

type Reading = Readonly<{ stretch: Stretch<Look>; reader: Reader }>;

/** Null when it did not last, or the reader did not stay, for long enough. */
function wordDueAt(view: View, account: AccountId, { stretch, reader }: Reading): Instant | null {
  const span = { from: Math.max(stretch.from, reader.from), to: Math.min(stretch.to, reader.to) };
  if (span.to <= span.from) return null;
  const [due] = view.quiet(account.tenantId, span).flatMap(({ from, to }) => {
    const by = from + view.patience(account, from) + lastingMs[stretch.look];
    return to >= by ? [by] : [];
  });
  return due ?? null;
}

/** Whoever comes after others have been told is told of the next break, and reminded of this one until then. */
function wereOthersTold(view: View, account: AccountId, { stretch, reader }: Reading): boolean {
  if (reader.from === view.plan.from) return false;
  const told = view.words(account).findLast(({ mail }) => mail.at < reader.from + UNDER_WAY_MS);
  if (told === undefined || told.mail.kind === 'recovered') return false;
  const between = { from: reader.from, to: stretch.from };
  return !view
    .stretches(account)
    .filter(({ look, from, to }) => look === 'fine' && from < between.to && to > between.from)
    .map(({ from, to }) => ({ from: Math.max(from, between.from), to }))
    .some((fine) => wasShownFine(view, account, fine) && view.calmWithin(fine) >= view.patience(account, fine.from));
}

/** While our access is refused nobody sees that an account works: a break before and a break after are one. */
function wasShownFine(
  view: View,
  { tenantId, network }: AccountId,
  { from, to }: Readonly<{ from: Instant; to: Instant }>,
) {
  return view.answers(tenantId, to).some(({ at, looks }) => at >= from && looks[network] === 'fine');
}

/** That an account is gone ends what went before also for those whose matter it is not: `removed` goes to the owner alone. */
function latestWord(view: View, account: AccountId, { reader, by }: Readonly<{ reader: string; by: Instant }>) {
  const removal = view.newsAbout(account).findLast(({ mail }) => mail.kind === 'removed' && mail.at <= by);
  const latest = view.wordsTo(reader, account).findLast(({ mail }) => mail.at <= by);
  return removal !== undefined && (latest?.mail.at ?? 0) < removal.mail.at ? removal : latest;
}

/** Whoever heard of no break is owed no thanks, and that an account is gone is the owner's matter. */
function isOwed({ look }: Stretch<Look>, latest: News | undefined, reader: string): boolean {
  if (look === 'fine') return latest !== undefined && latest.mail.kind !== 'removed';
  return look !== 'gone' || isOwners(reader);
}

/** How long a look has to last before anybody is told of it. */
const lastingMs: Readonly<Record<Look, number>> = {
  fine: 0,
  broken: 0,
  scopeless: 0,
  profileless: 0,
  gone: 0,
  limited: RATE_LIMIT_AFTER_MS,
  unanswered: CHECK_FAILED_AFTER_MS,
};

function isTrue(latest: News | undefined, { look }: Stretch<Look>): boolean {
  if (look === 'fine') return latest?.mail.kind === 'recovered';
  if (look === 'gone') return latest?.mail.kind === 'removed';
  if (latest?.mail.kind !== 'alert') return false;
  const { action } = latest;
  // What asks for less than what was told is silent.
  if (look === 'limited') return true;
  return action === (look === 'unanswered' ? 'reconnect' : actionOf[look]);
}

function wordText(word: News | undefined): string {
  return word === undefined ? 'nothing' : `${word.mail.kind} (${word.action}) ${clockText(word.mail.at)}`;
}

/** The same twice, while nothing changed. */
export function doubledWords(view: View, account: AccountId): readonly string[] {
  return view.readers(account.tenantId).flatMap(({ address: reader }) =>
    view.mayHaveHeard(reader, account).flatMap((word, index, all) => {
      const before = all[index - 1];
      if (before === undefined || before.mail.kind !== word.mail.kind || before.action !== word.action) return [];
      const isOneStretch = view
        .stretches(account)
        .some(({ from, to }) => before.mail.at >= from && word.mail.at < to && word.mail.kind !== 'flapping');
      return isOneStretch || word.mail.kind === 'recovered'
        ? [`${nameOf(account)}: ${reader} heard ${wordText(before)}, and ${wordText(word)}`]
        : [];
    }),
  );
}

/** An alert needs what was seen for long enough since the account was last certain to be fine. */
export function falseAlert(view: View, { mail, account, action }: News): readonly string[] {
  if (mail.kind !== 'alert' || account === null) return [];
  const all = runsOf(view.answers(account.tenantId, mail.at), account.network);
  const closed = all.findLastIndex((run) => run.is === 'good' && isOver(view, run, mail.at));
  const runs = all.slice(closed + 1);
  const skewMs = view.skewMs({ from: runs[0]?.from ?? mail.at, to: mail.at });
  const neededMs = (action === 'wait' ? RATE_LIMIT_AFTER_MS - RECHECK_AFTER_MS : APART_MS) - skewMs;
  const isCertain = runs.some((run) => run.is === 'bad' && run.to - run.from >= neededMs && run.actions.has(action));
  const isGivenUp = runs.some(
    (run) => run.is === 'neutral' && run.to - run.from >= CHECK_FAILED_AFTER_MS - RECHECK_AFTER_MS - skewMs,
  );
  if (isCertain || (action === 'reconnect' && isGivenUp)) return [];
  const shown = runs.map(({ is, from, to }) => `${is} ${clockText(from)} to ${clockText(to)}`).join(', ');
  return [`${nameOf(account)}: ${mail.to} was told of ${action} ${clockText(mail.at)}, and was shown ${shown}`];
}

/** Whether nobody can be about to send any more what was true before that run. */
function isOver(view: View, { from, to }: Run, at: Instant): boolean {
  const certainFrom = from + RECHECK_AFTER_MS;
  return to >= certainFrom && view.calmWithin({ from: certainFrom, to: at }) >= UNDER_WAY_MS;
}
