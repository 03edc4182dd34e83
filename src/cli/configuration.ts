import {
  type Config,
  describeConfig,
  type Environment,
  loadConfig,
  type Purpose,
  readAlertRules,
  redactorFor,
  renderEnvExample,
} from '../config/config.ts';
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
  return describeConfig(cli.env, cli.readFile);
}

/** Whether `start` would find all that it needs, as lines of `doctor`. */
export function configurationChecks(cli: Cli): readonly DoctorCheck[] {
  const loaded = load(cli, 'start');
  if (loaded.ok) return [{ name: 'configuration', ok: true, detail: 'complete', remedy: null }];
  return loaded.problems.map(({ variable, problem, instead }) => ({
    name: variable,
    ok: false,
    detail: problem,
    remedy: `Write ${instead}.`,
  }));
}

export function redactorOf(cli: Cli): (text: string) => string {
  return redactorFor(cli.env, cli.readFile);
}

function load(cli: Cli, purpose: Purpose): ReturnType<typeof loadConfig> {
  return loadConfig(cli.env, { readFile: cli.readFile, purpose, isTerminal: cli.stderr.isTerminal });
}
