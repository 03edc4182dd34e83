import { isDefaultName } from '../../domain/model/client-application.ts';

/** An application as a person or a request describes it; nothing is checked yet. */
export type ApplicationFields = Readonly<{
  name?: string | undefined;
  clientId?: string | undefined;
  /** Empty: none, as a PKCE client has. */
  clientSecret?: string | undefined;
  requestsPerSecond?: number | undefined;
  requestsPerDay?: number | undefined;
  tokenRequestsPerSecond?: number | undefined;
  /** A share, 0 to 1. */
  reserve?: number | undefined;
}>;

export type ApplicationField = keyof ApplicationFields;

/** What is wrong with each field. Never quotes a secret. */
export type ApplicationProblems = Readonly<{
  outcome: 'invalid';
  problems: readonly Readonly<{ field: ApplicationField; problem: string }>[];
}>;

/** What Constant Contact gives a new key (API guide, "Rate limits"). */
export const USUAL_LIMITS = {
  requestsPerSecond: 4,
  requestsPerDay: 10_000,
  tokenRequestsPerSecond: 1,
  reserve: 0.1,
} as const;

const MOST_REQUESTS = 1_000_000_000;

/** Everything that is wrong at once; null when nothing is. What is left out is missing only where it is `needed`. */
export function applicationProblems(
  fields: ApplicationFields,
  needed: readonly ApplicationField[],
): ApplicationProblems | null {
  const all: readonly (readonly [ApplicationField, string | null])[] = [
    ...needed.map((field) => [field, fields[field] === undefined ? 'it is missing' : null] as const),
    ['name', fields.name === undefined ? null : nameProblem(fields.name)],
    ['clientId', fields.clientId === undefined ? null : keyProblem(fields.clientId)],
    ['clientSecret', fields.clientSecret === undefined ? null : secretProblem(fields.clientSecret)],
    ['requestsPerSecond', limitProblem(fields.requestsPerSecond)],
    ['requestsPerDay', limitProblem(fields.requestsPerDay)],
    ['tokenRequestsPerSecond', limitProblem(fields.tokenRequestsPerSecond)],
    ['reserve', shareProblem(fields.reserve)],
  ];
  const problems = all.flatMap(([field, problem]) => (problem === null ? [] : [{ field, problem }]));
  return problems.length === 0 ? null : { outcome: 'invalid', problems };
}

function nameProblem(name: string): string | null {
  if (isDefaultName(name)) return 'it is the name of the one of the configuration';
  if (name === '' || name !== name.trim()) return 'it is empty, or has a space at its end';
  if (/[\p{Cc}\p{Cf}\p{Cs}]/u.test(name)) return 'it contains a character that cannot be seen, or half a character';
  return name.length > 100 ? 'it is longer than 100 characters' : null;
}

function keyProblem(key: string): string | null {
  return /^[\x21-\x7e]{1,200}$/.test(key) ? null : 'it is no API key: up to 200 letters, digits and dashes';
}

function secretProblem(secret: string): string | null {
  return /^[\x21-\x7e]{0,1000}$/.test(secret) ? null : 'it contains a space or another character that no secret has';
}

function limitProblem(limit: number | undefined): string | null {
  if (limit === undefined || (Number.isInteger(limit) && limit >= 0 && limit <= MOST_REQUESTS)) return null;
  return 'it is not a whole number from 0, which is no limit';
}

function shareProblem(share: number | undefined): string | null {
  return share === undefined || (share >= 0 && share <= 0.9) ? null : 'it is not a share from 0% to 90%';
}
