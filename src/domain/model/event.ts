import type { Action, Condition, Health } from './condition.ts';
import type { IncidentState } from './incident.ts';
import type { TenantMailKind } from './mail-kind.ts';
import type { TenantState } from './tenant.ts';
import type { Instant } from './time.ts';

/** What the polls show of a connection; every change of its health, its conditions or its name has one. */
export const connectionEventTypes = [
  'connection.added',
  'connection.broken',
  'connection.waiting',
  'connection.unobserved',
  'connection.repaired',
  'connection.removed',
  'connection.updated',
] as const;

export const tenantEventTypes = [
  'tenant.added',
  'tenant.updated',
  'tenant.removed',
  'tenant.connected',
  'tenant.reauthorize',
  'tenant.access_denied',
  'tenant.access_recovered',
  'tenant.paused',
  'tenant.resumed',
] as const;

/** What is certain, and what people did about it. */
export const incidentEventTypes = [
  'incident.opened',
  'incident.acknowledged',
  'incident.snoozed',
  'incident.closed',
] as const;

/** Mail to a tenant's contacts. */
export const mailEventTypes = ['mail.sent', 'mail.failed', 'mail.held'] as const;

/** The types are stored and promised to other programs: one may be added, none renamed. */
export const eventTypes = [
  ...connectionEventTypes,
  ...tenantEventTypes,
  ...incidentEventTypes,
  ...mailEventTypes,
] as const;
export type EventType = (typeof eventTypes)[number];
export type ConnectionEventType = (typeof connectionEventTypes)[number];
export type TenantEventType = (typeof tenantEventTypes)[number];
export type IncidentEventType = (typeof incidentEventTypes)[number];
export type MailEventType = (typeof mailEventTypes)[number];

/** What a `tenant.updated` may be about. */
export const changedFields = [
  'externalId',
  'name',
  'timezone',
  'locale',
  'schedule',
  'senderName',
  'replyTo',
  'reconnectUrl',
  'contacts',
] as const;
export type ChangedField = (typeof changedFields)[number];

/** The tenant when the event was written. A purge leaves the id alone. */
export type EventTenant = Readonly<{
  id: string;
  externalId: string | null;
  /** Null too where the only name is a person's address. */
  name: string | null;
  state: TenantState | 'removed';
}>;

/** The health is that of the latest poll; while the tenant's access is lost, or it is paused, no poll speaks for it. */
export type EventConnection = Readonly<{
  id: string;
  network: string;
  accountId: string;
  displayName: string | null;
  health: Health;
}>;

export type EventIncident = Readonly<{ id: string; state: IncidentState; snoozedUntil: Instant | null }>;

export type EventMail = Readonly<{ id: string; kind: TenantMailKind; incidentIds: readonly string[] }>;

type Told = Readonly<{
  tenant: EventTenant;
  reason: string | null;
  conditions: readonly Condition[];
  action: Action;
  /** Since when that has been so; of a connection in trouble, since the first bad poll of its incident. */
  since: Instant | null;
}>;

/** The type with what is told. No address of a person and no token is ever part of it. */
export type EventContent =
  | Readonly<{
      type: ConnectionEventType;
      data: Told & Readonly<{ connection: EventConnection; incident: EventIncident | null }>;
    }>
  | Readonly<{
      type: TenantEventType;
      /** `changed` is empty but for `tenant.updated`. */
      data: Told & Readonly<{ connection: null; changed: readonly ChangedField[] }>;
    }>
  | Readonly<{
      type: IncidentEventType;
      data: Told & Readonly<{ connection: EventConnection | null; incident: EventIncident }>;
    }>
  | Readonly<{
      type: MailEventType;
      /** Connection and incident are null unless the mail is about one alone. */
      data: Told & Readonly<{ connection: EventConnection | null; incident: EventIncident | null; mail: EventMail }>;
    }>;

/** One entry of the feed. */
export type FeedEvent = EventContent & Readonly<{ id: string; tenantId: string; at: Instant }>;
