import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/domain/model/time.ts';
import { type Bars, barsOf, type PeriodOfPast } from '../../../src/http/dashboard/history-picture.ts';
import { formatMinute } from '../../../src/words/format-time.ts';

const range = { from: 0, to: 10 * DAY_MS };
const drawn = (periods: readonly PeriodOfPast[]) => barsOf(periods, { range, moment: formatMinute });
const healthy = (from: number, to: number): PeriodOfPast => ({ from, to, health: 'healthy', conditions: [] });
const broken = (from: number, to: number): PeriodOfPast => ({
  from,
  to,
  health: 'broken',
  conditions: ['token_invalid'],
});
const unseen = (from: number, to: number): PeriodOfPast => ({ from, to, health: 'unobserved', conditions: [] });

const shapeOf = ({ bars, marks }: Bars) => ({
  bars: bars.map(({ x, width, tone }) => [tone, x, width]),
  marks: marks.map(({ x, width, tone }) => [tone, x, width]),
});

describe('the picture of a connection’s past', () => {
  it('has a bar for each period, as wide as it was long', () => {
    const picture = drawn([healthy(0, DAY_MS), broken(DAY_MS, 3 * DAY_MS), unseen(3 * DAY_MS, 10 * DAY_MS)]);
    expect(shapeOf(picture)).toEqual({
      bars: [
        ['good', 0, 10],
        ['bad', 10, 20],
        ['unknown', 30, 70],
      ],
      marks: [],
    });
    expect(picture.bars[1]?.title).toBe(
      'broken, its token no longer works: 1970-01-02 00:00 to 1970-01-04 00:00 (2 d)',
    );
  });

  it('tells trouble from health by its height as well', () => {
    const [good, bad] = drawn([healthy(0, DAY_MS), broken(DAY_MS, 3 * DAY_MS)]).bars;
    expect(bad?.height).toBeGreaterThan((good?.height ?? 0) * 1.5);
  });

  it('marks trouble that is too short to be seen, and takes nothing away from what was around it', () => {
    const at = 5 * DAY_MS;
    const picture = drawn([healthy(0, at), broken(at, at + 10 * MINUTE_MS), healthy(at + 10 * MINUTE_MS, range.to)]);
    expect(shapeOf(picture)).toEqual({ bars: [['good', 0, 100]], marks: [['bad', 50, 0.4]] });
    expect(picture.marks[0]?.title).toMatch(/\(10 min\), drawn wider than it was$/);
    expect(picture.bars[0]?.title).toMatch(/^mostly healthy/);
  });

  it('shows trouble at the very end inside the picture', () => {
    const at = range.to - MINUTE_MS;
    expect(shapeOf(drawn([healthy(0, at), broken(at, range.to)])).marks).toEqual([['bad', 99.6, 0.4]]);
  });

  it('begins with what was not observed when it begins with short trouble', () => {
    const picture = drawn([broken(0, MINUTE_MS), healthy(MINUTE_MS, range.to)]);
    expect(shapeOf(picture)).toEqual({
      bars: [
        ['unknown', 0, expect.any(Number)],
        ['good', expect.any(Number), expect.any(Number)],
      ],
      marks: [['bad', 0, 0.4]],
    });
  });

  it('has few marks however often it broke, and says of each how many troubles it stands for', () => {
    const hours = Array.from({ length: 240 }, (_, hour) => [
      broken(hour * HOUR_MS, hour * HOUR_MS + 6 * MINUTE_MS),
      healthy(hour * HOUR_MS + 6 * MINUTE_MS, (hour + 1) * HOUR_MS),
    ]).flat();
    const { bars, marks } = drawn(hours);
    expect(marks.length).toBeLessThanOrEqual(125);
    expect(bars.length).toBeLessThanOrEqual(250);
    expect(marks[3]?.title).toMatch(/^2 short troubles from .* on, 12 min in all, drawn wider than they were$/);
  });

  it('never draws more than the range', () => {
    const { bars } = drawn([unseen(0, 4 * DAY_MS), broken(4 * DAY_MS, 6 * DAY_MS), healthy(6 * DAY_MS, range.to)]);
    expect(bars.reduce((sum, { width }) => sum + width, 0)).toBeCloseTo(100, 3);
  });
});
