import { z } from 'zod';
import { tenantHealths } from '../../domain/model/condition.ts';
import { pollFailureKinds } from '../../domain/model/poll.ts';
import { contactRoles, contactStates, tenantStates } from '../../domain/model/tenant.ts';
import { action, conditionList, connectionIdentity, count, health, instant, list } from './parts.ts';

/** `total` is the sum of the others. */
const connectionCounts = z.object({
  total: count,
  broken: count,
  waiting: count,
  unobserved: count,
  healthy: count,
  removed: count,
});

export const tenantSummary = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(tenantStates),
  /** Its worst connection's; null while it has none that count. */
  health: z.enum(tenantHealths).nullable(),
  connections: connectionCounts,
  lastPolledAt: instant.nullable(),
  nextPollAt: instant.nullable(),
  failing: z.object({ kind: z.enum(pollFailureKinds), since: instant }).nullable(),
});

export const tenantDetail = tenantSummary.extend({
  timezone: z.string(),
  locale: z.string(),
  schedule: z.string().nullable(),
  senderName: z.string().nullable(),
  replyTo: z.string().nullable(),
  reconnectUrl: z.string().nullable(),
  createdAt: instant,
  intervalMs: z.number(),
  contacts: list(z.object({ email: z.string(), role: z.enum(contactRoles), state: z.enum(contactStates) })),
});

const connectionStatus = z.object({
  hasToken: z.boolean().nullable(),
  isActiveUser: z.boolean().nullable(),
  rateLimited: z.boolean().nullable(),
  tokenHasScopes: z.boolean().nullable(),
  tokenIsValid: z.boolean().nullable(),
  error: z.string().nullable(),
  networkStatus: z.int().nullable(),
});

/** As `connectionNow` says it is. */
export const connectionView = z.object({
  id: z.string(),
  ...connectionIdentity,
  displayName: z.string().nullable(),
  health,
  conditions: conditionList,
  action,
  since: instant.nullable(),
  observedAt: instant.nullable(),
  status: connectionStatus,
});

export const tenantStatus = z.object({ tenant: tenantSummary, connections: list(connectionView) });

const connectionHistory = z.object({
  id: z.string(),
  ...connectionIdentity,
  displayName: z.string().nullable(),
  uptime: z.number().nullable(),
  coverage: z.number().nullable(),
  periods: list(
    z.object({ from: instant, to: instant, health, conditions: conditionList, status: connectionStatus, polls: count }),
  ),
});

export const tenantHistory = z.object({
  tenant: z.object({ id: z.string(), name: z.string() }),
  from: instant,
  to: instant,
  connections: list(connectionHistory),
});

/** A tenant as it can be imported again, by the names that an import reads; secrets are never exported. */
export const exportedTenant = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(tenantStates),
  timezone: z.string(),
  locale: z.string(),
  schedule: z.string().nullable(),
  owner: z.string(),
  cc: list(z.string()),
  sender_name: z.string().nullable(),
  reply_to: z.string().nullable(),
  reconnect_url: z.string().nullable(),
});

export type ConnectionCounts = Readonly<z.output<typeof connectionCounts>>;
export type TenantSummary = Readonly<z.output<typeof tenantSummary>>;
export type TenantDetail = Readonly<z.output<typeof tenantDetail>>;
export type TenantStatus = Readonly<z.output<typeof tenantStatus>>;
export type ConnectionView = Readonly<z.output<typeof connectionView>>;
export type ConnectionHistory = TenantHistory['connections'][number];
export type TenantHistory = Readonly<z.output<typeof tenantHistory>>;
export type ExportedTenant = Readonly<z.output<typeof exportedTenant>>;
