import { NOW } from './builders.ts';

const at = new Date(NOW);
const later = new Date(NOW + 1);

type Row = Readonly<Record<string, unknown>>;

/** A row, or a few, of each table as the first version had them; whatever refers to another comes after it. */
export const firstRows: Readonly<Record<string, readonly Row[]>> = {
  Tenant: [
    {
      ...{ id: 'tenant-1', name: 'Zoë’s “Café”', state: 'access_denied', timezone: 'US/Eastern', locale: 'fr' },
      ...{ schedule: '*/30 * * * *', createdAt: at, baselinedAt: at, lastPolledAt: later, lastGoodPollAt: at },
      ...{ nextPollAt: later, intervalMs: 3_600_000n, failingKind: 'forbidden', failingSince: at, removedAt: null },
    },
  ],
  Contact: [
    {
      ...{ id: 'owner', tenantId: 'tenant-1', email: 'a@x.example', role: 'owner' },
      ...{ state: 'active', refusals: 1 },
    },
    {
      ...{ id: 'gone', tenantId: 'tenant-1', email: 'b@x.example', role: 'cc', state: 'unsubscribed', refusals: 0 },
      ...{ unsubscribedAt: at, removedAt: later },
    },
  ],
  Credential: [
    {
      ...{ tenantId: 'tenant-1', accessToken: 'sealed-1', refreshToken: 'sealed-2', expiresAt: later },
      ...{ lifetimeMs: 86_400_000n, revision: 7, refreshLeaseUntil: at },
    },
  ],
  Connection: [
    {
      ...{ id: 'facebook-1', tenantId: 'tenant-1', network: 'facebook', accountId: '17841400000000001' },
      ...{ displayName: 'Page', username: 'page', firstSeenAt: at, foundAtBaseline: true, absentPolls: 1 },
      ...{ removedAt: later, rateLimitedSince: at, checkFailedInvalidSince: later },
    },
  ],
  Snapshot: [
    {
      ...{ id: 'snapshot-1', connectionId: 'facebook-1', periodOfId: 'facebook-1', startedAt: at, seenUntil: later },
      ...{ speaksUntil: later, health: 'broken', conditions: 'token_invalid rate_limited', hasToken: true },
      ...{ isActiveUser: null, rateLimited: true, tokenHasScopes: null, tokenIsValid: false, error: 'Bad "token"' },
      ...{ networkStatus: 401, polls: 3 },
    },
    {
      ...{ id: 'snapshot-0', connectionId: 'facebook-1', periodOfId: null, startedAt: at, seenUntil: at },
      ...{ speaksUntil: at, health: 'healthy', conditions: '', polls: 1 },
    },
  ],
  Poll: [
    {
      ...{ id: 41, tenantId: 'tenant-1', at, durationMs: 120, outcome: 'failed', failureKind: 'forbidden' },
      ...{ failureDetail: 'no', failureRequestId: 'r-1' },
    },
  ],
  Change: [
    {
      ...{ id: 'change-1', tenantId: 'tenant-1', connectionId: 'facebook-1', at, fromHealth: 'healthy' },
      ...{ toHealth: 'broken', conditions: 'token_invalid', reason: 'broke' },
    },
  ],
  Incident: [
    {
      ...{ id: 'incident-1', tenantId: 'tenant-1', connectionId: 'facebook-1', openKey: 'connection:facebook-1' },
      ...{ state: 'open', action: 'reconnect', conditions: 'token_invalid', openedAt: at, confirmedAt: later },
      ...{ foundAtBaseline: false, badPolls: 2, badCountedAt: later, certainAction: 'reconnect' },
      ...{ toldAction: 'reconnect', toldAt: later, toldIn: 'conversation-1', alertsTold: 1, remindersUsed: 0 },
      ...{ remindAt: later, decision: 'already_told' },
    },
    {
      ...{ id: 'incident-2', tenantId: 'tenant-1', connectionId: null, openKey: 'access:tenant-1', state: 'suspected' },
      ...{ action: 'privileges', conditions: '', openedAt: at, foundAtBaseline: false, alertsTold: 0 },
      ...{ remindersUsed: 0, decision: 'awaiting_confirmation' },
    },
  ],
  Notification: [
    {
      ...{ id: 'mail-1', tenantId: 'tenant-1', contactId: 'owner', to: 'a@x.example', kind: 'alert', state: 'sent' },
      ...{ reason: 'first_alert', createdAt: at, dueAt: at, conversationId: 'conversation-1', attempts: 1 },
      ...{ outcomeUnknown: false, messageId: '<1@x>', subject: 'Reconnect', response: '250 OK', sentAt: later },
    },
    {
      ...{ id: 'mail-2', tenantId: null, contactId: null, to: 'op@x.example', kind: 'operator', state: 'pending' },
      ...{ reason: 'outage_began', createdAt: at, dueAt: at, leaseUntil: later, report: '{"about":"outage_began"}' },
      ...{ attempts: 2, outcomeUnknown: true },
    },
  ],
  NotificationTopic: [
    {
      ...{ notificationId: 'mail-1', position: 0, incidentId: 'incident-1', step: 'alert:1', action: 'reconnect' },
      ...{ liveKey: 'alert:1:incident-1:owner' },
    },
    { notificationId: 'mail-1', position: 1, incidentId: 'incident-2', step: 'alert:1', action: 'privileges' },
  ],
  RequestDay: [{ day: '2026-01-15', used: 42, isExhausted: true }],
  Outage: [{ id: 'outage-1', since: at, confirmedAt: later, endedAt: null, kind: 'timeout', openKey: 'current' }],
};

/** What the second version kept besides. */
export const secondRows: typeof firstRows = {
  Hold: [
    {
      ...{ id: 'hold-1', kind: 'fleet', network: 'facebook', cause: 'token_invalid', since: at, beganAt: at },
      ...{ endedAt: later, endReason: 'released', tenants: 12, sample: '["tenant-1"]', openKey: null },
    },
  ],
  Digest: [{ day: '2026-01-15', writtenAt: at }],
};

const openHold = { network: null, since: at, beganAt: later, endedAt: null, endReason: null, sample: '[]' };

/** What the second version kept among the holds and later versions keep as faults. */
export const secondFaults: typeof firstRows = {
  Hold: [
    { id: 'access-1', kind: 'access', cause: 'forbidden', tenants: 14, openKey: 'access:forbidden', ...openHold },
    { id: 'trouble-1', kind: 'mail_trouble', cause: '535 no', tenants: 0, openKey: 'mail_trouble', ...openHold },
    { ...openHold, id: 'over', kind: 'access', cause: 'forbidden', tenants: 9, openKey: null, endedAt: later },
  ],
};
