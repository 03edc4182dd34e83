import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareMail, replayedMail, sentMail } from '../../../src/domain/replay/compare-mail.ts';
import { replayTenant } from '../../../src/domain/replay/replay-tenant.ts';
import { pastOf } from '../../support/domain-past.ts';
import { alertSettings } from '../../support/domain-settings.ts';
import { tell } from '../../support/domain-simulation.ts';
import { type Happening, START, type Story } from '../../support/domain-story.ts';
import { anyStoryWithWorkingMail } from '../../support/domain-story-arbitrary.ts';
import { ms } from '../../support/domain-time.ts';

/**
 * Without what nobody writes down: what people changed, when we were stopped.
 * No two things happen in one moment: whether a mail that is due goes out before a poll or after it is chance then.
 */
const anyRecordedStory: fc.Arbitrary<Story> = anyStoryWithWorkingMail.map((story) => {
  const script = story.script.filter(([, what]) => isWrittenDown(what)).map(apart);
  return { ...story, script, until: Number(story.until) + script.length * APART_MS };
});

/** As in properties.test.ts: FUZZ_SEED and FUZZ_RUNS look elsewhere, and further. */
const runs = { seed: Number(process.env.FUZZ_SEED ?? 1), numRuns: Number(process.env.FUZZ_RUNS ?? 200) };

const APART_MS = ms('7s');

function apart([when, what]: Story['script'][number], index: number): Story['script'][number] {
  return [Number(when) + index * APART_MS, what];
}

function isWrittenDown(what: Happening): boolean {
  return what.kind !== 'change' && what.kind !== 'stop';
}

describe('The policy applied to the past', () => {
  it('would send what it sent, whatever happened', () => {
    fc.assert(
      fc.property(anyRecordedStory, (story) => {
        expect(differencesOf(story)).toEqual([]);
      }),
      runs,
    );
  });
});

function ended<Result>(steps: Generator<unknown, Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

function differencesOf(story: Story): readonly string[] {
  const told = tell(story);
  const until = typeof story.until === 'number' ? story.until : ms(story.until);
  const past = pastOf(told);
  const rules = { settings: alertSettings(story.settings), operatorEmail: null };
  const { mail } = ended(replayTenant(past, { from: START, to: START + until }, rules));
  return compareMail(mail.map(replayedMail), sentMail(past, START))
    .filter(({ difference }) => difference !== 'none')
    .map(({ difference, would, was }) => `${difference} ${JSON.stringify(would)} ${JSON.stringify(was)}`);
}
