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
import type { Configured } from '../monitoring/ports.ts';
import type { DoctorCheck } from '../monitoring/views.ts';
import type { Cli } from './context.ts';
import { BadConfiguration, BadSettings } from './failure.ts';

export { renderEnvExample };

export function requireConfig(cli: Cli, purpose: Purpose): Config {
  const loaded = load(cli, purpose);
  if (!loaded.ok) throw new BadConfiguration(loaded.problems);
  return loaded.config;
}

/** The alert rules of `NAME=VALUE` texts, which stand in for what is configured. */
export function requireAlertRules(assignments: readonly string[]): Environment {
  const rules = readAlertRules(assignments);
  if (!rules.ok) throw new BadSettings(rules.problems);
  return rules.environment;
}

export function describeSettings(cli: Cli): ReturnType<typeof describeConfig> {
  return describeConfig(cli.env, { readFile: cli.readHomeFile, dotEnvNames: cli.dotEnv.names });
}

/** The environment of a command or of a program. */
type Variables = Pick<Cli, 'env' | 'dotEnv' | 'readHomeFile'> & Readonly<{ stderr: Pick<Cli['stderr'], 'isTerminal'> }>;

/** The environment of a program that sets its variables itself. */
export function madeVariables(env: Environment): Variables {
  const dotEnv = { file: '.env', names: [], isExposed: false };
  return { env, dotEnv, readHomeFile: () => '', stderr: { isTerminal: false } };
}

/** What the application may ask of the variables later. */
export function configuredBy(cli: Variables): Configured {
  return {
    checks: () => configurationChecks(cli),
    redact: (text) => redactorOf(cli)(text),
    alertRules: (assignments) => {
      const rules = readAlertRules(assignments);
      if (!rules.ok) return rules;
      const loaded = load({ ...cli, env: { ...cli.env, ...rules.environment } }, 'read');
      return loaded.ok ? { ok: true, settings: loaded.config.alerts } : loaded;
    },
  };
}

/** Whether `start` would find all that it needs, as lines of `doctor`. */
function configurationChecks(cli: Variables): readonly DoctorCheck[] {
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

export function redactorOf({ env, readHomeFile }: Pick<Cli, 'env' | 'readHomeFile'>): (text: string) => string {
  return redactorFor(env, readHomeFile);
}

function load(cli: Variables, purpose: Purpose): ReturnType<typeof loadConfig> {
  const { env, readHomeFile: readFile, dotEnv, stderr } = cli;
  return loadConfig(env, { readFile, dotEnvNames: dotEnv.names, purpose, isTerminal: stderr.isTerminal });
}
