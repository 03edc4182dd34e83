import type { Problem } from './problem.ts';
import type { ReadVariable } from './read-variables.ts';
import { type VariableName, variables } from './variables.ts';

/** Variables that mean something only together. */
const groups: readonly (readonly VariableName[])[] = [
  ['MAIL_DKIM_DOMAIN', 'MAIL_DKIM_SELECTOR', 'MAIL_DKIM_PRIVATE_KEY'],
];

/** Whatever is missing beside what is there. A value that is bad is there. */
export function missingBesideOthers(variables: readonly ReadVariable[]): readonly Problem[] {
  const absent = new Set(
    variables.filter(({ source, problem }) => source === 'not set' && problem === null).map(({ name }) => name),
  );
  return groups
    .filter((names) => names.some((name) => !absent.has(name)))
    .flatMap((names) =>
      names
        .filter((name) => absent.has(name))
        .map((name) =>
          problemOf(
            name,
            names.filter((other) => !absent.has(other)),
          ),
        ),
    );
}

function problemOf(variable: VariableName, present: readonly VariableName[]): Problem {
  const problem = `it is not set, and belongs to ${present.join(' and ')}`;
  return { variable, value: null, problem, instead: `${variables[variable].example}; or none of them` };
}
