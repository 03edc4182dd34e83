import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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

describe('The time zone of the machine', () => {
  const source = join(import.meta.dirname, '../../src');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /^(?:domain|monitoring|words)\/.*\.ts$/.test(path),
  );
  /** Parts of a date by the machine's clock on the wall, and dates made of such parts. */
  const local =
    /\.(?:[gs]et(?:FullYear|Month|Date|Day|Hours|Minutes|Seconds|Milliseconds|TimezoneOffset)|to(?:Locale)?(?:Date|Time)String)\(|new Date\([^(),]+,/;

  it('is asked for by no rule and no use case, so that use cases need not be tested in several', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((path) => local.test(readFileSync(join(source, path), 'utf8')))).toEqual([]);
  });

  it.each(['at.getHours()', 'date.setMinutes(5)', 'now.toLocaleDateString()', 'new Date(2026, 1, 1)'])(
    'would be, by %s',
    (code) => expect(code).toMatch(local),
  );

  it.each(['at.getUTCHours()', "count.toLocaleString('en-US')", 'new Date(at)', 'at.getTime()'])(
    'is not, by %s',
    (code) => expect(code).not.toMatch(local),
  );
});
