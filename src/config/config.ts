import { missingBesideOthers } from './all-or-none.ts';
import { shapeConfig } from './config-shape.ts';
import { formatProblems, type Problem, problemsTitle } from './problem.ts';
import { missingFor, type Purpose } from './purpose.ts';
import { type Environment, type ReadFile, type Reading, readVariables, valuesOf } from './read-variables.ts';
import { secretRedactor } from './redact-secrets.ts';
import type { Variable } from './variable.ts';
import { variableGroups, variables } from './variables.ts';

export { readAlertRules } from './alert-rules.ts';
export type { Config } from './config-shape.ts';
export { renderEnvExample } from './env-example.ts';
export { cronProblem } from './parse-cron.ts';
export { parseDuration } from './parse-duration.ts';
export type { Environment, Problem, Purpose, ReadFile };
export { formatProblems, problemsTitle };

export type ConfigOptions = Readonly<{
  readFile: ReadFile;
  purpose: Purpose;
  /** Whether the logs go to a terminal: then they are pretty unless LOG_FORMAT says otherwise. */
  isTerminal: boolean;
}>;

export type LoadedConfig =
  | Readonly<{ ok: true; config: ReturnType<typeof shapeConfig> }>
  | Readonly<{ ok: false; problems: readonly Problem[] }>;

/** Validates the whole environment: a frozen Config, or every problem at once. */
export function loadConfig(env: Environment, { readFile, purpose, isTerminal }: ConfigOptions): LoadedConfig {
  const readings = readVariables(env, readFile);
  const problems = [...problemsOf(readings, readFile), ...missingFor(purpose, readings)];
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, config: shapeConfig(valuesOf(readings), isTerminal) };
}

/** One line of what `linkwatch config` shows. */
export type DescribedVariable = Readonly<{
  name: string;
  group: string;
  meaning: string;
  /** Secrets as `[redacted]`; null when there is no value. */
  value: string | null;
  source: Reading['source'];
  default: string | null;
}>;

/** Every variable as it stands, together with what is wrong. Nothing in it is a secret. */
export function describeConfig(
  env: Environment,
  readFile: ReadFile,
): Readonly<{ variables: readonly DescribedVariable[]; problems: readonly Problem[] }> {
  const readings = readVariables(env, readFile);
  return { variables: readings.map(describe), problems: problemsOf(readings, readFile) };
}

/** For the last line of defence: what replaces this environment's secrets in any text by `[redacted]`. */
export function redactorFor(env: Environment, readFile: ReadFile): (text: string) => string {
  return secretRedactor(readVariables(env, readFile));
}

function problemsOf(readings: readonly Reading[], readFile: ReadFile): readonly Problem[] {
  const problems = readings.flatMap(({ problem }) => (problem === null ? [] : [problem]));
  return [...problems, ...missingBesideOthers(readings), ...unreadableFiles(readings, readFile)];
}

/** A file that is read later must be there now. */
function unreadableFiles(readings: readonly Reading[], readFile: ReadFile): readonly Problem[] {
  const steps = readings.find(({ name }) => name === 'RECONNECT_STEPS_FILE');
  if (steps?.text == null) return [];
  try {
    readFile(steps.text);
    return [];
  } catch {
    const problem = 'the file cannot be read';
    return [{ variable: steps.name, value: steps.shown, problem, instead: 'the path of a file, or nothing' }];
  }
}

function describe({ name, source, shown }: Reading): DescribedVariable {
  const { meaning, fallback }: Variable<unknown> = variables[name];
  const [group = ''] = Object.entries(variableGroups).find(([, members]) => name in members) ?? [];
  return { name, group, meaning, value: shown, source, default: fallback };
}
