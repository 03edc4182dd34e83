import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { closeIncident } from '../../../src/domain/model/incident.ts';
import type { TenantPast } from '../../../src/domain/model/tenant-past.ts';
import { compareMail, replayedMail, sentMail } from '../../../src/domain/replay/compare-mail.ts';
import { replayTenant } from '../../../src/domain/replay/replay-tenant.ts';
import {
  broken,
  closedByCommand,
  fails,
  fine,
  limited,
  profileless,
  type Showing,
  shows,
  unanswered,
} from '../../support/domain-happenings.ts';
import { pastOf } from '../../support/domain-past.ts';
import { alertSettings } from '../../support/domain-settings.ts';
import { tell } from '../../support/domain-simulation.ts';
import { type Happening, type Script, START, type Story } from '../../support/domain-story.ts';
import { anyStoryWithWorkingMail } from '../../support/domain-story-arbitrary.ts';
import { well } from '../../support/domain-story-table.ts';
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

describe('The policy applied to a past of our own making', () => {
  const [works, breaks] = [shows({ facebook: fine }), shows({ facebook: broken })];
  const both = (facebook: Showing, instagram: Showing) => shows({ facebook, instagram });
  const closedOf = (network: string): Happening => ({
    kind: 'change',
    change: ({ connections, incidents }, now) => {
      const ids = connections.filter((connection) => connection.network === network).map(({ id }) => id);
      const closed = incidents.filter(({ connectionId }) => ids.some((id) => id === connectionId));
      return { incidents: closed.map((incident) => closeIncident(incident, 'by_command', now)) };
    },
  });
  const day = ms('1d');

  it.each<[string, Script, until: number, mails: number]>([
    ['a quiet month', [], 30 * day, 0],
    [
      'a break and its repair',
      [
        ['30m', breaks],
        ['5d', works],
      ],
      9 * day,
      3,
    ],
    ['a break that nobody mends', [['30m', breaks]], 20 * day, 5],
    [
      'a suspicion that was wrong',
      [
        ['30m', breaks],
        ['1h5m', works],
      ],
      3 * day,
      0,
    ],
    [
      'one that is limited for hours',
      [
        ['30m', shows({ facebook: limited })],
        ['5h', works],
      ],
      3 * day,
      2,
    ],
    ['one that is limited for days', [['30m', shows({ facebook: { ...limited, ...broken } })]], 6 * day, 2],
    ['a network that does not answer for days', [['30m', shows({ facebook: unanswered })]], 6 * day, 2],
    [
      'another problem than before',
      [
        ['30m', shows({ facebook: profileless })],
        ['2d', breaks],
      ],
      6 * day,
      3,
    ],
    [
      'one that an answer leaves out once',
      [
        ['30m', shows({})],
        ['1h5m', works],
      ],
      2 * day,
      0,
    ],
    ['one that is gone', [['30m', shows({})]], 3 * day, 1],
    [
      'one that is gone and back, broken',
      [
        ['30m', shows({})],
        ['2d', breaks],
      ],
      5 * day,
      3,
    ],
    [
      'two, of which one breaks',
      [
        ['30m', both(fine, fine)],
        ['4h', both(broken, fine)],
      ],
      4 * day,
      2,
    ],
    [
      'two, of which an answer leaves out one',
      [
        ['30m', both(fine, fine)],
        ['4h', works],
        ['5h5m', both(fine, fine)],
      ],
      day,
      0,
    ],
    [
      'answers in part',
      [
        ['30m', both(fine, fine)],
        ['4h', shows({ facebook: broken }, true)],
        ['2d', works],
      ],
      4 * day,
      3,
    ],
    [
      'polls that fail for hours',
      [
        ['30m', breaks],
        ['4h', fails('timeout')],
        ['9h', works],
      ],
      3 * day,
      2,
    ],
    ['access that is lost', [['30m', fails('invalid_grant')]], 5 * day, 2],
    [
      'access that is denied, and comes back',
      [
        ['30m', fails('forbidden')],
        ['3d', works],
      ],
      5 * day,
      3,
    ],
    [
      'what a command closed, and what is still so',
      [
        ['30m', breaks],
        ['3d', closedByCommand()],
      ],
      8 * day,
      4,
    ],
    [
      'two, of which a command closed one',
      [
        ['30m', both(broken, broken)],
        ['3d', closedOf('instagram')],
      ],
      6 * day,
      4,
    ],
    [
      'what a command closed of our access',
      [
        ['30m', fails('invalid_grant')],
        ['3d', closedByCommand()],
      ],
      6 * day,
      2,
    ],
  ])('would send what it sent: %s', (_, script, until, mails) => {
    const story: Story = { script: [well, ...script], until };
    expect(differencesOf(story)).toEqual([]);
    expect(tell(story).mail).toHaveLength(mails);
  });

  const rules = { settings: alertSettings(), operatorEmail: null };
  const replayed = (past: TenantPast, from: number, to: number) =>
    ended(replayTenant(past, { from: START + from, to: START + to }, rules));

  it('counts the polls of the range, and nothing else that happened', () => {
    const past = pastOf(tell({ script: [well, ['30m', breaks], ['3h30m', closedByCommand()]], until: ms('6h') }));
    expect(replayed(past, 0, ms('6h')).polls).toBe(past.polls.length);
    const within = past.polls.filter(({ at }) => at >= START + ms('2h') && at <= START + ms('4h'));
    expect(replayed(past, ms('2h'), ms('4h')).polls).toBe(within.length);
  });

  it('leaves out an answer that a later one overtook', () => {
    const past = pastOf(tell({ script: [well], until: ms('4h') }));
    const polls = past.polls.flatMap((poll) => [poll, { ...poll, at: poll.at - 1 }]);
    expect(replayed({ ...past, polls }, 0, ms('4h')).polls).toBe(past.polls.length);
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
