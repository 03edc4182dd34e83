import { proxyNames } from './proxy-names.ts';
import type { Environment } from './read-variables.ts';
import { variables } from './variables.ts';

/** A name that no variable has, so that its value has no effect. */
export type UnknownVariable = Readonly<{
  name: string;
  from: '.env' | 'environment';
  /** The known name that was probably meant; null when none is like it. */
  nearest: string | null;
}>;

/** Not NO_PROXY: it is so short that it is near to much that has nothing to do with it. */
const candidates = Object.entries(variables)
  .filter(([name]) => name !== 'NO_PROXY')
  .flatMap(([name, { isSecret }]) => (isSecret ? [name, `${name}_FILE`] : [name]));
/** Also the FILE of what is no secret, which is refused in a sentence of its own. */
const known = new Set([
  'LINKWATCH_HOME',
  ...proxyNames.map((name) => name.toLowerCase()),
  ...Object.keys(variables).flatMap((name) => [name, `${name}_FILE`]),
]);
/** A name of the environment with so many slips is still taken for one of ours. */
const MOST_SLIPS = 3;
/** How much farther a name counts that begins with another letter. */
const OTHER_LETTER = 2;
const OUR_PREFIX = /^(LINKWATCH|CONSTANT_CONTACT|POLL|FLEET|FLAP|MAIL_DKIM)_/;

/** `.env` is ours alone; of the environment, which is everybody's, only names that look like ours are told. */
export function unknownVariables(env: Environment, dotEnvNames: readonly string[] = []): readonly UnknownVariable[] {
  return Object.keys(env).flatMap((name): readonly UnknownVariable[] => {
    if (known.has(name) || env[name] === undefined) return [];
    if (dotEnvNames.includes(name)) {
      const { nearest, distance } = nearestTo(name);
      return [{ name, from: '.env', nearest: distance <= name.length ? nearest : null }];
    }
    if (OUR_PREFIX.test(name)) return [{ name, from: 'environment', nearest: nearestTo(name).nearest }];
    const { nearest, distance } = nearestTo(name, MOST_SLIPS);
    return distance <= (name.length < 12 ? 2 : MOST_SLIPS) ? [{ name, from: 'environment', nearest }] : [];
  });
}

export function unknownVariableText({ name, from, nearest }: UnknownVariable): string {
  const told = `${name} (${from === '.env' ? 'in .env' : 'in the environment'}) is no variable of Linkwatch`;
  return nearest === null ? told : `${told}; ${nearest} is the nearest`;
}

/** `most`: a name that is farther need not be found, which spares a command most of the comparing. */
function nearestTo(name: string, most = Number.POSITIVE_INFINITY): Readonly<{ nearest: string; distance: number }> {
  const given = name
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, '_')
    .replace(/^LINKWATCH_/, '');
  // People shorten names and slip in them, but hardly ever in the first letter: DB_URL is DATABASE_URL, not BRAND_URL.
  const penalty = (candidate: string) => (candidate[0] === given[0] ? 0 : OTHER_LETTER);
  let best = { nearest: '', distance: Number.POSITIVE_INFINITY, rank: most + OTHER_LETTER + 1 };
  for (const nearest of candidates) {
    const limit = best.rank - penalty(nearest);
    // The letters by which one is longer are to be added in any case.
    if (Math.abs(nearest.length - given.length) >= limit) continue;
    const distance = editDistance(given, nearest, limit);
    if (distance < limit) best = { nearest, distance, rank: distance + penalty(nearest) };
  }
  return best;
}

/**
 * Letters to add or take away, where two neighbours that changed places count as one: `FORM` is one from `FROM`. From
 * `limit` on it is not counted to the end.
 */
function editDistance(from: string, to: string, limit: number): number {
  let [beforeLast, last]: [number[], number[]] = [[], Array.from({ length: to.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= from.length; row += 1) {
    [beforeLast, last] = [last, nextRow(from, to, { row, last, beforeLast })];
    if (Math.min(...last, ...beforeLast) >= limit) return limit;
  }
  return last[to.length] ?? 0;
}

type Rows = Readonly<{ row: number; last: readonly number[]; beforeLast: readonly number[] }>;

/** How far the first `row` letters are from each beginning of the other text, by the two rows before. */
function nextRow(from: string, to: string, { row, last, beforeLast }: Rows): number[] {
  const current = [row];
  for (let column = 1; column <= to.length; column += 1) {
    const [a, b] = [from[row - 1], to[column - 1]];
    const isSwapped = row > 1 && column > 1 && a === to[column - 2] && b === from[row - 2];
    const options = [(last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1];
    if (a === b) options.push(last[column - 1] ?? 0);
    if (isSwapped) options.push((beforeLast[column - 2] ?? 0) + 1);
    current.push(Math.min(...options));
  }
  return current;
}
