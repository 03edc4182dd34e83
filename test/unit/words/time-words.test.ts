import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/domain/model/time.ts';
import { timeWords } from '../../../src/words/time-words.ts';

const NOW = Date.UTC(2026, 10, 19, 15, 5);

const english = (timeZone: string, locale = 'en-US') => timeWords({ locale, timeZone, now: NOW });

describe('a moment', () => {
  it.each([
    ['America/New_York', 'Thursday, November 19, 2026 at 10:05 AM Eastern Time'],
    ['US/Eastern', 'Thursday, November 19, 2026 at 10:05 AM Eastern Time'],
    ['UTC', 'Thursday, November 19, 2026 at 3:05 PM UTC'],
    ['Pacific/Auckland', 'Friday, November 20, 2026 at 4:05 AM New Zealand Time'],
    ['America/Phoenix', 'Thursday, November 19, 2026 at 8:05 AM Mountain Standard Time'],
    ['Etc/GMT+5', 'Thursday, November 19, 2026 at 10:05 AM GMT-5'],
    ['No/Such_Zone', 'Thursday, November 19, 2026 at 3:05 PM UTC'],
  ])('in %s is said as %s', (timeZone, text) => {
    expect(english(timeZone).moment(NOW)).toBe(text);
  });

  it.each([
    ['America/New_York', Date.UTC(2026, 10, 1, 4, 59), '12:59 AM Eastern Time'],
    ['America/New_York', Date.UTC(2026, 10, 1, 5, 30), '1:30 AM Eastern Daylight Time'],
    ['America/New_York', Date.UTC(2026, 10, 1, 6, 30), '1:30 AM Eastern Standard Time'],
    ['America/New_York', Date.UTC(2026, 10, 1, 7, 0), '2:00 AM Eastern Time'],
    ['Australia/Lord_Howe', Date.UTC(2026, 3, 4, 14, 45), '1:45 AM Lord Howe Daylight Time'],
    ['Australia/Lord_Howe', Date.UTC(2026, 3, 4, 15, 15), '1:45 AM Lord Howe Standard Time'],
  ])('in %s says which of the two it is in the half or whole hour that clocks repeat: %#', (zone, at, text) => {
    expect(english(zone).moment(at)).toContain(text);
  });

  it.each([
    ['de-DE', 'Donnerstag, 19. November 2026 um 16:05, Mitteleuropäische Zeit'],
    ['es', 'jueves, 19 de noviembre de 2026, 16:05, hora de Europa central'],
    ['fr-FR', 'jeudi 19 novembre 2026 à 16:05, heure d’Europe centrale'],
    ['pt-BR', 'quinta-feira, 19 de novembro de 2026 às 16:05, Horário da Europa Central'],
  ])('names the zone in the language of %s', (locale, text) => {
    expect(english('Europe/Berlin', locale).moment(NOW)).toBe(text);
    expect(english('UTC', locale).moment(NOW)).toMatch(/:05 UTC$/);
  });

  it('follows the customs of the locale', () => {
    expect(english('Europe/London', 'en-GB').moment(NOW)).toContain('19 November 2026 at 15:05 United Kingdom Time');
  });
});

describe('how long something lasted', () => {
  it.each([
    [0, '1 minute'],
    [25 * MINUTE_MS, '25 minutes'],
    [2 * HOUR_MS - 1, '119 minutes'],
    [2 * HOUR_MS, '2 hours'],
    [2 * DAY_MS - 1, '47 hours'],
    [2 * DAY_MS + 5 * HOUR_MS, '2 days'],
    [400 * DAY_MS, '400 days'],
  ])('%d ms is %s', (ms, text) => {
    const { lasting, ago } = english('UTC');
    expect(lasting(ms)).toBe(text);
    expect(ago(NOW - ms)).toBe(`${text} ago`);
  });

  it('has only plain spaces', () => {
    const { moment, lasting, ago } = english('UTC');
    expect([moment(NOW), lasting(1), ago(0)].join('')).not.toMatch(/[^\S ]/u);
  });
});
