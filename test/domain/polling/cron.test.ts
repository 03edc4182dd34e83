import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readCron } from '../../../src/domain/polling/cron.ts';
import { cronProblem, readSchedule } from '../../../src/domain/polling/schedule.ts';
import { utc } from '../../support/domain-time.ts';

describe('A cron expression', () => {
  it.each([
    '0 * * * *',
    '*/10 * * * * *',
    '  0   9\t* * *  ',
    '? ? ? ? ?',
    '1,1,*,5-5 * * * *',
    '5/15 0-23/3 1-31 jan-DEC sun-Sat',
    '0 0 L * *',
    '0 0 1,L 2 *',
    '0 0 * * 7L,MON#1,2',
    '0 0 29 2 *',
    '0 0 31 2 1',
    '0 0 * 2 0#5',
    '*/90 * * * *',
  ])('is read: %j', (expression) => {
    expect(cronProblem(expression)).toBeNull();
  });

  it.each([
    ['', 'it has one field instead of 5 or 6'],
    [`${'*,'.repeat(500)}* * * * *`, 'it is longer than 1000 characters'],
    ['* * * *', 'it has 4 fields instead of 5 or 6'],
    ['* * * * * * *', 'it has 7 fields instead of 5 or 6'],
    ['every hour on the hour', 'its minute “every” is not understood'],
    ['@daily * * * *', 'its minute “@daily” is not understood'],
    ['H * * * *', 'its minute “H” is not understood'],
    ['60 * * * *', 'its minute “60” is not within 0-59'],
    ['* 24 * * *', 'its hour “24” is not within 0-23'],
    ['61 * * * * *', 'its second “61” is not within 0-59'],
    ['* * 0 * *', 'its day of the month “0” is not within 1-31'],
    ['* * * 13 *', 'its month “13” is not within 1-12'],
    ['* * * * 8', 'its day of the week “8” is not within 0-7'],
    ['* * * JANUARY *', 'its month “JANUARY” is not understood'],
    ['* * * MON *', 'its month “MON” is not understood'],
    ['* * * * 15L', 'its day of the week “15L” is not understood'],
    ['* * * * 5#12', 'its day of the week “5#12” is not understood'],
    ['* * 5L * *', 'its day of the month “5L” is not understood'],
    ['* * * * 5#6', 'its day of the week “5#6” is not understood'],
    ['* * * * L', 'its day of the week “L” is not understood'],
    ['* * L-3 * *', 'its day of the month “L-3” is not understood'],
    ['* * 15W * *', 'its day of the month “15W” is not understood'],
    ['30-10 * * * *', 'its minute “30-10” ends before it begins'],
    ['* * * * FRI-MON', 'its day of the week “FRI-MON” ends before it begins'],
    ['*/0 * * * *', 'its minute “*/0” has a step of 0'],
    ['1,,2 * * * *', 'its minute “” is not understood'],
    ['-5 * * * *', 'its minute “-5” is not understood'],
    ['1.5 * * * *', 'its minute “1.5” is not understood'],
    [`${'9'.repeat(99)}x * * * *`, `its minute “${'9'.repeat(40)}” is not understood`],
    ['0x1 * * * *', 'its minute “0x1” is not understood'],
    ['0 0 30 2 *', 'it never comes: none of its months has one of its days'],
    ['0 0 31 4,6,9,11 *', 'it never comes: none of its months has one of its days'],
    ['0 0 30,31 FEB ?', 'it never comes: none of its months has one of its days'],
  ])('is refused: %j', (expression, problem) => {
    expect(cronProblem(expression)).toBe(problem);
  });

  it('may have 1000 characters', () => {
    expect(cronProblem('* * * * *'.padEnd(1000))).toBeNull();
    expect(cronProblem('* * * * *'.padEnd(1001))).toBe('it is longer than 1000 characters');
  });

  it.each([
    ['JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC', 'months', 1],
    ['SUN MON TUE WED THU FRI SAT', 'weekdays', 0],
  ] as const)('knows the names %s', (names, field, first) => {
    for (const [index, name] of names.split(' ').entries()) {
      const read = readCron(field === 'months' ? `0 0 1 ${name} *` : `0 0 * * ${name}`);
      expect(read).toMatchObject({ ok: true, value: { [field]: new Set([first + index]) } });
    }
  });

  it('that is accepted has slots around every moment, and one that has none is refused', () => {
    const zone = fc.constantFrom('UTC', 'America/New_York', 'Africa/Cairo', 'Australia/Lord_Howe');
    const moment = fc.integer({ min: utc('2016-01-01 00:00'), max: utc('2040-01-01 00:00') });
    fc.assert(
      fc.property(anExpression, zone, moment, (expression, timezone, at) => {
        const reading = readSchedule(expression, timezone);
        expect(reading.ok).toBe(cronProblem(expression) === null);
        if (!reading.ok) return;
        const { numberAt, momentOf } = reading.value;
        expect(momentOf(numberAt(at))).toBeLessThanOrEqual(at);
        expect(momentOf(numberAt(at) + 1)).toBeGreaterThan(at);
      }),
      { numRuns: 1_000 },
    );
  });
});

function aField(min: number, max: number, ...more: readonly string[]) {
  const value = fc.integer({ min, max }).map(String);
  const range = fc
    .tuple(fc.integer({ min, max }), fc.integer({ min, max }))
    .map((ends) => ends.toSorted((a, b) => a - b).join('-'));
  const stepped = fc
    .tuple(fc.oneof(fc.constant('*'), value, range), fc.integer({ min: 1, max: max + 2 }))
    .map((both) => both.join('/'));
  const item = fc.oneof(value, range, stepped, ...(more.length > 0 ? [fc.constantFrom(...more)] : []));
  const list = fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => items.join(','));
  return fc.oneof({ weight: 2, arbitrary: fc.constantFrom('*', '?') }, { weight: 3, arbitrary: list });
}

const anExpression = fc
  .tuple(
    fc.option(aField(0, 59), { nil: '' }),
    aField(0, 59),
    aField(0, 23),
    aField(1, 31, 'L'),
    aField(1, 12, 'FEB', 'feb-APR'),
    aField(0, 7, '5L', 'SUNL', '1#5', 'MON', 'tue-SAT'),
  )
  .map((fields) => fields.join(' ').trim());
