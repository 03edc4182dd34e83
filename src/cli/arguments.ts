import { InvalidArgumentError } from 'commander';
import { parseDuration } from '../config/config.ts';
import type { ConnectionIdentity } from '../domain/model/connection.ts';
import { canonicalLocale, languageOf, languages } from '../domain/model/language.ts';
import type { Instant } from '../domain/model/time.ts';

/** Collects a repeatable option into a list. */
export function collect(text: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), text];
}

/** Parses a duration into ms. */
export function durationArgument(text: string): number {
  const parsed = parseDuration(text);
  if (!parsed.ok) throw new InvalidArgumentError(`Write ${parsed.instead}.`);
  return parsed.value;
}

const TIME = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)?(Z|[+-]\d{2}:\d{2})?$/;

/** Parses a date or time of ISO 8601 (UTC unless it names a zone), or a duration, which means that long ago. */
export function timeArgument(now: Instant): (text: string) => Instant {
  return (text) => {
    const ago = parseDuration(text);
    const at = ago.ok ? now - ago.value : writtenTime(text);
    if (!isInCalendar(at)) throw new InvalidArgumentError('Write 2026-11-01, 2026-11-01T09:30Z, or 7d for a week ago.');
    return at;
  };
}

/** Parses a time to come; a duration means so long from now. */
export function futureTimeArgument(now: Instant): (text: string) => Instant {
  return (text) => {
    const ahead = parseDuration(text);
    const at = ahead.ok ? now + ahead.value : writtenTime(text);
    if (!isInCalendar(at)) throw new InvalidArgumentError('Write 2027-11-01, 2027-11-01T09:30Z, or 90d from now.');
    if (at <= now) throw new InvalidArgumentError('That is not in the future.');
    return at;
  };
}

/** NaN for text that is no time. */
function writtenTime(text: string): number {
  const [, date = '', time = 'T00:00', zone = 'Z'] = TIME.exec(text) ?? [];
  return isCalendarDate(date) ? Date.parse(`${date}${time}${zone}`) : Number.NaN;
}

const EARLIEST = Date.parse('0001-01-01T00:00Z');
const LATEST = Date.parse('9999-12-31T23:59:59.999Z');

/** Databases and ISO 8601 reach further in different ways. */
function isInCalendar(at: number): boolean {
  return at >= EARLIEST && at <= LATEST;
}

/** The parser takes 30 February for 2 March. */
function isCalendarDate(date: string): boolean {
  const midnight = Date.parse(`${date}T00:00Z`);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(date);
}

export function connectionArgument(text: string): ConnectionIdentity {
  const [, network, accountId] = /^([^:]+):(.+)$/.exec(text) ?? [];
  if (network === undefined || accountId === undefined) {
    throw new InvalidArgumentError('Write NETWORK:ACCOUNT_ID, such as facebook:17841400000000000.');
  }
  return { network, accountId };
}

export function localeArgument(text: string): string {
  if (languageOf(text) === null) {
    throw new InvalidArgumentError(`Mail is written in ${languages.join(', ')}, with a region or without: en-US.`);
  }
  return canonicalLocale(text) ?? text;
}

export function countArgument(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('Write a whole number from 1 to 999999.');
  return Number(text);
}
