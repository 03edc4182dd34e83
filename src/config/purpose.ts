import type { Problem } from './problem.ts';
import type { ReadVariable } from './read-variables.ts';
import { type VariableName, variables } from './variables.ts';

/** What a command is going to do. */
export type Purpose = keyof typeof needs;

const mail = ['SMTP_URL', 'MAIL_FROM', 'OPERATOR_EMAIL'] as const;
const access = ['ENCRYPTION_KEY', 'CONSTANT_CONTACT_CLIENT_ID'] as const;

/** The variables without which a command cannot do its work. */
export const needs = {
  /** Runs the daemon. */
  start: [...access, ...mail],
  /** Runs one round. */
  poll: access,
  /** Gets tokens. */
  connect: access,
  /** Stores tokens that somebody has. */
  grants: ['ENCRYPTION_KEY'],
  /** Sends one mail. */
  mail: ['SMTP_URL', 'MAIL_FROM'],
  /** Reads mail that came back. */
  bounces: ['ENCRYPTION_KEY'],
  /** Uses secrets of webhooks. */
  secrets: ['ENCRYPTION_KEY'],
  /** Answers from the database, or needs nothing at all. */
  read: [],
} as const satisfies Record<string, readonly VariableName[]>;

/** A value that is bad is not missing as well. */
export function missingFor(purpose: Purpose, read: readonly ReadVariable[]): readonly Problem[] {
  const unset = new Set(read.filter(({ source, problem }) => source === 'not set' && problem === null).map(nameOf));
  return needed(purpose, unset)
    .filter((name) => unset.has(name))
    .map((name) => ({
      variable: name,
      value: null,
      problem: 'it is not set',
      instead: ownOf(variables[name].example),
    }));
}

/** An address of example.com is not to be copied. */
function ownOf(example: string): string {
  return /\bexample\.com\b/.test(example) ? `your own, such as ${example}` : example;
}

/** A round without any mail settings leaves its mail pending; with some of them it was meant to be sent. */
function needed(purpose: Purpose, unset: ReadonlySet<VariableName>): readonly VariableName[] {
  const isMailMeant = purpose === 'poll' && mail.some((name) => !unset.has(name));
  return isMailMeant ? [...needs.poll, ...mail] : needs[purpose];
}

function nameOf({ name }: ReadVariable): VariableName {
  return name;
}
