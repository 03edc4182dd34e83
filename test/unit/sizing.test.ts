import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { variables } from '../../src/config/variables.ts';
import { planFit } from '../../src/domain/polling/plan-fit.ts';
import { requestsToday } from '../../src/domain/polling/requests-today.ts';

const guide = readFileSync(join(import.meta.dirname, '../../docs/operating.md'), 'utf8');
const rows = [...guide.matchAll(/^\| (?:(\d+) )?(hour|hours|day) \| ([\d,]+) \| ([\d,]+) \|$/gm)].map(
  ([, count = '1', unit, whole, most]) => ({
    everyHours: Number(count) * (unit === 'day' ? 24 : 1),
    whole: numberOf(whole),
    most: numberOf(most),
  }),
);

const quota = {
  perDay: Number(variables.CONSTANT_CONTACT_REQUESTS_PER_DAY.fallback),
  reserveShare: Number.parseInt(variables.QUOTA_RESERVE.fallback ?? '', 10) / 100,
};

function numberOf(text = ''): number {
  return Number(text.replaceAll(',', ''));
}

function fitOf(tenants: number, everyHours: number): string {
  const load = { schedule: 'any', timezone: 'UTC', tenants, pollsPerDay: 24 / everyHours };
  return planFit([load], quota, requestsToday({ used: 0, isExhausted: false }, quota, 0), 0).fit;
}

describe('docs/operating.md, "Sizing"', () => {
  it('has the intervals of a usual fleet', () => {
    expect(rows.map(({ everyHours }) => everyHours)).toEqual([1, 2, 4, 6, 12, 24]);
  });

  it.each(rows)('says of every $everyHours h what `linkwatch plan` says', ({ everyHours, whole, most }) => {
    expect([whole, whole + 1].map((tenants) => fitOf(tenants, everyHours))).toEqual(['fits', 'just']);
    expect([most, most + 1].map((tenants) => fitOf(tenants, everyHours))).toEqual(['just', 'short']);
  });
});
