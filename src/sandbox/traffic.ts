import { performance } from 'node:perf_hooks';
import { createRequestWindow } from './request-window.ts';
import { type Route, routes } from './script.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** The limits per key that the stand-in enforces, as Constant Contact does; 0 = no limit. */
export type Limits = Readonly<{ requestsPerSecond: number; requestsPerDay: number; tokenRequestsPerSecond: number }>;

export type Counters = Readonly<{
  requests: Readonly<Record<Route, number>>;
  /** Answered requests by status; hangs and resets have none. */
  statuses: Readonly<Record<string, number>>;
  /** Requests for connections, by tenant; null counts requests with an unknown token. */
  connectionsByTenant: Readonly<Record<string, number>>;
  refreshes: number;
  /** Refreshes with a token that was valid earlier. */
  reusedRefreshTokens: number;
  /** The most requests within any one second. */
  mostPerSecond: Readonly<{ api: number; token: number }>;
}>;

export type Traffic = Readonly<{
  /** Counts a request; says which limit it breaks, if any. */
  arrive(route: Route, tenantId: string | null): 'throttled' | 'quota_exceeded' | null;
  answered(status: number): void;
  refreshed(): void;
  reused(): void;
  counters(): Counters;
  /** Counters start from 0; the day's quota does not. */
  reset(): void;
}>;

type Side = 'api' | 'token';

export function createTraffic(limits: () => Limits, now: () => number): Traffic {
  const windows = { api: createRequestWindow(), token: createRequestWindow() };
  const admit = createGate(limits, now);
  let counts = noCounts();

  return {
    arrive(route, tenantId) {
      const side = route === 'token' ? 'token' : 'api';
      const atMs = performance.now();
      windows[side].note(atMs);
      counts.requests[route] += 1;
      if (route === 'connections') increase(counts.connectionsByTenant, tenantId ?? 'unknown');
      return admit(side, atMs);
    },
    answered: (status) => increase(counts.statuses, `${status}`),
    refreshed() {
      counts.refreshes += 1;
    },
    reused() {
      counts.reusedRefreshTokens += 1;
    },
    counters: () => ({
      ...structuredClone(counts),
      mostPerSecond: { api: windows.api.most(), token: windows.token.most() },
    }),
    reset() {
      counts = noCounts();
      windows.api.reset();
      windows.token.reset();
    },
  };
}

/** Says which limit a request breaks; only those that break none count towards the limits. */
function createGate(limits: () => Limits, now: () => number) {
  const admitted = { api: createRequestWindow(), token: createRequestWindow() };
  const today = createDayCount(now);

  function brokenBy(side: Side, atMs: number): 'throttled' | 'quota_exceeded' | null {
    const { requestsPerDay, requestsPerSecond, tokenRequestsPerSecond } = limits();
    if (side === 'api' && requestsPerDay > 0 && today.used() >= requestsPerDay) return 'quota_exceeded';
    const perSecond = side === 'api' ? requestsPerSecond : tokenRequestsPerSecond;
    return perSecond > 0 && admitted[side].countAt(atMs) >= perSecond ? 'throttled' : null;
  }

  return (side: Side, atMs: number) => {
    const broken = brokenBy(side, atMs);
    if (broken === null) admitted[side].note(atMs);
    if (broken === null && side === 'api') today.add();
    return broken;
  };
}

/** Starts again at 00:00 UTC. */
function createDayCount(now: () => number) {
  let day = 0;
  let count = 0;
  function used(): number {
    const current = Math.floor(now() / DAY_MS);
    if (current !== day) [day, count] = [current, 0];
    return count;
  }
  return {
    used,
    add() {
      count = used() + 1;
    },
  };
}

function noCounts() {
  return {
    requests: Object.fromEntries(routes.map((route) => [route, 0])) as Record<Route, number>,
    statuses: {} as Record<string, number>,
    connectionsByTenant: {} as Record<string, number>,
    refreshes: 0,
    reusedRefreshTokens: 0,
  };
}

function increase(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}
