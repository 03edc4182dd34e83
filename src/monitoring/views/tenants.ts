import { z } from 'zod';
import { tenantHealths } from '../../domain/model/condition.ts';
import { notificationStates } from '../../domain/model/notification.ts';
import { pollFailureKinds } from '../../domain/model/poll.ts';
import { contactRoles, contactStates, tenantStates } from '../../domain/model/tenant.ts';
import {
  account,
  action,
  conditionList,
  count,
  health,
  instant,
  list,
  maybeInstant,
  maybeText,
  text,
} from './parts.ts';

export const tenantSummary = z.object({
  id: text,
  /** The host's own id of it; null where it has none. */
  externalId: maybeText,
  name: text,
  /** The address of its first owner who can be reached; null where there is none. */
  owner: maybeText,
  state: z.enum(tenantStates),
  /** Its worst connection's; null while it has none that count. */
  health: z.enum(tenantHealths).nullable(),
  /** `total` is the sum of the others. */
  connections: z.object({
    total: count,
    broken: count,
    waiting: count,
    unobserved: count,
    healthy: count,
    removed: count,
  }),
  lastPolledAt: maybeInstant,
  nextPollAt: maybeInstant,
  /** Null while our access to the tenant has never worked. */
  firstGoodPollAt: maybeInstant,
  failing: z.object({ kind: z.enum(pollFailureKinds), since: instant }).nullable(),
  timezone: text,
  /** Its own, in its time zone; null: it is polled as all are. */
  schedule: maybeText,
  /** The application whose key asks for the tenant; null: that of the configuration. */
  application: maybeText,
});

export const tenantDetail = tenantSummary.extend({
  locale: text,
  senderName: maybeText,
  replyTo: maybeText,
  reconnectUrl: maybeText,
  createdAt: instant,
  intervalMs: z.number(),
  contacts: list(z.object({ email: text, role: z.enum(contactRoles), state: z.enum(contactStates) })),
  /** The latest mail that asked somebody to connect the account; null: nobody was asked. */
  invitation: z
    .object({
      to: text,
      state: z.enum(notificationStates),
      createdAt: instant,
      sentAt: maybeInstant,
      /** What the mail server said last. */
      response: maybeText,
      /**
       * When somebody last pressed the button of its page that leads to Constant Contact; a link is opened by programs,
       * too.
       */
      begunAt: maybeInstant,
    })
    .nullable(),
});

const tristate = z.boolean().nullable();
const connectionStatus = z.object({
  hasToken: tristate,
  isActiveUser: tristate,
  rateLimited: tristate,
  tokenHasScopes: tristate,
  tokenIsValid: tristate,
  error: maybeText,
  networkStatus: z.int().nullable(),
});
const reading = { health, conditions: conditionList, status: connectionStatus };

/** A connection as `connectionNow` says it is. */
export const connectionView = z.object({
  id: text,
  ...account,
  ...reading,
  action,
  since: maybeInstant,
  observedAt: maybeInstant,
  /** While it is broken: its pages that can no longer be posted to, a few by name; null when none are known. */
  pages: z.object({ named: list(text), more: count }).nullable(),
});

/** One of many tenants' connections. */
export const tenantConnection = z.object({ tenantId: text }).extend(connectionView.shape);

export const tenantStatus = z.object({ tenant: tenantSummary, connections: list(connectionView) });

const period = z.object({ from: instant, to: instant, ...reading, polls: count });
const share = z.number().nullable();
const connectionHistory = z.object({ id: text, ...account, uptime: share, coverage: share, periods: list(period) });

export const tenantHistory = z.object({
  tenant: z.object({ id: text, name: text }),
  from: instant,
  to: instant,
  connections: list(connectionHistory),
});

/** A tenant as it can be imported again, by the names that an import reads; secrets are never exported. */
export const exportedTenant = z.object({
  id: text,
  external_id: maybeText,
  name: text,
  state: z.enum(tenantStates),
  timezone: text,
  locale: text,
  schedule: maybeText,
  application: maybeText,
  owner: text,
  cc: list(text),
  sender_name: maybeText,
  reply_to: maybeText,
  reconnect_url: maybeText,
});

export type TenantSummary = Readonly<z.output<typeof tenantSummary>>;
export type TenantDetail = Readonly<z.output<typeof tenantDetail>>;
export type TenantStatus = Readonly<z.output<typeof tenantStatus>>;
export type ConnectionView = TenantStatus['connections'][number];
export type TenantConnection = Readonly<z.output<typeof tenantConnection>>;
export type TenantHistory = Readonly<z.output<typeof tenantHistory>>;
export type ConnectionHistory = TenantHistory['connections'][number];
export type ExportedTenant = Readonly<z.output<typeof exportedTenant>>;
