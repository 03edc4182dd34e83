import { codeOf } from './error-code.ts';
import type { Problem } from './problem.ts';
import { withProxyNames } from './proxy-names.ts';
import { type Parsed, type Rejected, rejected, type Variable } from './variable.ts';
import { type Values, type VariableName, variables } from './variables.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Gives a file's text, or throws. */
export type ReadFile = (path: string) => string;

type ValueSource = 'set' | 'file' | 'default' | 'not set';

/** What one variable came to: its text, and whether that is a value. */
export type ReadVariable = Readonly<{
  name: VariableName;
  source: ValueSource;
  /** The value as it may be shown to anyone; null when there is none. */
  shown: string | null;
  /** The value as it stands there, so never to be shown. */
  text: string | null;
  parsed: Parsed<unknown> | null;
  problem: Problem | null;
}>;

export function readVariables(env: Environment, readFile: ReadFile): readonly ReadVariable[] {
  const names = Object.keys(variables) as VariableName[];
  const named = withProxyNames(env);
  return names.map((name) => readVariable(name, named, readFile));
}

/** The parsed values; a variable with a problem counts as not set. */
export function valuesOf(variables: readonly ReadVariable[]): Values {
  const entries = variables.map(({ name, parsed }) => [name, parsed?.ok ? parsed.value : null]);
  // The table says which parser belongs to which name; a list of entries cannot carry that to the compiler.
  return Object.fromEntries(entries) as Values;
}

function readVariable(name: VariableName, env: Environment, readFile: ReadFile): ReadVariable {
  const variable: Variable<unknown> = variables[name];
  const found = findText(name, env, readFile);
  if (found.problem !== null) return { name, source: 'not set', shown: null, text: null, parsed: null, ...found };
  const text = found.text ?? variable.fallback;
  if (text === null) return { name, source: 'not set', shown: null, text, parsed: null, problem: null };

  const source = found.text === null ? 'default' : found.source;
  const shown = variable.show(text);
  const parsed = tooLong(text) ?? quotesLeft(text) ?? variable.parse(text);
  const problem = parsed.ok ? null : { variable: name, value: shown, problem: parsed.problem, instead: parsed.instead };
  return { name, source, shown, text, parsed, problem };
}

/** No value that makes sense is as long, and parsers may take their time with one that is. */
const LONGEST = 10_000;

function tooLong(text: string): Rejected | null {
  return text.length > LONGEST ? rejected(`it is longer than ${LONGEST} characters`, 'a shorter value') : null;
}

/** `docker --env-file` passes on the quotation marks that `.env` has; and a pair may be left open anywhere. */
function quotesLeft(text: string): Rejected | null {
  if (/^(["'`]).*\1$/s.test(text)) {
    return rejected('it stands in quotation marks, which docker --env-file leaves in place', 'it without them');
  }
  return /^"[^"]*$/.test(text)
    ? rejected('it begins with a quotation mark that is never closed', 'it with both marks or with none')
    : null;
}

type Found = Readonly<{ text: string | null; source: 'set' | 'file'; problem: null }> | Readonly<{ problem: Problem }>;

function findText(name: VariableName, env: Environment, readFile: ReadFile): Found {
  const text = textIn(env, name);
  const path = textIn(env, `${name}_FILE`);
  if (path === null) return { text, source: 'set', problem: null };
  const fault = { variable: `${name}_FILE`, value: path };
  if (!variables[name].isSecret) {
    return { problem: { ...fault, problem: 'only secrets are read from files', instead: `${name}=value` } };
  }
  if (text !== null) {
    return { problem: { ...fault, problem: `${name} is set as well`, instead: `one of ${name} and ${name}_FILE` } };
  }
  return readSecretFile(path, fault, readFile);
}

function readSecretFile(path: string, fault: Pick<Problem, 'variable' | 'value'>, readFile: ReadFile): Found {
  try {
    const text = readFile(path).trim();
    if (/[\0\ufffd]/.test(text))
      return { problem: { ...fault, problem: 'the file is not UTF-8', instead: 'a file in UTF-8' } };
    if (text !== '') return { text, source: 'file', problem: null };
    return { problem: { ...fault, problem: 'the file is empty', instead: 'the path of a file with the value alone' } };
  } catch (error) {
    const problem = `the file cannot be read (${codeOf(error)})`;
    return { problem: { ...fault, problem, instead: 'the path of a file that this user may read' } };
  }
}

/** White space around a value is never meant, and an empty one counts as not set. */
function textIn(env: Environment, name: string): string | null {
  const text = env[name]?.trim() ?? '';
  return text === '' ? null : text;
}
