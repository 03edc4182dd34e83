import type { Action } from '../../src/domain/model/condition.ts';
import { HOUR_MS, type Instant } from '../../src/domain/model/time.ts';
import type { Evidence, ShownAnswer, TakenMail } from './evidence.ts';
import { type AccessLook, type AccountId, isMishap, isWeather, type Plan } from './plan.ts';
import { FLAP_WINDOW_MS, FLAPPING_MS, SOON_MS, UNKNOWN_WAIT_MS } from './promises.ts';
import {
  accessOf,
  calmSpans,
  lookAt,
  peopleOf,
  type Reader,
  readersAmong,
  type Stretch,
  stretchesOf,
  turnsOf,
  turnsWithin,
} from './truth.ts';

export type Span = Readonly<{ from: Instant; to: Instant }>;

/** One thing that one mail says to one reader, when it first came; without an account it is about our access. */
export type News = Readonly<{ mail: TakenMail; account: AccountId | null; action: Action }>;

/** Plan and evidence of one world, as a judge asks about them. */
export type View = ReturnType<typeof viewOf>;

export function viewOf(plan: Plan, evidence: Evidence) {
  const firsts = firstCopies(evidence.mails);
  const calm = calmSpans(plan);
  const answersOf = Map.groupBy(evidence.answers, ({ tenantId }) => tenantId);
  const accessBy = new Map(plan.tenants.map(({ id }) => [id, trueAccess(plan, evidence, id)]));
  const peopleBy = new Map(plan.tenants.map(({ id }) => [id, peopleOf(plan, id)]));
  const readersBy = new Map([...peopleBy].map(([id, people]) => [id, readersAmong(people)]));
  const accounts = plan.tenants.flatMap(({ id, networks }) =>
    networks.map((network): AccountId => ({ tenantId: id, network })),
  );
  const stretchesBy = new Map(accounts.map((account) => [nameOf(account), stretchesOf(plan, account)]));
  const news = firsts.flatMap(newsIn);
  const sent = [...evidence.mails, ...evidence.lostMails].toSorted((a, b) => a.at - b.at);
  const heardAtBest = firstCopies(sent).flatMap(newsIn);
  const newsBy = Map.groupBy(news, ({ account }) => (account === null ? '' : nameOf(account)));
  const newsAbout = (account: AccountId): readonly News[] => newsBy.get(nameOf(account)) ?? [];
  return {
    plan,
    evidence,
    firsts,
    news,
    newsAbout,
    calm,
    accounts,
    stretches: (account: AccountId) => stretchesBy.get(nameOf(account)) ?? [],
    access: (tenantId: string) => accessBy.get(tenantId) ?? [],
    zone: (tenantId: string) => plan.tenants.find(({ id }) => id === tenantId)?.timezone ?? 'UTC',
    /** All that there ever were. */
    readers: (tenantId: string): readonly Reader[] => readersBy.get(tenantId) ?? [],
    /** Whom mail is for within the span. */
    people: (tenantId: string, span: Span) =>
      (peopleBy.get(tenantId) ?? []).filter(({ from, to }) => from < span.to && to > span.from),
    /** What anybody was told of how an account is, oldest first. */
    words: (account: AccountId) => newsAbout(account).filter(({ mail }) => isWord(mail)),
    /** What a reader was told of how an account is, oldest first. */
    wordsTo: (reader: string, account: AccountId) =>
      newsAbout(account).filter(({ mail }) => mail.to === reader && isWord(mail)),
    /** The same, with mails that nobody knows the end of. */
    mayHaveHeard: (reader: string, account: AccountId) =>
      heardAtBest.filter(
        ({ mail, account: about }) =>
          mail.to === reader && isWord(mail) && about !== null && nameOf(about) === nameOf(account),
      ),
    /** The answers about a tenant up to then, oldest first. */
    answers: (tenantId: string, until: Instant): readonly ShownAnswer[] =>
      (answersOf.get(tenantId) ?? []).filter(({ at }) => at <= until),
    /** Parts of the span in which nothing disturbed Linkwatch, and in which we may read the tenant. */
    quiet: (tenantId: string, span: Span): readonly Span[] =>
      overlaps(
        overlaps([span], calm),
        (accessBy.get(tenantId) ?? []).filter(({ look }) => look === 'granted'),
      ),
    /** The longest time within the span in which nothing disturbed Linkwatch. */
    calmWithin: (span: Span) => Math.max(0, ...overlaps([span], calm).map(({ from, to }) => to - from)),
    patience: (account: AccountId, at: Instant) => patienceFor(plan, account, { at, calm }),
    skewMs: (span: Span) => skewWithin(plan, span),
    /** When the mail came for the last time: only then Linkwatch can have heard that it was accepted. */
    lastCopyAt: ({ messageId, at }: TakenMail): Instant =>
      evidence.mails.findLast((mail) => mail.messageId === messageId)?.at ?? at,
  };
}

function newsIn(mail: TakenMail): readonly News[] {
  const { tenantId, said } = mail;
  return said.map(({ network, action }) => {
    const account = tenantId === null || network === null ? null : { tenantId, network };
    return { mail, account, action };
  });
}

function isWord({ kind }: TakenMail): boolean {
  return kind === 'alert' || kind === 'flapping' || kind === 'recovered' || kind === 'removed';
}

/** By the plan, and by what died or froze with a process: a lost grant is lost until it is stored after all, or replaced. */
function trueAccess(plan: Plan, { lostGrants }: Evidence, tenantId: string): readonly Stretch<AccessLook>[] {
  const planned = accessOf(plan, tenantId);
  const givenAt = planned.filter((_, index) => planned[index - 1]?.look === 'revoked').map(({ from }) => from);
  const lost = lostGrants
    .filter((one) => one.tenantId === tenantId)
    .map(({ at, until }) => ({ from: at, to: until ?? givenAt.find((moment) => moment > at) ?? plan.to }));
  const edges = [...planned, ...lost].flatMap(({ from, to }) => [from, to]);
  const moments = [...new Set(edges)].toSorted((a, b) => a - b);
  const parts = moments.slice(0, -1).map((from, index): Stretch<AccessLook> => {
    const isLost = lost.some((span) => span.from <= from && from < span.to);
    return { from, to: moments[index + 1] ?? plan.to, look: isLost ? 'revoked' : (lookAt(planned, from) ?? 'granted') };
  });
  return parts
    .filter(({ look }, index) => parts[index - 1]?.look !== look)
    .map((part, index, firsts) => ({
      ...part,
      to: firsts[index + 1]?.from ?? plan.to,
    }));
}

function firstCopies(mails: readonly TakenMail[]): readonly TakenMail[] {
  return [...Map.groupBy(mails, ({ messageId }) => messageId).values()].flatMap(([first]) => first ?? []);
}

export function overlaps(some: readonly Span[], others: readonly Span[]): readonly Span[] {
  return some.flatMap((a) =>
    others
      .map((b) => ({ from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) }))
      .filter(({ from, to }) => to > from),
  );
}

/** How long Linkwatch may take at most to tell what is so from then on. */
function patienceFor(
  plan: Plan,
  account: AccountId,
  { at, calm }: Readonly<{ at: Instant; calm: readonly Span[] }>,
): number {
  const turnedLately = turnsWithin(plan, account, at - FLAP_WINDOW_MS - FLAPPING_MS, at) >= 2;
  const isUnsettled = turnedLately || isStillUnsettled(plan, account, { at, calm });
  const mayBeUnknown = plan.happenings.some(
    (each) =>
      ((isWeather(each) && each.place === 'mail' && each.does === 'lose answers') || isMishap(each)) &&
      each.from < at &&
      each.to > at - UNKNOWN_WAIT_MS,
  );
  return SOON_MS + (mayBeUnknown ? UNKNOWN_WAIT_MS : 0) + (isUnsettled ? FLAPPING_MS + 2 * HOUR_MS : 0);
}

/** Six hours of one health have to be seen without a gap: what had turned often, and was seen for less since, has not settled. */
function isStillUnsettled(
  plan: Plan,
  account: AccountId,
  { at, calm }: Readonly<{ at: Instant; calm: readonly Span[] }>,
): boolean {
  const lastTurn = turnsOf(plan, account).findLast((moment) => moment <= at);
  if (lastTurn === undefined || turnsWithin(plan, account, lastTurn - FLAP_WINDOW_MS, lastTurn + 1) < 3) return false;
  const seenMs = Math.max(0, ...overlaps([{ from: lastTurn, to: at }], calm).map(({ from, to }) => to - from));
  return seenMs < FLAPPING_MS + 2 * HOUR_MS;
}

/** By how much a clock of Linkwatch was wrong within the span, or shortly before, at most. */
function skewWithin({ happenings }: Plan, { from, to }: Span): number {
  const wrong = happenings.flatMap((each) =>
    isMishap(each) && each.does === 'has a wrong clock' && each.from < to && each.to > from - 12 * HOUR_MS
      ? [Math.abs(each.byMs)]
      : [],
  );
  return Math.max(0, ...wrong);
}

export function clockText(at: Instant): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', ' ');
}

export function nameOf({ tenantId, network }: AccountId): string {
  return `${tenantId} ${network}`;
}
