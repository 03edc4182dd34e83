import { describe, expect, it } from '@jest/globals';

const NEW_YEAR = Date.UTC(2026, 0, 1);

describe('The time zone of the tests', () => {
  it('is the one of the jest project that runs them, for the process as for its dates', () => {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    expect(['UTC', 'America/New_York']).toContain(timeZone);
    expect(process.env.TZ).toBe(timeZone);
    expect(new Date(NEW_YEAR).getHours()).toBe(timeZone === 'UTC' ? 0 : 19);
  });
});
