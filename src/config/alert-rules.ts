import type { Problem } from './problem.ts';
import type { Environment } from './read-variables.ts';
import type { Variable } from './variable.ts';
import { variableGroups, variables } from './variables.ts';

const { DIGEST_AT: _whenNotWhether, ...alerts } = variableGroups['Whom to tell, and when'];
const rules: Readonly<Record<string, Variable<unknown>>> = { ...variableGroups['When to be certain'], ...alerts };

/** The variables that are alert rules: what decides whether, when and about what mail is sent. */
const alertRuleNames: readonly string[] = Object.keys(rules);

export type AlertRules =
  | Readonly<{ ok: true; environment: Environment }>
  | Readonly<{ ok: false; problems: readonly Problem[] }>;

/** `NAME=VALUE` texts as environment variables that can stand in for others, or every problem at once. */
export function readAlertRules(assignments: readonly string[]): AlertRules {
  const read = assignments.map(readAssignment);
  const problems = read.flatMap(({ problem }) => problem ?? []);
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, environment: Object.fromEntries(read.map(({ name, text }) => [name, text])) };
}

type Assignment = Readonly<{ name: string; text: string; problem: Problem | null }>;

function readAssignment(assignment: string): Assignment {
  const [, given = '', value = ''] = /^([^=]*)=(.*)$/s.exec(assignment) ?? [];
  const [name, text] = [given.trim(), value.trim()];
  const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
  const wrong = (problem: string, instead: string, shown: string | null) => ({
    name,
    text,
    problem: { variable: name === '' ? assignment : name, value: shown, problem, instead },
  });
  if (name === '') return wrong('it is not NAME=VALUE', 'CONFIRM_POLLS=3', null);
  if (rule === undefined) {
    const problem = Object.hasOwn(variables, name) ? 'it is not an alert rule' : 'there is no such variable';
    return wrong(problem, `one of ${alertRuleNames.join(', ')}`, null);
  }
  if (text === '') return wrong('it has no value', `${name}=${rule.example}`, '');
  const parsed = rule.parse(text);
  return parsed.ok ? { name, text, problem: null } : wrong(parsed.problem, parsed.instead, rule.show(text));
}
