/** One thing wrong with the configuration, and what to do about it. Never contains a secret. */
export type Problem = Readonly<{
  variable: string;
  /** The value as it may be shown; null when the variable is not set. */
  value: string | null;
  problem: string;
  instead: string;
}>;

export function problemsTitle(problems: readonly Problem[]): string {
  return problems.length === 1
    ? 'The configuration has a problem.'
    : `The configuration has ${problems.length} problems.`;
}

/** For a person: every problem, with what to write instead. */
export function formatProblems(problems: readonly Problem[], title = problemsTitle(problems)): string {
  return [title, ...problems.map(formatProblem)].join('\n\n');
}

function formatProblem({ variable, value, problem, instead }: Problem): string {
  const name = value === null ? variable : `${variable}=${value}`;
  return `  ${name}\n    ${problem}\n    write: ${instead}`;
}
