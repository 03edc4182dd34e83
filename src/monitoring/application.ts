import type { ApiKeys, Audit } from './application/access.ts';
import type { Applications } from './application/applications.ts';
import type { Connecting } from './application/connecting.ts';
import type { Events } from './application/events.ts';
import type { Fleet, Health } from './application/fleet.ts';
import type { Incidents } from './application/incidents.ts';
import type { Mail } from './application/mail.ts';
import type { Operations } from './application/operations.ts';
import type { Owner } from './application/owner.ts';
import type { Past } from './application/past.ts';
import type { Replays, Rounds } from './application/rounds.ts';
import type { Tenants } from './application/tenants.ts';
import type { Webhooks } from './application/webhooks.ts';

export type * from './application/access.ts';
export type * from './application/applications.ts';
export type * from './application/connecting.ts';
export type * from './application/events.ts';
export type * from './application/fleet.ts';
export type * from './application/incidents.ts';
export type * from './application/mail.ts';
export type * from './application/operations.ts';
export type * from './application/owner.ts';
export type * from './application/past.ts';
export type * from './application/rounds.ts';
export type * from './application/tenants.ts';
export type * from './application/webhooks.ts';

/**
 * Everything that Linkwatch can be asked, by noun. A viewer sees its own tenants alone: another id is answered like
 * one that does not exist, and another tenant's entry is in no list. A viewer that may change nothing gets
 * `NotAllowed`.
 */
export type Application = Readonly<{
  tenants: Tenants;
  health: Health;
  past: Past;
  fleet: Fleet;
  incidents: Incidents;
  mail: Mail;
  events: Events;
  rounds: Rounds;
  replays: Replays;
  owner: Owner;
  connecting: Connecting;
  apiKeys: ApiKeys;
  applications: Applications;
  webhooks: Webhooks;
  audit: Audit;
  operations: Operations;
}>;
