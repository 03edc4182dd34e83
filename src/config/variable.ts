/** What a parser makes of a text. `problem` and `instead` never quote the text: it may be a secret. */
export type Parsed<T> = Readonly<{ ok: true; value: T }> | Rejected;
export type Rejected = Readonly<{ ok: false; problem: string; instead: string }>;

/** Gets the text without white space around it, and never empty: an empty variable counts as not set. */
export type Parse<T> = (text: string) => Parsed<T>;

export const accepted = <T>(value: T): Parsed<T> => ({ ok: true, value });
export const rejected = (problem: string, instead: string): Rejected => ({ ok: false, problem, instead });

export const REDACTED = '[redacted]';

/** One environment variable: how it is read, what it is when nobody sets it, and what it means. */
export type Variable<T> = Readonly<{
  parse: Parse<T>;
  /** The text that stands when it is not set; null means that there is no value then. */
  fallback: string | null;
  /** What to write when a value is needed and missing. */
  example: string;
  meaning: string;
  /** A secret may also come from the file that NAME_FILE names. */
  isSecret: boolean;
  /** The value as it may be shown to anyone. */
  show: (text: string) => string;
}>;

export function withDefault<T>(parse: Parse<T>, fallback: string, meaning: string): Variable<T> {
  return { parse, fallback, example: fallback, meaning, isSecret: false, show: shown };
}

/** Null while it is not set. */
export function optional<T>(parse: Parse<T>, example: string, meaning: string): Variable<T | null> {
  return { parse, fallback: null, example, meaning, isSecret: false, show: shown };
}

/** A secret; `show` leaves of it what helps to recognise it and gives nothing away. */
export function secret<T>(variable: Variable<T>, show: (text: string) => string = () => REDACTED): Variable<T> {
  return { ...variable, isSecret: true, show };
}

const LONGEST_SHOWN = 200;

/** The value as it stands, on one line of bearable length. */
export function shown(text: string): string {
  const line = text.replaceAll(/\p{Cc}/gu, ' ');
  return line.length <= LONGEST_SHOWN ? line : `${line.slice(0, LONGEST_SHOWN)}…`;
}
