import { isEmailAddress } from '../../domain/model/email-address.ts';
import { languageOf, languages } from '../../domain/model/language.ts';
import type { Instant } from '../../domain/model/time.ts';
import { isTimeZone } from '../../domain/model/zone-clock.ts';

/** A tenant as a person, a file or a request describes it; nothing is checked yet. */
export type TenantFields = Readonly<{
  /** The host's own id of it; an empty text takes it away again. */
  external_id?: string;
  name?: string;
  owner?: string;
  cc?: readonly string[];
  timezone?: string;
  locale?: string;
  schedule?: string;
  /** The application by which it is asked for, by name; `default` is the one of the configuration. */
  application?: string;
  /** Its mail's own; an empty text takes it away again. */
  sender_name?: string;
  reply_to?: string;
  reconnect_url?: string;
  refresh_token?: string;
  access_token?: string;
  /** Seconds that the access token still lives. */
  expires_in?: string;
}>;

export type TenantField = keyof TenantFields;

/** What is wrong with one field. Never quotes a token. */
export type FieldProblem = Readonly<{ field: TenantField; problem: string }>;

export type InputRules = Readonly<{
  now: Instant;
  /** What is wrong with a cron expression; null when nothing is. */
  cronProblem(expression: string): string | null;
}>;

/** Instead of a cron expression: the global schedule. */
export const DEFAULT_SCHEDULE = 'default';

/** Everything wrong with what is given; what is missing is not looked at. */
export function problemsOf(given: TenantFields, rules: InputRules): readonly FieldProblem[] {
  const problems: readonly [TenantField, string | null][] = [
    ['external_id', check(given.external_id, externalIdFormat)],
    ['name', check(given.name, nameProblem)],
    ['owner', check(given.owner, addressProblem)],
    ['cc', copiesProblem(given)],
    ['timezone', check(given.timezone, timezoneProblem)],
    ['locale', check(given.locale, localeProblem)],
    ['schedule', check(given.schedule, (text) => scheduleProblem(text, rules))],
    ['application', check(given.application, nameProblem)],
    ['sender_name', check(given.sender_name, senderNameProblem)],
    ['reply_to', check(given.reply_to, replyToProblem)],
    ['reconnect_url', check(given.reconnect_url, pageProblem)],
    ['refresh_token', check(given.refresh_token, tokenProblem)],
    ['access_token', accessTokenProblem(given)],
    ['expires_in', expiresInProblem(given)],
  ];
  return problems.flatMap(([field, problem]) => (problem === null ? [] : [{ field, problem }]));
}

function check(text: string | undefined, problemOf: (text: string) => string | null): string | null {
  return text === undefined ? null : problemOf(text);
}

function nameProblem(text: string): string | null {
  if (/[\p{Cc}\p{Cs}]/u.test(text)) return 'it contains a line break, another control character or half a character';
  return text.length > 200 ? 'it is longer than 200 characters' : null;
}

function externalIdFormat(text: string): string | null {
  if (/[\p{Cc}\p{Cf}\p{Cs}]/u.test(text)) return 'it contains a character that cannot be seen, or half a character';
  return text.length > 200 ? 'it is longer than 200 characters' : null;
}

function addressProblem(text: string): string | null {
  return isEmailAddress(text) ? null : 'it is not an e-mail address, such as jane@example.com';
}

function copiesProblem({ owner, cc = [] }: TenantFields): string | null {
  const bad = cc.findIndex((email) => addressProblem(email) !== null);
  if (bad !== -1) {
    const which = cc.length === 1 ? 'it' : `number ${bad + 1}`;
    const hint = cc[bad]?.includes(',') ? ': several are separated by semicolons' : '';
    return `${which} is not an e-mail address${hint}`;
  }
  const all = [...(owner === undefined ? [] : [owner]), ...cc].map((email) => email.toLowerCase());
  const twice = all.find((email, index) => all.indexOf(email) < index);
  return twice === undefined ? null : `${twice} would get every mail twice`;
}

/** The list that Intl offers lacks legacy names such as US/Eastern, which Constant Contact uses: ask by trying. */
function timezoneProblem(text: string): string | null {
  return isTimeZone(text) ? null : 'it is not a time zone, such as America/New_York';
}

function localeProblem(text: string): string | null {
  return languageOf(text) === null
    ? `mail is written in ${languages.join(', ')}, with a region or without: en-US`
    : null;
}

function scheduleProblem(text: string, { cronProblem }: InputRules): string | null {
  const problem = text === DEFAULT_SCHEDULE ? null : cronProblem(text);
  return problem === null ? null : `${problem}; write five or six cron fields, such as 0 * * * *`;
}

/** Beside an address; what could be taken for one would hide who really writes. */
function senderNameProblem(text: string): string | null {
  if (/[<>"\\@]/.test(text)) return 'it is a name alone, without an address, quotation marks or backslashes';
  return nameProblem(text);
}

function replyToProblem(text: string): string | null {
  return text === '' ? null : addressProblem(text);
}

function pageProblem(text: string): string | null {
  if (text === '') return null;
  if (text.length > 2000) return 'it is longer than 2000 characters';
  const url = /[\s\p{Cc}]/u.test(text) ? null : URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    return 'it is not a page, such as https://app.constantcontact.com';
  }
  return url.username === '' && url.password === ''
    ? null
    : 'it contains a user or a password, which readers would see';
}

function tokenProblem(text: string): string | null {
  if (!/^[\x21-\x7e]+$/.test(text)) return 'it contains a space or another character that no token has';
  return text.length > 8192 ? 'it is longer than any token' : null;
}

function accessTokenProblem({ refresh_token, access_token }: TenantFields): string | null {
  if (access_token === undefined) return null;
  return refresh_token === undefined ? 'it needs its refresh token beside it' : tokenProblem(access_token);
}

function expiresInProblem({ access_token, expires_in }: TenantFields): string | null {
  const problem = 'it is the seconds that the access token still lives, such as 86400';
  if (expires_in === undefined) return access_token === undefined ? null : problem;
  if (access_token === undefined) return 'it belongs to an access token, and there is none';
  return /^[1-9]\d{0,8}$/.test(expires_in) ? null : problem;
}
