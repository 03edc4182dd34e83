import { describe, expect, it } from '@jest/globals';
import { periodsOf, uptimeOf } from '../../src/domain/history.ts';
import type { Condition, Health } from '../../src/domain/model/condition.ts';
import type { Snapshot } from '../../src/domain/model/connection.ts';
import { aSnapshot, NOW } from '../support/builders.ts';
import { clock, ms } from '../support/domain-time.ts';

/** Seen `from` to `to`, speaking for two hours more. */
function seen(span: string, health: Health, conditions: readonly Condition[] = []): Snapshot {
  const [from = '', to = ''] = span.split('-');
  return aSnapshot({ from: NOW + ms(from), to: NOW + ms(to), health, conditions, speaksForMs: ms('2h') });
}

function pastOf(snapshots: readonly Snapshot[], span: string) {
  const [from = '', to = ''] = span.split('-');
  const range = { from: NOW + ms(from), to: NOW + ms(to) };
  const periods = periodsOf(snapshots, range);
  return {
    periods: periods.map((period) => `${clock(period.from - NOW)}-${clock(period.to - NOW)} ${period.health}`),
    ...uptimeOf(periods, range),
  };
}

type Row = readonly [sentence: string, snapshots: readonly Snapshot[], range: string, periods: readonly string[]];

describe('the past is a list of periods without holes', () => {
  it.each<Row>([
    ['nothing was ever seen', [], '0h-10h', ['0s-10h unobserved']],
    [
      'a period lasts until the next begins',
      [seen('0h-4h', 'healthy'), seen('5h-10h', 'broken')],
      '0h-10h',
      ['0s-5h healthy', '5h-10h broken'],
    ],
    [
      'but never longer than its last poll speaks for',
      [seen('0h-2h', 'healthy'), seen('8h-10h', 'healthy')],
      '0h-10h',
      ['0s-4h healthy', '4h-8h unobserved', '8h-10h healthy'],
    ],
    ['nor does the last one', [seen('0h-2h', 'broken')], '0h-10h', ['0s-4h broken', '4h-10h unobserved']],
    [
      'before the first look nothing was seen',
      [seen('3h-9h', 'healthy')],
      '0h-10h',
      ['0s-3h unobserved', '3h-10h healthy'],
    ],
    ['the range cuts both ends', [seen('0h-20h', 'healthy')], '5h-6h', ['5h-6h healthy']],
    [
      'what ended before the range is left out',
      [seen('0h-1h', 'broken'), seen('9h-20h', 'healthy')],
      '10h-12h',
      ['10h-12h healthy'],
    ],
    ['what began after it, too', [seen('0h-3h', 'broken'), seen('20h-21h', 'healthy')], '0h-4h', ['0s-4h broken']],
    ['what spoke into the range counts', [seen('0h-3h', 'broken')], '4h-6h', ['4h-5h broken', '5h-6h unobserved']],
    ['no time was asked about', [seen('0h-3h', 'broken')], '1h-1h', []],
  ])('%s', (_, snapshots, range, periods) => {
    expect(pastOf(snapshots, range).periods).toEqual(periods);
  });

  it('unobserved time was shown by no poll', () => {
    const [hole] = periodsOf([], { from: NOW, to: NOW + 1 });
    expect(hole).toMatchObject({ polls: 0, conditions: [], status: { hasToken: null, tokenIsValid: null } });
  });
});

describe('uptime and its coverage', () => {
  type Figures = readonly [string, readonly Snapshot[], string, number | null, number | null];
  it.each<Figures>([
    ['healthy all the time', [seen('0h-10h', 'healthy')], '0h-10h', 1, 1],
    ['healthy, then broken', [seen('0h-7h', 'healthy'), seen('8h-10h', 'broken')], '0h-10h', 0.8, 1],
    [
      'waiting by a rate limit is down',
      [seen('0h-4h', 'healthy'), seen('5h-10h', 'waiting', ['rate_limited'])],
      '0h-10h',
      0.5,
      1,
    ],
    [
      'a failed check is neither up nor down',
      [seen('0h-4h', 'healthy'), seen('5h-10h', 'waiting', ['check_failed'])],
      '0h-10h',
      1,
      0.5,
    ],
    ['removed is neither', [seen('0h-4h', 'healthy'), seen('5h-10h', 'removed', ['removed'])], '0h-10h', 1, 0.5],
    ['what was not observed is neither', [seen('0h-3h', 'healthy')], '0h-10h', 1, 0.5],
    [
      'nor is a status of which nothing is known',
      [seen('0h-4h', 'broken'), seen('5h-10h', 'unobserved')],
      '0h-10h',
      0,
      0.5,
    ],
    ['nothing was ever seen', [], '0h-10h', null, 0],
    ['no time was asked about', [seen('0h-10h', 'healthy')], '3h-3h', null, null],
  ])('%s', (_, snapshots, range, uptime, coverage) => {
    expect(pastOf(snapshots, range)).toMatchObject({ uptime, coverage });
  });
});
