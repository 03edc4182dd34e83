import { describe, expect, it } from '@jest/globals';
import type { ConnectionNow } from '../../src/domain/connection-now.ts';
import { connectionThen, knownSince, tenantThen, wasThere } from '../../src/domain/connection-then.ts';
import type { Health } from '../../src/domain/model/condition.ts';
import { UNKNOWN_STATUS } from '../../src/domain/model/connection-status.ts';
import { DAY_MS, HOUR_MS } from '../../src/domain/model/time.ts';
import { aSnapshot, aStatus, NOW } from '../support/builders.ts';

const unobserved = { health: 'unobserved', conditions: [], action: 'none', pages: null, status: UNKNOWN_STATUS };
const status = aStatus({ tokenIsValid: false });
/** Seen from eight to ten hours ago; the last poll speaks for two hours. */
const period = aSnapshot({
  from: NOW - 10 * HOUR_MS,
  to: NOW - 8 * HOUR_MS,
  speaksForMs: 2 * HOUR_MS,
  health: 'broken',
  conditions: ['token_invalid'],
  status,
});
const shown = { health: 'broken', conditions: ['token_invalid'], action: 'reconnect', pages: null, status };

describe('A connection at a past moment', () => {
  it('is unobserved since no known moment before a poll showed it', () => {
    const never = { period: null, incidentSince: null };
    expect(connectionThen(never, NOW)).toEqual({ ...unobserved, since: null, observedAt: null });
  });

  it('is what its period showed, although it is not known which of its polls was the last one by then', () => {
    const then = connectionThen({ period, incidentSince: null }, NOW - 9 * HOUR_MS);
    expect(then).toEqual({ ...shown, since: period.from, observedAt: null });
  });

  it('is in trouble since its incident began, where one was open, and healthy since its period began', () => {
    const incidentSince = NOW - DAY_MS;
    const at = NOW - 8 * HOUR_MS;
    expect(connectionThen({ period, incidentSince }, at)).toEqual({ ...shown, since: incidentSince, observedAt: at });
    const healthy = { ...period, health: 'healthy', conditions: [] } as const;
    expect(connectionThen({ period: healthy, incidentSince }, at)).toMatchObject({ since: period.from });
  });

  it('is unobserved from the moment on to which its last poll speaks', () => {
    const end = NOW - 6 * HOUR_MS;
    expect(connectionThen({ period, incidentSince: null }, end - 1)).toMatchObject({ health: 'broken' });
    expect(connectionThen({ period, incidentSince: NOW - DAY_MS }, end)).toEqual({
      ...unobserved,
      since: end,
      observedAt: NOW - 8 * HOUR_MS,
    });
  });

  it('was known since it was first seen; since its tenant was added when the first poll showed it', () => {
    const seen = { firstSeenAt: NOW, foundAtBaseline: false };
    expect(knownSince(seen, { createdAt: NOW - DAY_MS })).toBe(NOW);
    expect(knownSince({ ...seen, foundAtBaseline: true }, { createdAt: NOW - DAY_MS })).toBe(NOW - DAY_MS);
  });
});

function one(health: Health, since: number | null, given: Partial<ConnectionNow> = {}): ConnectionNow {
  return {
    health,
    conditions: [],
    action: 'none',
    pages: null,
    status: UNKNOWN_STATUS,
    since,
    observedAt: null,
    ...given,
  };
}

const old = { baselinedAt: NOW - DAY_MS };

describe('A tenant at a past moment', () => {
  it('was there from when it was added until it was removed', () => {
    const tenant = { createdAt: NOW, removedAt: NOW + 2 };
    const there = [NOW - 1, NOW, NOW + 1, NOW + 2].map((at) => wasThere(tenant, at));
    expect(there).toEqual([false, true, true, false]);
    expect(wasThere({ ...tenant, removedAt: null }, NOW + DAY_MS)).toBe(true);
  });

  it('is as its worst connection, since the first of those had that health', () => {
    const all = [one('healthy', 1), one('broken', 30), one('broken', 20), one('waiting', 5), one('unobserved', null)];
    expect(tenantThen(all, old, NOW)).toMatchObject({ health: 'broken', since: 20 });
    expect(tenantThen([one('unobserved', null)], old, NOW)).toMatchObject({ health: 'unobserved', since: null });
  });

  it('is healthy since the last of its connections was', () => {
    expect(tenantThen([one('healthy', 1), one('healthy', 7), one('removed', 9)], old, NOW)).toMatchObject({
      health: 'healthy',
      since: 7,
    });
  });

  it('has the conditions of all its connections but removed ones, each once', () => {
    const all = [
      one('waiting', 1, { conditions: ['rate_limited'] }),
      one('broken', 1, { conditions: ['token_invalid', 'rate_limited'] }),
      one('removed', 1, { conditions: ['removed'] }),
    ];
    expect(tenantThen(all, old, NOW).conditions).toEqual(['token_invalid', 'rate_limited']);
  });

  it('has no health when it was known to have no connection that counts, and is unobserved before its first good poll', () => {
    expect(tenantThen([], old, NOW)).toEqual({ health: null, conditions: [], since: null });
    expect(tenantThen([one('removed', 1)], old, NOW)).toEqual({ health: null, conditions: [], since: null });
    expect(tenantThen([], { baselinedAt: NOW + 1 }, NOW)).toMatchObject({ health: 'unobserved' });
    expect(tenantThen([], { baselinedAt: null }, NOW)).toMatchObject({ health: 'unobserved' });
  });
});
