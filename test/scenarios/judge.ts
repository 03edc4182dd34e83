import { ms } from '../support/domain-time.ts';
import { atExpectedMinute, inOrder } from './at-expected-minute.ts';
import { naiveMail } from './naive-policy.ts';
import { type Score, scoreOf } from './score.ts';
import type { Chapter, Story } from './story.ts';
import { tellStory } from './tell-story.ts';
import { expectedMail, lineOf } from './told-mail.ts';

/** One story as Linkwatch and the naive policy tell it. */
export type Judged = Readonly<{
  chapter: string;
  story: Story;
  /** To the minute, and nothing else. */
  isExact: boolean;
  expected: readonly string[];
  told: readonly string[];
  linkwatch: Score;
  naive: Score;
}>;

export async function judgeAll(chapters: readonly Chapter[]): Promise<readonly Judged[]> {
  const judged: Judged[] = [];
  for (const { title, stories } of chapters) {
    for (const story of stories) judged.push({ chapter: title, ...(await judge(story)) });
  }
  return judged;
}

async function judge(story: Story): Promise<Omit<Judged, 'chapter'>> {
  const due = expectedMail(story);
  const mails = await tellStory(story);
  const lateAfterMs = ms(story.lateAfter ?? '10m');
  const expected = inOrder(due).map(lineOf);
  const told = atExpectedMinute(mails, due).map(lineOf);
  return {
    story,
    expected,
    told,
    isExact: told.join('\n') === expected.join('\n'),
    linkwatch: scoreOf(mails, due, lateAfterMs),
    naive: scoreOf(naiveMail(story), due, lateAfterMs),
  };
}
