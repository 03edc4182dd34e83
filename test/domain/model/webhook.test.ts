import { describe, expect, it } from '@jest/globals';
import { disableEndpoint, enableEndpoint, isDelivered, withoutAnswer } from '../../../src/domain/model/webhook.ts';
import { aWebhook, NOW } from '../../support/builders.ts';

it.each([
  [null, false],
  [199, false],
  [200, true],
  [204, true],
  [299, true],
  [300, false],
  [410, false],
  [500, false],
])('an event that is answered with %s is taken: %s', (status, expected) => {
  expect(isDelivered({ status })).toBe(expected);
});

it('an event that got no answer was not taken, and its receiver has asked for no rest', () => {
  expect(withoutAnswer('no route')).toEqual({ status: null, answer: null, retryAfterMs: null, error: 'no route' });
});

describe('An endpoint', () => {
  const failing = { failures: 12, failingSince: NOW - 60_000, restUntil: NOW + 60_000 };
  const afresh = { failures: 0, failingSince: null, restUntil: null };
  const active = aWebhook({ state: 'active', reason: null, ...failing });
  const paused = aWebhook({ state: 'paused', reason: 'failing', ...failing });
  const off = aWebhook({ state: 'disabled', reason: 'gone', ...failing });

  it('that is enabled begins afresh, where it was not active', () => {
    for (const endpoint of [paused, off]) {
      expect(enableEndpoint(endpoint, NOW)).toEqual({
        ...endpoint,
        ...afresh,
        state: 'active',
        reason: null,
        since: NOW,
      });
    }
    expect(enableEndpoint(active, NOW)).toBe(active);
  });

  it('that is disabled keeps what it failed with, and an older reason', () => {
    for (const endpoint of [active, paused]) {
      expect(disableEndpoint(endpoint, NOW)).toEqual({
        ...endpoint,
        state: 'disabled',
        reason: 'by_command',
        since: NOW,
      });
    }
    expect(disableEndpoint(off, NOW)).toBe(off);
  });
});
