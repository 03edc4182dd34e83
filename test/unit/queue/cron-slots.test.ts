import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../src/domain/model/time.ts';
import { createSlotReader, slotsAround } from '../../../src/queue/cron-slots.ts';

const at = (text: string) => Date.parse(text);

describe('Slots of a schedule', () => {
  it.each([
    {
      schedule: '0 * * * *',
      now: '2026-11-22T12:34:00Z',
      previous: '2026-11-22T12:00:00Z',
      next: '2026-11-22T13:00:00Z',
    },
    {
      schedule: '0 * * * *',
      now: '2026-11-22T12:00:00Z',
      previous: '2026-11-22T12:00:00Z',
      next: '2026-11-22T13:00:00Z',
    },
    {
      schedule: '*/10 * * * * *',
      now: '2026-11-22T12:00:59.999Z',
      previous: '2026-11-22T12:00:50Z',
      next: '2026-11-22T12:01:00Z',
    },
    {
      schedule: '0 9 * * 1-5',
      now: '2026-11-22T12:00:00Z',
      previous: '2026-11-20T09:00:00Z',
      next: '2026-11-23T09:00:00Z',
    },
    {
      schedule: '0 0 29 2 *',
      now: '2026-11-22T12:00:00Z',
      previous: '2024-02-29T00:00:00Z',
      next: '2028-02-29T00:00:00Z',
    },
  ])('lie around $now for $schedule', ({ schedule, now, previous, next }) => {
    const slots = slotsAround(schedule, 'UTC', at(now));
    expect([slots.previousAt, slots.nextAt]).toEqual([at(previous), at(next)]);
  });

  it('follow the clock of the time zone over its changes', () => {
    const beforeSpring = slotsAround('0 9 * * *', 'America/New_York', at('2026-03-07T20:00:00Z'));
    expect(beforeSpring.nextAt).toBe(at('2026-03-08T13:00:00Z'));
    expect(beforeSpring.nextAt - beforeSpring.previousAt).toBe(DAY_MS - HOUR_MS);
  });

  it('know legacy names of time zones, which Constant Contact uses', () => {
    expect(slotsAround('0 9 * * *', 'US/Eastern', at('2026-07-01T00:00:00Z')).nextAt).toBe(at('2026-07-01T13:00:00Z'));
  });

  it.each([
    { schedule: '0 * * * *', gapMs: HOUR_MS },
    { schedule: '0,5 * * * *', gapMs: 5 * MINUTE_MS },
    { schedule: '*/7 * * * * *', gapMs: 4 * SECOND_MS },
    { schedule: '0 9-17 * * *', gapMs: HOUR_MS },
  ])('are at least $gapMs ms apart for $schedule', ({ schedule, gapMs }) => {
    expect(slotsAround(schedule, 'UTC', at('2026-11-22T12:34:00Z')).shortestGapMs).toBe(gapMs);
  });

  it('are the same from the reader that remembers, whatever it was asked before', () => {
    const read = createSlotReader();
    const moments = ['12:34:00', '12:59:59', '13:00:00', '12:00:00', '13:00:01'].map((time) =>
      at(`2026-11-22T${time}Z`),
    );
    for (const moment of moments) {
      expect(read('0 * * * *', 'UTC', moment)).toEqual(slotsAround('0 * * * *', 'UTC', moment));
    }
  });

  it('are refused for what is no schedule', () => {
    expect(() => slotsAround('every hour', 'UTC', 0)).toThrow();
    expect(() => slotsAround('0 * * * *', 'Mars/Olympus', 0)).toThrow();
  });
});
