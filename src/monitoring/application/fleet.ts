import type { ConnectionIdentity } from '../../domain/model/connection.ts';
import type { Instant } from '../../domain/model/time.ts';
import type { Banner } from '../../domain/owner/banner.ts';
import type { Plan } from '../../domain/polling/plan-fit.ts';
import type { Effect } from '../../domain/reports/effect.ts';
import type { ConnectionCount, FleetChanges, Page, PageRequest, PersonInDemand } from '../ports.ts';
import type { Viewer } from '../viewer.ts';
import type { TenantConnection, TenantHistory, TenantStatus } from '../views.ts';

export type Health = Readonly<{
  status(viewer: Viewer, tenantId: string): Promise<TenantStatus | null>;
  /** The connections of one page of tenants, by tenant id: `limit` counts tenants, not connections. */
  connections(viewer: Viewer, page: PageRequest): Promise<Page<TenantConnection>>;
  /** What a host product shows of a tenant; also for the holder of its badge's address. */
  banner(viewer: Viewer, tenantId: string): Promise<Banner | null>;
  history(viewer: Viewer, request: HistoryRequest): Promise<TenantHistory | null>;
  /** The tenant of a connection; null when there is no such connection. */
  tenantOf(viewer: Viewer, connectionId: string): Promise<string | null>;
}>;

export type HistoryRequest = Readonly<{
  tenantId: string;
  /** Null: all of the tenant's connections. */
  connection: ConnectionIdentity | Readonly<{ id: string }> | null;
  from: Instant;
  to: Instant;
}>;

/** All tenants together, for the operator and for keys of all tenants. */
export type Fleet = Readonly<{
  /** The fleet as it is, and what the last day has brought; counted anew about once a minute. */
  now(viewer: Viewer): Promise<FleetNow>;
  /** Whoever can end most trouble first. */
  people(viewer: Viewer, page: PageRequest): Promise<Page<PersonInDemand>>;
  /** What mail has brought about in the last three months. */
  effect(viewer: Viewer): Promise<Effect>;
  /** Whether the schedules fit into the requests of a key's day, and what would; also as it would be. */
  plan(viewer: Viewer, wish: WishedPlan): Promise<PlanOutcome>;
}>;

export type FleetNow = FleetChanges & Readonly<{ connections: readonly ConnectionCount[] }>;

export type WishedPlan = Readonly<{
  tenants?: number | undefined;
  schedule?: string | undefined;
  /** The application's name. */
  application?: string | undefined;
}>;

export type KeyPlan = Plan & Readonly<{ application: Readonly<{ id: string | null; name: string }> }>;

export type PlanOutcome =
  /** `plan` is the plan of the first application asked about; its `applications` has one plan for each of them. */
  | Readonly<{ outcome: 'planned'; plan: KeyPlan & Readonly<{ applications: readonly KeyPlan[] }> }>
  | Readonly<{ outcome: 'unknown_application' }>
  /** The wish is no cron expression, or one that never comes. */
  | Readonly<{ outcome: 'no_schedule'; problem: string }>;
