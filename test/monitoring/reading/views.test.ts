import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { instant } from '../../../src/monitoring/views/parts.ts';
import { tenantSummary } from '../../../src/monitoring/views/tenants.ts';
import { NOW } from '../../support/builders.ts';
import { aSummary } from '../../support/cli-views.ts';

describe('A time in an answer', () => {
  it('is milliseconds inside and ISO 8601 text in UTC outside', () => {
    expect(z.encode(instant, NOW)).toBe('2026-01-15T12:00:00.000Z');
    expect(z.decode(instant, '2026-01-15T12:00:00.000Z')).toBe(NOW);
    expect(z.encode(instant, Date.UTC(9999, 0))).toBe('9999-01-01T00:00:00.000Z');
  });

  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 9e15])('is refused as %d', (ms) => {
    expect(() => z.encode(instant, ms)).toThrow();
  });

  it('is text of the format date-time in a JSON schema', () => {
    expect(z.toJSONSchema(instant, { io: 'input' })).toMatchObject({ type: 'string', format: 'date-time' });
  });
});

describe('An answer', () => {
  it('that lacks a field is refused, and one field too many does not come through', () => {
    const { name: _, ...nameless } = aSummary();
    expect(() => z.encode(tenantSummary as z.ZodType, nameless)).toThrow();
    const withMore = { ...aSummary(), secret: 'x' };
    expect(z.encode(tenantSummary, withMore)).not.toHaveProperty('secret');
  });
});
