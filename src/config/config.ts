import { missingBesideOthers } from './all-or-none.ts';
import { shapeConfig } from './config-shape.ts';
import { formatProblems, type Problem, problemsTitle } from './problem.ts';
import { missingFor, type Purpose } from './purpose.ts';
import { type Environment, type ReadFile, type ReadVariable, readVariables, valuesOf } from './read-variables.ts';
import { secretRedactor } from './redact-secrets.ts';
import { type UnknownVariable, unknownVariables, unknownVariableText } from './unknown-variables.ts';
import type { Variable } from './variable.ts';
import { variableGroups, variables } from './variables.ts';

export { readAlertRules } from './alert-rules.ts';
export type { Config } from './config-shape.ts';
export { renderEnvExample } from './env-example.ts';
export { parseDuration } from './parse-duration.ts';
export type { Environment, Problem, Purpose, ReadFile, UnknownVariable };
export { formatProblems, problemsTitle, unknownVariables, unknownVariableText };

export type ConfigOptions = Readonly<{
  readFile: ReadFile;
  purpose: Purpose;
  /** The names in the environment that `.env` has set; none unless it is given. */
  dotEnvNames?: readonly string[];
  /** Whether the logs go to a terminal: then they are pretty unless LOG_FORMAT says otherwise. */
  isTerminal: boolean;
}>;

export type LoadedConfig =
  | Readonly<{ ok: true; config: ReturnType<typeof shapeConfig> }>
  | Readonly<{ ok: false; problems: readonly Problem[] }>;

/** Validates the whole environment: a frozen Config, or every problem at once. */
export function loadConfig(
  env: Environment,
  { readFile, dotEnvNames, purpose, isTerminal }: ConfigOptions,
): LoadedConfig {
  const read = readVariables(env, readFile);
  const problems = [...problemsOf(read, readFile), ...missingFor(purpose, read)];
  if (problems.length > 0) return { ok: false, problems };
  const unknown = unknownVariables(env, dotEnvNames);
  return { ok: true, config: shapeConfig(valuesOf(read), { isTerminal, unknown }) };
}

/** One line of what `linkwatch config` shows. */
export type DescribedVariable = Readonly<{
  name: string;
  group: string;
  meaning: string;
  /** Secrets as `[redacted]`; null when there is no value. */
  value: string | null;
  source: ReadVariable['source'];
  default: string | null;
  /** The daemon needs a value, and there is none. */
  isMissing: boolean;
}>;

/** Every variable as it stands, together with what keeps the daemon from starting. Nothing in it is a secret. */
export function describeConfig(
  env: Environment,
  { readFile, dotEnvNames }: Pick<ConfigOptions, 'readFile' | 'dotEnvNames'>,
): Readonly<{
  variables: readonly DescribedVariable[];
  unknown: readonly UnknownVariable[];
  problems: readonly Problem[];
}> {
  const read = readVariables(env, readFile);
  const missing = missingFor('start', read);
  const isMissing = ({ name }: ReadVariable) => missing.some(({ variable }) => variable === name);
  return {
    variables: read.map((variable) => ({ ...describe(variable), isMissing: isMissing(variable) })),
    unknown: unknownVariables(env, dotEnvNames),
    problems: [...problemsOf(read, readFile), ...missing],
  };
}

/** For the last line of defence: what replaces this environment's secrets in any text by `[redacted]`. */
export function redactorFor(env: Environment, readFile: ReadFile): (text: string) => string {
  return secretRedactor(readVariables(env, readFile));
}

function problemsOf(read: readonly ReadVariable[], readFile: ReadFile): readonly Problem[] {
  const problems = read.flatMap(({ problem }) => (problem === null ? [] : [problem]));
  return [...problems, ...missingBesideOthers(read), ...unreadableFiles(read, readFile)];
}

/** A file that is read later must be there now. */
function unreadableFiles(read: readonly ReadVariable[], readFile: ReadFile): readonly Problem[] {
  const steps = read.find(({ name }) => name === 'RECONNECT_STEPS_FILE');
  if (steps?.text == null || steps.problem !== null) return [];
  try {
    readFile(steps.text);
    return [];
  } catch {
    const problem = 'the file cannot be read';
    return [{ variable: steps.name, value: steps.shown, problem, instead: 'the path of a file, or nothing' }];
  }
}

function describe({ name, source, shown }: ReadVariable): Omit<DescribedVariable, 'isMissing'> {
  const { meaning, fallback }: Variable<unknown> = variables[name];
  const [group = ''] = Object.entries(variableGroups).find(([, members]) => name in members) ?? [];
  return { name, group, meaning, value: shown, source, default: fallback };
}
