import type { Instant } from '../../src/domain/model/time.ts';
import type { ShownAnswer } from './evidence.ts';
import type { Look } from './plan.ts';
import { actionOf } from './promises.ts';

/** Answers about an account that follow each other and mean the same. */
export type Run = Readonly<{
  is: 'good' | 'bad' | 'gone' | 'neutral';
  from: Instant;
  to: Instant;
  /** What its answers ask somebody to do. */
  actions: ReadonlySet<string>;
}>;

/** A neutral answer neither counts nor ends a run: its own runs lie beside the others. */
export function runsOf(answers: readonly ShownAnswer[], network: string): readonly Run[] {
  const shown = answers.flatMap(({ at, looks }): readonly Run[] => {
    const look = looks[network];
    if (look === undefined) return [];
    const action = actionOf[look];
    return [{ is: meaningOf(look), from: at, to: at, actions: new Set(action === null ? [] : [action]) }];
  });
  const settled = joined(shown.filter(({ is }) => is !== 'neutral'));
  const unanswered = joined(shown).filter(({ is }) => is === 'neutral');
  return [...settled, ...unanswered].toSorted((a, b) => a.to - b.to);
}

function meaningOf(look: Look): Run['is'] {
  if (look === 'gone') return 'gone';
  if (look === 'unanswered') return 'neutral';
  return look === 'fine' ? 'good' : 'bad';
}

/** Those that follow each other and mean the same are one. */
export function joined(runs: readonly Run[]): readonly Run[] {
  const all: Run[] = [];
  for (const run of runs) {
    const last = all.at(-1);
    if (last?.is === run.is) {
      all[all.length - 1] = { ...last, to: run.to, actions: last.actions.union(run.actions) };
    } else {
      all.push(run);
    }
  }
  return all;
}
