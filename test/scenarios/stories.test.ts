import { describe, expect, it } from '@jest/globals';
import { ms } from '../support/domain-time.ts';
import { rowsOf } from '../support/memory-rows.ts';
import { atExpectedMinute, inOrder } from './at-expected-minute.ts';
import { corpus } from './corpus.ts';
import { liveStory } from './tell-story.ts';
import { expectedMail, lineOf } from './told-mail.ts';

const A_BUSY_MACHINE_MS = 60_000;

for (const { title, stories } of corpus) {
  describe(title, () => {
    for (const story of stories) {
      it(
        story.name,
        async () => {
          const expected = expectedMail(story);
          const { told, world } = await liveStory(story);
          expect(atExpectedMinute(told, expected).map(lineOf)).toEqual(inOrder(expected).map(lineOf));
          // Time and chance are inputs, so it comes out the same when it is told again; also when every poll is assessed.
          const assessed = await liveStory(story, { tellsDigests: false });
          expect(assessed.told).toEqual(told);
          expect(rowsOf(assessed.world.store)).toEqual(rowsOf(world.store));
        },
        A_BUSY_MACHINE_MS,
      );
    }
  });
}

describe('the corpus', () => {
  const stories = corpus.flatMap((chapter) => chapter.stories);

  it('has no two stories of one name, and enough of them', () => {
    expect(new Set(stories.map(({ name }) => name)).size).toBe(stories.length);
    expect(stories.length).toBeGreaterThanOrEqual(60);
  });

  it('shows every rule, and spares every pain that a story can show', () => {
    const range = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
    expect(covered(stories.flatMap(({ rules }) => rules))).toEqual(range(11));
    expect(covered(stories.flatMap(({ pains }) => pains))).toEqual([...range(16), 19, 20, 21, 24, 25]);
  });

  it.each(stories)('tells in order, and to its end: $name', ({ script, mail, until }) => {
    const times = script.map(([when]) => ms(when));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(Math.max(0, ...times, ...mail.map(([when]) => ms(when)))).toBeLessThanOrEqual(ms(until));
  });
});

function covered(numbers: readonly number[]): readonly number[] {
  return [...new Set(numbers)].toSorted((a, b) => a - b);
}
