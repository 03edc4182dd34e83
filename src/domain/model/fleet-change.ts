import type { Tenant } from './tenant.ts';
import type { Instant } from './time.ts';

/** With this a fault or a hold of many tenants is carried into the record of each. */
export type FleetChangeContext = Readonly<{
  now: Instant;
  newId: () => string;
  /** When the tenant would be polled were it in no doubt. */
  planRegularPoll: (tenant: Tenant, at: Instant) => Readonly<{ nextPollAt: Instant }>;
}>;
