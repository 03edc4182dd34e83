import { MINUTE_MS } from '../../src/domain/model/time.ts';
import { lineOf, type ToldMail } from './told-mail.ts';

/** What was told within a minute of the expected time, as if to the minute; in order, for comparison. */
export function atExpectedMinute(told: readonly ToldMail[], expected: readonly ToldMail[]): readonly ToldMail[] {
  const open = [...expected];
  const adjusted = told.map((mail) => {
    const index = open.findIndex((other) => isSame(mail, other) && Math.abs(mail.at - other.at) <= MINUTE_MS);
    const [match] = index < 0 ? [] : open.splice(index, 1);
    return { ...mail, at: match?.at ?? mail.at };
  });
  return inOrder(adjusted);
}

export function inOrder(mails: readonly ToldMail[]): readonly ToldMail[] {
  return mails.toSorted((a, b) => a.at - b.at || lineOf(a).localeCompare(lineOf(b)));
}

export function isSame(a: ToldMail, b: ToldMail): boolean {
  return a.kind === b.kind && a.to === b.to && a.about.join() === b.about.join();
}
