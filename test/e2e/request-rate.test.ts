import { describe, expect } from '@jest/globals';
import type { Instant } from '../../src/domain/model/time.ts';
import { startCountingUpstream } from '../support/counting-upstream.ts';
import { storyOnBoth } from '../support/program-story.ts';
import { mostWithin } from '../support/request-slots.ts';

const TENANTS = 14;
const limits = { api: 4, token: 3 };
const RETRY_AFTER_S = 8;
/** On a busy machine, until the throttled process has stored the pause and the others have looked. */
const NOTICED_WITHIN_MS = 3_000;

const settings = {
  LOG_LEVEL: 'debug',
  CONSTANT_CONTACT_REQUESTS_PER_SECOND: String(limits.api),
  CONSTANT_CONTACT_TOKEN_REQUESTS_PER_SECOND: String(limits.token),
};

describe('three processes with one key', () => {
  storyOnBoth(
    'send no request too many in any sliding second, and all of them pause when one is throttled',
    { tenants: TENANTS, settings },
    async (world) => {
      await world.importTenants();
      const upstream = await startCountingUpstream({ throttledRequest: 20, retryAfterS: RETRY_AFTER_S });
      const polls = await Promise.all([1, 2, 3].map(() => world.run(['poll', '--json'], { env: upstream.env })));
      await upstream.close();

      for (const { stdout } of polls) expect(JSON.parse(stdout)).toMatchObject({ polled: TENANTS, failed: 0 });
      const processes = polls.map(({ stderr }) => requestsIn(stderr));
      expectWithinLimits(processes.flat(), upstream.arrivals);
      expectPauseOfAll(processes);
    },
  );
});

type SentRequest = Readonly<{ endpoint: 'api' | 'token'; sentAt: Instant; answeredAt: Instant; isThrottled: boolean }>;

/** As the log of a process tells them. */
function requestsIn(log: string): readonly SentRequest[] {
  const lines = log.split('\n').filter((line) => line.includes('"request"'));
  return lines.map((line) => {
    const { time, request, durationMs, kind } = JSON.parse(line);
    const answeredAt = Date.parse(time);
    const endpoint = request === 'POST /token' ? 'token' : 'api';
    return { endpoint, sentAt: answeredAt - durationMs, answeredAt, isThrottled: kind === 'throttled' };
  });
}

function expectWithinLimits(
  requests: readonly SentRequest[],
  arrivals: Readonly<Record<SentRequest['endpoint'], readonly Instant[]>>,
): void {
  for (const endpoint of ['api', 'token'] as const) {
    const sent = timesOf(requests.filter((request) => request.endpoint === endpoint));
    const arrived = arrivals[endpoint];
    expect(arrived).toHaveLength(sent.length);
    expect(mostWithin(1_000, sent)).toBeLessThanOrEqual(limits[endpoint]);
    // A busy machine carries a request late. By so much, and no more, may requests arrive closer together.
    const latestMs = Math.max(...arrived.map((at, index) => at - (sent[index] ?? 0)));
    expect(mostWithin(1_000 - latestMs, arrived)).toBeLessThanOrEqual(limits[endpoint]);
  }
}

function expectPauseOfAll(processes: readonly (readonly SentRequest[])[]): void {
  const throttled = processes.flat().filter(({ isThrottled }) => isThrottled);
  expect(throttled).toHaveLength(1);
  const pausedAt = throttled[0]?.answeredAt ?? 0;
  const pause = { from: pausedAt + NOTICED_WITHIN_MS, to: pausedAt + RETRY_AFTER_S * 1_000 };
  for (const requests of processes) {
    const times = timesOf(requests);
    expect(times.filter((at) => at > pause.from && at < pause.to)).toEqual([]);
    expect(times[0]).toBeLessThan(pausedAt);
    expect(times.at(-1)).toBeGreaterThan(pause.to);
  }
}

function timesOf(requests: readonly SentRequest[]): readonly Instant[] {
  return requests.map(({ sentAt }) => sentAt).toSorted((a, b) => a - b);
}
