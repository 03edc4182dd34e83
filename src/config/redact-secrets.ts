import type { ReadVariable } from './read-variables.ts';
import { REDACTED } from './variable.ts';
import { variables } from './variables.ts';

/** Shorter ones would blot out ordinary words. */
const SHORTEST = 4;
const SECRET_PARAMETER = /pass|secret|token|key/i;

/** Replaces every secret of the configuration, should a library's message have one in it. */
export function secretRedactor(read: readonly ReadVariable[]): (text: string) => string {
  const secrets = read
    .filter(({ name, source }) => variables[name].isSecret && source !== 'default')
    .flatMap(({ text }) => (text === null ? [] : secretsIn(text)))
    .filter((part) => part.length >= SHORTEST)
    .sort((a, b) => b.length - a.length);
  return (text) => secrets.reduce((result, part) => result.replaceAll(part, REDACTED), text);
}

/** Keys come as a list; a URL's password also appears alone and decoded. A file's path is no secret. */
function secretsIn(text: string): readonly string[] {
  const url = URL.parse(text);
  if (url === null) return [text, ...text.split(',').map((part) => part.trim())];
  const parameters = [...url.searchParams].filter(([name]) => SECRET_PARAMETER.test(name)).map(([, value]) => value);
  const inside = [url.password || url.username, ...parameters];
  return [...(url.protocol === 'file:' ? [] : [text]), ...inside, ...inside.map(decoded)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
