import { isCanaryBroken } from '../../domain/canary.ts';
import type { ClientApplication } from '../../domain/model/client-application.ts';
import type { ObservedConnection } from '../../domain/model/connection.ts';
import { failureOf } from '../../domain/model/poll.ts';
import { HOUR_MS, type Instant } from '../../domain/model/time.ts';
import type { Clock, ConstantContact, RecordStore, Upstreams } from '../ports.ts';

export const CANARY_TENANT = 'canary';

/** Its one application, without any limit. */
const application: ClientApplication = {
  id: null,
  name: 'canary',
  clientId: 'canary',
  requestsPerSecond: 0,
  requestsPerDay: 0,
  tokenRequestsPerSecond: 0,
  reserveShare: 0,
};

type CanaryUpstream = Pick<ConstantContact, 'fetchConnections' | 'fetchProfiles' | 'fetchPrivileges' | 'refresh'>;

type Ports = Readonly<{
  records: Pick<RecordStore, 'read'>;
  clock: Clock;
  /** When its contact was last told of a break. */
  lastToldAt(): Promise<Instant | null>;
}>;

/** Stands in for Constant Contact, within this process: one account whose Facebook breaks once a day. */
export function createCanaryUpstreams(
  ports: Ports,
): Upstreams<Readonly<{ application: ClientApplication; constantContact: CanaryUpstream }>> {
  const constantContact = canaryUpstream(ports);
  return {
    of: async () => ({ application, constantContact }),
    application: async () => application,
    applications: async () => [application],
    renew: () => undefined,
  };
}

function canaryUpstream({ records, clock, lastToldAt }: Ports): CanaryUpstream {
  return {
    fetchConnections: async () => {
      const [record] = await records.read([CANARY_TENANT]);
      const isBroken = record !== undefined && isCanaryBroken(record, await lastToldAt(), clock.now());
      return { ok: true, value: { connections: [connection(isBroken)], isPartial: false } };
    },
    fetchProfiles: async () => ({ ok: false, failure: failureOf('client', 'the canary has no pages') }),
    fetchPrivileges: async () => ({ ok: true, value: [] }),
    refresh: async () => {
      const expiresAt = clock.now() + HOUR_MS;
      return { ok: true, value: { accessToken: 'canary', refreshToken: 'canary', expiresAt, lifetimeMs: HOUR_MS } };
    },
  };
}

function connection(isBroken: boolean): ObservedConnection {
  return {
    network: 'facebook',
    accountId: 'canary',
    displayName: 'a test: nothing to do',
    username: null,
    status: {
      hasToken: true,
      isActiveUser: true,
      rateLimited: false,
      tokenHasScopes: true,
      tokenIsValid: !isBroken,
      error: null,
      networkStatus: 200,
    },
  };
}
