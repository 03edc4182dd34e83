import type { Evidence, TakenMail } from './evidence.ts';

/** What the server took is stored as sent within this, unless something keeps Linkwatch from it. */
const NOTED_WITHIN_MS = 5_000;
/** A mail was sent a moment before the server has read it; its sender may be dead by then. */
const READ_WITHIN_MS = 2_000;

/** Mails that came again with a Message-ID that had come before: with, or without, something that explains it. */
export function judgeRepeats({ mails, kills, outages }: Pick<Evidence, 'mails' | 'kills' | 'outages'>): Readonly<{
  explained: readonly TakenMail[];
  unexplained: readonly TakenMail[];
}> {
  const isHidden = ({ at, isDropped }: TakenMail) =>
    isDropped ||
    kills.some((kill) => kill >= at - READ_WITHIN_MS && kill <= at + NOTED_WITHIN_MS) ||
    outages.some(({ from, to }) => from <= at + NOTED_WITHIN_MS && to >= at - READ_WITHIN_MS);
  const copies = [...Map.groupBy(mails, ({ messageId }) => messageId).values()];
  const repeats = copies.flatMap((taken) =>
    taken.slice(1).map((mail, index) => ({ mail, isExplained: isHidden(taken[index] ?? mail) })),
  );
  return {
    explained: repeats.filter(({ isExplained }) => isExplained).map(({ mail }) => mail),
    unexplained: repeats.filter(({ isExplained }) => !isExplained).map(({ mail }) => mail),
  };
}
