import {
  type Config,
  describeConfig,
  type Environment,
  loadConfig,
  type Purpose,
  readAlertRules,
  redactorFor,
  renderEnvExample,
  unknownVariables,
  unknownVariableText,
} from '../config/config.ts';
import { failed, passed } from '../monitoring/operations/doctor-check.ts';
import type { DoctorCheck } from '../monitoring/views.ts';
import type { Cli } from './context.ts';
import { BadConfiguration, BadSettings } from './failure.ts';

export { renderEnvExample };

export function requireConfig(cli: Cli, purpose: Purpose): Config {
  const loaded = load(cli, purpose);
  if (!loaded.ok) throw new BadConfiguration(loaded.problems);
  return loaded.config;
}

/** Of `NAME=VALUE` texts; they stand in for what is configured. */
export function requireAlertRules(assignments: readonly string[]): Environment {
  const rules = readAlertRules(assignments);
  if (!rules.ok) throw new BadSettings(rules.problems);
  return rules.environment;
}

export function describeSettings(cli: Cli): ReturnType<typeof describeConfig> {
  return describeConfig(cli.env, { readFile: cli.readHomeFile, dotEnvNames: cli.dotEnv.names });
}

/** Whether `start` would find all that it needs, as lines of `doctor`. */
export function configurationChecks(cli: Cli): readonly DoctorCheck[] {
  const loaded = load(cli, 'start');
  const problems = loaded.ok ? [] : loaded.problems;
  const unknown = unknownVariables(cli.env, cli.dotEnv.names);
  const { file, isExposed } = cli.dotEnv;
  const exposed = isExposed
    ? [failed(file, 'other users of this machine may read it, with the secrets in it', `Run chmod 600 ${file}.`)]
    : [];
  if (problems.length + unknown.length === 0) return [passed('configuration', 'complete'), ...exposed];
  return [
    ...exposed,
    ...problems.map(({ variable, problem, instead }) => failed(variable, problem, `Write ${instead}.`)),
    ...unknown.map((each) => failed('unknown variable', unknownVariableText(each), 'Correct its name, or remove it.')),
  ];
}

export function redactorOf(cli: Cli): (text: string) => string {
  return redactorFor(cli.env, cli.readHomeFile);
}

function load(cli: Cli, purpose: Purpose): ReturnType<typeof loadConfig> {
  const { env, readHomeFile: readFile, dotEnv, stderr } = cli;
  return loadConfig(env, { readFile, dotEnvNames: dotEnv.names, purpose, isTerminal: stderr.isTerminal });
}
