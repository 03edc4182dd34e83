import { describe, expect, it } from '@jest/globals';
import { type ConnectionNow, connectionNow, healthNow, tenantHealth } from '../../src/domain/connection-now.ts';
import type { Health } from '../../src/domain/model/condition.ts';
import type { Connection, Snapshot } from '../../src/domain/model/connection.ts';
import { UNKNOWN_STATUS } from '../../src/domain/model/connection-status.ts';
import type { Incident } from '../../src/domain/model/incident.ts';
import type { TenantState } from '../../src/domain/model/tenant.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/domain/model/time.ts';
import { aConfirmedIncident, aConnection, anIncident, aSnapshot, aStatus, aTenant, NOW } from '../support/builders.ts';
import { aRecord } from '../support/domain-record.ts';

/** The latest period began three hours ago; its last poll, an hour ago, speaks for two hours. */
function withPeriod(given: Partial<Snapshot> = {}): Connection {
  const period = aSnapshot({ from: NOW - 3 * HOUR_MS, to: NOW - HOUR_MS, speaksForMs: 2 * HOUR_MS, ...given });
  return aConnection({ period });
}

const broken = withPeriod({
  health: 'broken',
  conditions: ['token_invalid'],
  status: aStatus({ tokenIsValid: false }),
});
const removed = withPeriod({ health: 'removed', conditions: ['removed'], status: UNKNOWN_STATUS });

type Given = Readonly<{ state?: TenantState; incidents?: readonly Incident[]; now?: number }>;

function nowOf(connection: Connection, { state = 'active', incidents = [], now = NOW }: Given = {}): ConnectionNow {
  return connectionNow(connection, aRecord({ tenant: aTenant({ state }), incidents }), now);
}

const unobserved = { health: 'unobserved', conditions: [], action: 'none', pages: null, status: UNKNOWN_STATUS };

describe('A connection now', () => {
  it('is unobserved since no known moment before its first observation', () => {
    expect(nowOf(aConnection({ period: null }))).toEqual({ ...unobserved, since: null, observedAt: null });
  });

  it('is what its latest period shows', () => {
    expect(nowOf(broken)).toEqual({
      health: 'broken',
      conditions: ['token_invalid'],
      action: 'reconnect',
      pages: null,
      status: aStatus({ tokenIsValid: false }),
      since: NOW - 3 * HOUR_MS,
      observedAt: NOW - HOUR_MS,
    });
  });

  it('names its lost pages while it is broken, whatever broke it, and at no other time', () => {
    const pages = { named: ['Catering'], more: 2 };
    const unreachablePages = { ...pages, seenAt: NOW, isCause: false };
    expect(nowOf({ ...broken, unreachablePages }).pages).toEqual(pages);
    expect(nowOf({ ...withPeriod(), unreachablePages }).pages).toBeNull();
    expect(nowOf({ ...removed, unreachablePages }).pages).toBeNull();
  });

  it('is unobserved from the moment on at which its last poll no longer speaks for it', () => {
    const end = NOW + HOUR_MS;
    expect(nowOf(broken, { now: end })).toMatchObject({ health: 'broken' });
    expect(nowOf(broken, { now: end + 1 })).toEqual({ ...unobserved, since: end, observedAt: NOW - HOUR_MS });
  });

  it.each(['reauthorize', 'access_denied'] as const)(
    'is unobserved in the state %s, although the last good poll is an hour old',
    (state) => {
      const incidents = [aConfirmedIncident({ connectionId: null, openedAt: NOW - 30 * MINUTE_MS })];
      const expected = { ...unobserved, since: NOW - 30 * MINUTE_MS, observedAt: NOW - HOUR_MS };
      expect(nowOf(withPeriod(), { state, incidents })).toEqual(expected);
      expect(nowOf(broken, { state, incidents })).toEqual(expected);
    },
  );

  it('is unobserved since its last poll when the incident about our access was closed by command', () => {
    const incidents = [aConfirmedIncident({ connectionId: null, state: 'closed' })];
    expect(nowOf(broken, { state: 'access_denied', incidents })).toMatchObject({ since: NOW - HOUR_MS });
  });

  it('is unobserved since its last poll ceased to speak for it when our access was lost only later', () => {
    const incidents = [aConfirmedIncident({ connectionId: null, openedAt: NOW + 5 * HOUR_MS })];
    const now = NOW + 6 * HOUR_MS;
    expect(nowOf(broken, { state: 'access_denied', incidents, now })).toMatchObject({ since: NOW + HOUR_MS });
  });

  it.each(['active', 'paused', 'reauthorize', 'access_denied'] as const)(
    'stays removed in the state %s, however long ago that was seen',
    (state) => {
      expect(nowOf(removed, { state, now: NOW + 900 * HOUR_MS })).toMatchObject({
        health: 'removed',
        conditions: ['removed'],
        action: 'none',
        since: NOW - 3 * HOUR_MS,
      });
    },
  );

  it('of a paused tenant is what was seen last, until that poll no longer speaks for it', () => {
    expect(nowOf(broken, { state: 'paused' })).toMatchObject({ health: 'broken' });
    expect(nowOf(broken, { state: 'paused', now: NOW + 2 * HOUR_MS })).toMatchObject(unobserved);
  });
});

describe('The beginning of what a connection shows', () => {
  const waiting = withPeriod({ health: 'waiting', conditions: ['rate_limited'] });
  const openedAt = NOW - 30 * HOUR_MS;

  it.each<[string, Connection, Incident, number]>([
    ['broken: the first bad poll of its incident', broken, aConfirmedIncident({ openedAt }), openedAt],
    ['suspected: the same', broken, anIncident({ openedAt }), openedAt],
    ['waiting: the same', waiting, aConfirmedIncident({ openedAt }), openedAt],
    [
      'healthy again: the first good poll',
      withPeriod(),
      aConfirmedIncident({ state: 'recovering' }),
      NOW - 3 * HOUR_MS,
    ],
    ['broken after an incident that is closed', broken, anIncident({ state: 'closed', openedAt }), NOW - 3 * HOUR_MS],
    ["broken beside another's incident", broken, anIncident({ connectionId: 'x', openedAt }), NOW - 3 * HOUR_MS],
  ])('%s', (_, connection, incident, since) => {
    expect(nowOf(connection, { incidents: [incident] })).toMatchObject({ since });
  });
});

describe('The health of a tenant', () => {
  it.each<[readonly Health[], Health | null]>([
    [['removed', 'healthy'], 'healthy'],
    [['healthy', 'unobserved'], 'unobserved'],
    [['unobserved', 'waiting'], 'waiting'],
    [['waiting', 'broken', 'healthy'], 'broken'],
    [['removed'], null],
    [[], null],
  ])('with %j is %s', (healths, health) => {
    expect(tenantHealth(healths, { baselinedAt: NOW })).toBe(health);
  });

  it('before the first good poll is unobserved: whether it has connections is unknown', () => {
    expect(tenantHealth([], { baselinedAt: null })).toBe('unobserved');
  });

  it('is made of the health that each connection has now', () => {
    expect(healthNow(broken, { state: 'active' }, NOW)).toBe('broken');
    expect(healthNow(broken, { state: 'reauthorize' }, NOW)).toBe('unobserved');
  });
});
