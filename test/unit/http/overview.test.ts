import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS } from '../../../src/domain/model/time.ts';
import type { Look } from '../../../src/http/dashboard/frame.ts';
import { monitorWords } from '../../../src/http/dashboard/overview.ts';
import type { MonitorProblem } from '../../../src/monitoring/views.ts';
import { aMonitor } from '../../support/cli-views.ts';

/** At 15:00 UTC. */
const now = 20_000 * DAY_MS + 15 * HOUR_MS;
const look = { now, zone: 'America/New_York', base: '' } as Look;

function problem(given: Partial<MonitorProblem>): MonitorProblem {
  return { what: 'mail', severity: 'warning', detail: 'mail waits', since: null, remedy: 'Look.', ...given };
}

describe('The first sentence of the overview', () => {
  const sentenceOf = (given: Parameters<typeof aMonitor>[0], failing: number | null) => {
    const { tone, sentence } = monitorWords(aMonitor(given), { holder: null, failing }, look);
    return [tone, sentence];
  };

  it.each([
    [0, 'good', 'The monitor is well'],
    [1, 'warn', 'The monitor is well, but polls of 1 tenant have failed for a day'],
    [1200, 'warn', 'The monitor is well, but polls of 1,200 tenants have failed for a day'],
  ])('is not green while polls of a tenant have failed for a day (%i tenants)', (failing, tone, sentence) => {
    expect(sentenceOf({}, failing)).toEqual([tone, sentence]);
  });

  it('names the trouble of the monitor first, and calls nothing well before the first poll', () => {
    expect(sentenceOf({ problems: [problem({ severity: 'critical' })] }, 3)).toEqual([
      'bad',
      'The monitor has a problem',
    ]);
    expect(sentenceOf({}, null)).toEqual(['unknown', 'The monitor is well, and the tenants are being counted']);
    expect(sentenceOf({ lastRoundAt: null }, 0)).toEqual(['unknown', 'Nothing has been polled yet']);
  });
});

describe('A problem on the overview', () => {
  const whenOf = (given: Partial<MonitorProblem>) =>
    monitorWords(aMonitor({ problems: [problem(given)] }), { holder: null, failing: 0 }, look).problems[0]?.when;

  it('says since when, in the reader’s zone', () => {
    expect(whenOf({ since: now - 2 * HOUR_MS })).toMatch(/^Since <time [^>]*>4 Oct 2024, 09:00<\/time> \(2 h\)\.$/);
    expect(whenOf({ since: null })).toBeNull();
  });

  it('says of used up requests when they start anew, in the reader’s zone', () => {
    expect(whenOf({ what: 'quota' })).toMatch(
      /^The day ends <time [^>]*>in 9 h<\/time> \(<time [^>]*>4 Oct 2024, 20:00<\/time>\)\.$/,
    );
  });
});
