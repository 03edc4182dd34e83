import { describe, expect, it } from '@jest/globals';
import { isTimeZone, offsetAt } from '../../../src/domain/model/zone-clock.ts';

describe('The clocks of a zone', () => {
  it.each([
    ['UTC', Date.UTC(2026, 0, 15), '+00:00:00'],
    ['America/New_York', Date.UTC(2026, 0, 15), '-05:00:00'],
    ['America/New_York', Date.UTC(2026, 6, 15), '-04:00:00'],
    ['Asia/Kathmandu', Date.UTC(2026, 0, 15), '+05:45:00'],
    ['Australia/Lord_Howe', Date.UTC(2026, 6, 15), '+10:30:00'],
    ['Pacific/Kiritimati', Date.UTC(2026, 0, 15), '+14:00:00'],
    ['America/New_York', Date.UTC(1880, 0, 15), '-04:56:02'],
  ])('in %s at %d are ahead of UTC by %s', (zone, at, expected) => {
    const seconds = Math.abs(offsetAt(zone, at)) / 1000;
    const digits = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map((part) => `${Math.floor(part)}`);
    const sign = offsetAt(zone, at) < 0 ? '-' : '+';
    expect(`${sign}${digits.map((text) => text.padStart(2, '0')).join(':')}`).toBe(expected);
  });
});

describe('The name of a time zone', () => {
  it.each([
    ['America/New_York', true],
    ['US/Eastern', true],
    ['UTC', true],
    ['+05:00', false],
    ['-0500', false],
    ['Eastern Standard Time', false],
    ['', false],
  ])('"%s": %s', (text, expected) => {
    expect(isTimeZone(text)).toBe(expected);
  });
});
