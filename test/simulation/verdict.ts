/** Something that somebody was to be told of by a moment, and whether it was. */
export type Owed = Readonly<{ text: string; isTold: boolean }>;

/** `wrong` is what is no mail to an owner: faults, events, work that was left, the operator's mail. */
export type Fault = Readonly<{ kind: 'false' | 'doubled' | 'wrong'; text: string }>;

export type Verdict = Readonly<{ owed: readonly Owed[]; faults: readonly Fault[] }>;

export type Score = Readonly<{
  owed: number;
  told: number;
  missed: number;
  false: number;
  doubled: number;
  wrong: number;
}>;

export const NO_SCORE: Score = { owed: 0, told: 0, missed: 0, false: 0, doubled: 0, wrong: 0 };

export function addScores(a: Score, b: Score): Score {
  const names = Object.keys(NO_SCORE) as (keyof Score)[];
  return Object.fromEntries(names.map((name) => [name, a[name] + b[name]])) as Score;
}

export function scoreOf({ owed, faults }: Verdict): Score {
  const told = owed.filter(({ isTold }) => isTold).length;
  const count = (kind: Fault['kind']) => faults.filter((fault) => fault.kind === kind).length;
  const [falseOnes, doubled, wrong] = [count('false'), count('doubled'), count('wrong')];
  return { owed: owed.length, told, missed: owed.length - told, false: falseOnes, doubled, wrong };
}

/** All that Linkwatch has promised and not kept, each violation as a line; none, if it kept everything. */
export function violationsOf({ owed, faults }: Verdict): readonly string[] {
  return [
    ...owed.filter(({ isTold }) => !isTold).map(({ text }) => `missed: ${text}`),
    ...faults.map(({ kind, text }) => `${kind}: ${text}`),
  ];
}
