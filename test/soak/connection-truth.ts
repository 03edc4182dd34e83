import type { Account, Break, Evidence, SeenPoll } from './evidence.ts';

/** An answer is made at some moment of its poll, by a clock that is read a moment earlier or later. */
const BLUR_MS = 300;

/** What one account was like, and when Linkwatch looked: to tell what Linkwatch can have known at a time. */
export type ConnectionTruth = Readonly<{
  breaks: readonly Break[];
  /** The break that a mail of that time can be about: the latest that had begun. */
  breakAt(at: number): Break | undefined;
  /** Polls that began before `at` and may have shown this break. */
  mayShow(which: Break, at: number): readonly SeenPoll[];
  /** Polls that ended before `at` and showed for sure that this break was over. */
  showOver(which: Break, at: number): readonly SeenPoll[];
  /** Polls that began before `at` and may have shown that this break was over. */
  mayShowOver(which: Break, at: number): readonly SeenPoll[];
  /** Polls that ended before `at` and showed this break for sure. */
  show(which: Break, at: number): readonly SeenPoll[];
}>;

export function truthsOf({ breaks, polls }: Pick<Evidence, 'breaks' | 'polls'>): (account: Account) => ConnectionTruth {
  const pollsOf = Map.groupBy(polls, ({ tenantId }) => tenantId);
  const breaksOf = Map.groupBy(breaks, keyOf);
  return (account) =>
    truthOf(
      (breaksOf.get(keyOf(account)) ?? []).toSorted((a, b) => a.from - b.from),
      pollsOf.get(account.tenantId) ?? [],
    );
}

export function keyOf({ tenantId, network }: Account): string {
  return `${tenantId} ${network}`;
}

function truthOf(breaks: readonly Break[], polls: readonly SeenPoll[]): ConnectionTruth {
  const endOf = ({ to }: Break) => to ?? Number.POSITIVE_INFINITY;
  const nextAfter = (which: Break) => breaks[breaks.indexOf(which) + 1]?.from ?? Number.POSITIVE_INFINITY;
  const touching = (from: number, to: number, at: number) =>
    polls.filter((poll) => poll.from < at && poll.to + BLUR_MS >= from && poll.from - BLUR_MS <= to);
  const within = (from: number, to: number, at: number) =>
    polls.filter((poll) => poll.to < at && poll.from - BLUR_MS >= from && poll.to + BLUR_MS <= to);
  return {
    breaks,
    breakAt: (at) => breaks.findLast(({ from }) => from < at),
    mayShow: (which, at) => touching(which.from, endOf(which), at),
    show: (which, at) => within(which.from, endOf(which), at),
    mayShowOver: (which, at) => touching(endOf(which), nextAfter(which), at),
    showOver: (which, at) => within(endOf(which), nextAfter(which), at),
  };
}
