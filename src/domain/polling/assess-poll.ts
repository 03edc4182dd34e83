import { advanceIncidents } from '../detection/advance-incidents.ts';
import { type ConnectionObservation, observeConnections } from '../detection/observation.ts';
import { isAskedEarly } from '../holds/join-hold.ts';
import { applyUpdate } from '../model/apply-update.ts';
import { type Connection, speaksForMs } from '../model/connection.ts';
import type { Fault } from '../model/fault.ts';
import type { Hold } from '../model/hold.ts';
import type { Incident } from '../model/incident.ts';
import { needsRecheck } from '../model/incident-table.ts';
import { layerOf, type Poll, type PollFailureKind, type PollResult } from '../model/poll.ts';
import { isDeadGrant } from '../model/refresh.ts';
import type { AlertSettings } from '../model/settings.ts';
import { isPolled, type Tenant, type TenantState } from '../model/tenant.ts';
import { noUpdate, type TenantRecord, type TenantUpdate } from '../model/tenant-record.ts';
import type { Instant } from '../model/time.ts';
import { withNewer } from '../model/with-newer.ts';
import { groupNotifications } from '../notification/group-notifications.ts';
import { putOnClock } from '../notification/reminders.ts';
import { restAfter } from './at-rest.ts';
import { correctClock, wasClockAhead } from './clock-correction.ts';
import { isPageLookWanted } from './page-look.ts';
import type { PlannedPoll, TenantToPlan } from './poll-plan.ts';

export type AssessmentContext = Readonly<{
  settings: AlertSettings;
  /** Those that have not ended. */
  holds: readonly Hold[];
  faults: readonly Fault[];
  /** The address for the mail of tenants without reachable contacts; null when no operator is configured. */
  operatorEmail: string | null;
  newId: () => string;
  /** When the poll is recorded, by the same clock as the poll's own time. */
  now: Instant;
  /** When the tenant's next regular poll is, and the interval it belongs to. */
  planRegularPoll: (tenant: TenantToPlan, at: Instant) => PlannedPoll;
}>;

/**
 * The whole consequence of one poll: poll -> observations -> incidents -> mail that is due -> next poll.
 * Pure: the same record, poll and settings give the same update.
 */
export function assessPoll(record: TenantRecord, poll: Poll, context: AssessmentContext): TenantUpdate {
  const { tenant } = record;
  // An answer may be hours old: its process stood still, and others have polled since. No clock is wrong then.
  if (wasClockAhead(tenant, context.now)) return assessCorrected(record, poll, context);
  // Two processes may poll the same tenant at once; the answer to the earlier request contains nothing new.
  if (tenant.lastPolledAt !== null && poll.at <= tenant.lastPolledAt) return { ...noUpdate(tenant.id), poll };
  return assessNew(record, poll, context);
}

/** Assesses the poll on the corrected record, and stores the corrections with the poll's own changes. */
function assessCorrected(before: TenantRecord, poll: Poll, context: AssessmentContext): TenantUpdate {
  const { record, correction } = correctClock(before, poll.at);
  const update = assessNew(record, poll, context);
  const corrected = <T>(now: readonly T[], earlier: readonly T[]) => now.filter((item) => !earlier.includes(item));
  return {
    ...update,
    connections: withNewer(corrected(record.connections, before.connections), update.connections),
    incidents: withNewer(corrected(record.incidents, before.incidents), update.incidents),
    notifications: withNewer(corrected(record.notifications, before.notifications), update.notifications),
    clockCorrection: correction,
    rest: null,
  };
}

function assessNew(record: TenantRecord, poll: Poll, context: AssessmentContext): TenantUpdate {
  const { tenant } = record;
  const regular = context.planRegularPoll(tenant, poll.at);
  const observations = observe(record, poll, regular.intervalMs, context);
  const { incidents, connections } = advanceIncidents(observations, { ...context, record, poll });
  const all = withNewer(record.incidents, incidents);
  const recheckWanted = isInDoubt({ incidents: all, observations, holds: context.holds });
  const isSoon = recheckWanted || mayPassByItself(poll.result);
  const planned = isSoon ? soonerForRecheck(regular, poll, context.settings) : regular;
  const polled = withPageLook({ ...tenantAfter(tenant, poll, planned, incidents), recheckWanted }, poll, {
    connections: withNewer(record.connections, connections),
    incidents: all,
    holds: context.holds,
  });
  const mail = groupNotifications({ ...record, tenant: polled, incidents: all }, { ...context, now: poll.at });

  const update: TenantUpdate = {
    ...noUpdate(tenant.id),
    poll,
    tenant: polled,
    connections: connections.filter((connection) => isWorthStoring(connection, observations, record)),
    newSnapshots: observations.flatMap(({ newSnapshot }) => newSnapshot ?? []),
    extendedSnapshots: observations.flatMap(({ extendedSnapshot }) => extendedSnapshot ?? []),
    changes: observations.flatMap(({ change }) => change ?? []),
    incidents: withNewer(incidents, mail.incidents).map((incident) =>
      putOnClock(incident, polled, poll.at + context.settings.recheckAfterMs),
    ),
    notifications: mail.notifications,
  };
  return { ...update, rest: restAfter(applyUpdate(record, update), poll) };
}

function observe(
  record: TenantRecord,
  poll: Poll,
  intervalMs: number,
  context: AssessmentContext,
): readonly ConnectionObservation[] {
  if (poll.result.outcome === 'failed') return [];
  const { tenant } = record;
  return observeConnections(record.connections, poll.result.connections, {
    tenantId: tenant.id,
    at: poll.at,
    isBaseline: tenant.baselinedAt === null,
    isPartial: poll.result.isPartial,
    pages: poll.result.pages ?? [],
    speaksForMs: speaksForMs(intervalMs),
    rateLimitAfterMs: context.settings.rateLimitAfterMs,
    checkFailedAfterMs: context.settings.checkFailedAfterMs,
    newId: context.newId,
  });
}

type Doubtful = Readonly<{
  incidents: readonly Incident[];
  observations: readonly ConnectionObservation[];
  holds: readonly Hold[];
}>;

/** Lost access is asked about again while it is in doubt, too; once it is certain, the tenant is polled as usual. */
function isInDoubt({ incidents, observations, holds }: Doubtful): boolean {
  if (incidents.some((incident) => needsRecheck(incident) && isAskedEarly(incident, holds))) return true;
  return observations.some(({ connection }) => connection.absentPolls > 0 && connection.removedAt === null);
}

/**
 * A deactivated application stays so until the operator has done something: asking more often spends requests alone.
 */
function mayPassByItself(result: PollResult): boolean {
  if (result.outcome !== 'failed') return false;
  const { kind } = result.failure;
  return layerOf(kind) !== 'access' && kind !== 'application_deactivated';
}

/** Polled again soon, but not before the time for which upstream asked us to wait. */
function soonerForRecheck(regular: PlannedPoll, poll: Poll, { recheckAfterMs }: AlertSettings): PlannedPoll {
  const retryAfterMs = poll.result.outcome === 'failed' ? (poll.result.failure.retryAfterMs ?? 0) : 0;
  const nextPollAt = Math.min(regular.nextPollAt, poll.at + recheckAfterMs);
  return { ...regular, nextPollAt: Math.max(nextPollAt, poll.at + retryAfterMs) };
}

function tenantAfter(tenant: Tenant, poll: Poll, planned: PlannedPoll, incidents: readonly Incident[]): Tenant {
  const state = stateAfter(tenant.state, poll.result, incidents);
  const { result, at } = poll;
  const common = {
    ...tenant,
    state,
    lastPolledAt: at,
    nextPollAt: isPolled(state) ? planned.nextPollAt : null,
    intervalMs: planned.intervalMs,
  };
  if (result.outcome === 'failed') {
    const privilegesAskedAt = result.arePrivilegesAsked === true ? at : tenant.privilegesAskedAt;
    return { ...common, privilegesAskedAt, failing: failingAfter(tenant.failing, result.failure.kind, at) };
  }
  return { ...common, failing: null, lastGoodPollAt: at, baselinedAt: tenant.baselinedAt ?? at };
}

type AfterPoll = Readonly<{
  connections: readonly Connection[];
  incidents: readonly Incident[];
  holds: readonly Hold[];
}>;

function withPageLook(tenant: Tenant, { result, at }: Poll, after: AfterPoll): Tenant {
  if (result.outcome === 'failed') return tenant;
  const pagesAskedAt = result.pages === undefined ? tenant.pagesAskedAt : at;
  return { ...tenant, pagesAskedAt, pagesWanted: isPageLookWanted({ ...after, pagesAskedAt, at }) };
}

/** `since` begins anew when the failures change between refused access and failures of another kind. */
function failingAfter(before: Tenant['failing'], kind: PollFailureKind, at: Instant): NonNullable<Tenant['failing']> {
  const goesOn = before !== null && (layerOf(before.kind) === 'access') === (layerOf(kind) === 'access');
  return { kind, since: goesOn ? before.since : at };
}

/** Our access as the tenant's state shows it: lost when certain, regained when its incident closes. */
function stateAfter(state: TenantState, result: PollResult, incidents: readonly Incident[]): TenantState {
  if (state === 'paused') return state;
  const access = incidents.find(({ connectionId }) => connectionId === null);
  if (result.outcome === 'observed') {
    return state === 'access_denied' && access?.state === 'recovering' ? 'access_denied' : 'active';
  }
  if (access?.state !== 'open') return state;
  // A 401 or 403 may yet pass, so such a tenant is polled on, unless only a new grant can help.
  return isDeadGrant(result.failure.kind) ? 'reauthorize' : 'access_denied';
}

function isWorthStoring(
  after: Connection,
  observations: readonly ConnectionObservation[],
  { connections }: TenantRecord,
): boolean {
  const known = connections.find(({ id }) => id === after.id);
  const hasChanged = observations.some(({ connection, change }) => connection.id === after.id && change !== null);
  if (known === undefined || hasChanged) return true;
  return (
    known.transitions !== after.transitions ||
    known.displayName !== after.displayName ||
    known.username !== after.username ||
    known.absentPolls !== after.absentPolls ||
    known.removedAt !== after.removedAt ||
    known.rateLimitedSince !== after.rateLimitedSince ||
    known.checkFailedInvalidSince !== after.checkFailedInvalidSince ||
    known.checkFailedSince !== after.checkFailedSince ||
    known.unreachablePages !== after.unreachablePages
  );
}
