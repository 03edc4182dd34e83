import { describe, expect, it } from '@jest/globals';
import { atExpectedMinute, inOrder } from './at-expected-minute.ts';
import { corpus } from './corpus.ts';
import { needs } from './needs.ts';
import type { Story } from './story.ts';
import { tellStory } from './tell-story.ts';
import { expectedMail, lineOf } from './told-mail.ts';

const A_BUSY_MACHINE_MS = 60_000;

for (const { title, stories } of corpus) {
  describe(title, () => {
    for (const story of stories) {
      const test = isTellable(story) ? it : it.skip;
      test(
        story.name,
        async () => {
          const expected = expectedMail(story);
          const told = atExpectedMinute(await tellStory(story), expected);
          expect(told.map(lineOf)).toEqual(inOrder(expected).map(lineOf));
        },
        A_BUSY_MACHINE_MS,
      );
    }
  });
}

function isTellable({ waitsFor }: Story): boolean {
  return waitsFor === undefined || !needs.includes(waitsFor);
}
