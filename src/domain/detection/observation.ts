import {
  actionOf,
  actions,
  conditions as allConditions,
  type Condition,
  conditionsOf,
  type GracePeriod,
  type Health,
  healthOf,
  healths,
} from '../model/condition.ts';
import { type Connection, hasGap, identityKey, type ObservedConnection, type Reading } from '../model/connection.ts';
import { UNKNOWN_STATUS } from '../model/connection-status.ts';
import type { Instant } from '../model/time.ts';
import type { Verdict } from '../model/verdict.ts';
import { type AdvancedPeriod, advancePeriod } from './advance-period.ts';
import { gracePeriodAt, gracePeriodStarts } from './grace-period.ts';

/** Removal is believed when this many good polls in a row do not list the connection. */
const ABSENT_POLLS_TO_REMOVE = 2;

/** What one good poll means for one connection. */
export type ConnectionObservation = AdvancedPeriod &
  Readonly<{
    verdict: Verdict;
    /** What was known before no longer spoke for it. */
    isAfterGap: boolean;
  }>;

export type ObservationContext = Readonly<{
  tenantId: string;
  at: Instant;
  isBaseline: boolean;
  isPartial: boolean;
  /** How long this poll speaks for what it saw: twice the tenant's interval. */
  speaksForMs: number;
  rateLimitAfterMs: number;
  checkFailedAfterMs: number;
  newId: () => string;
}>;

/** Compares a good poll with what was known, connection by connection. */
export function observeConnections(
  known: readonly Connection[],
  observed: readonly ObservedConnection[],
  context: ObservationContext,
): readonly ConnectionObservation[] {
  // Earlier versions told spellings of one network apart. Of two such rows, one that is not removed goes on.
  const removedFirst = known.toSorted((a, b) => Number(a.removedAt === null) - Number(b.removedAt === null));
  const knownByKey = new Map(removedFirst.map((connection) => [identityKey(connection), connection]));
  const listed = Map.groupBy(observed, identityKey);
  const present = [...listed].map(([key, entries]) => observePresent(knownByKey.get(key), entries, context));
  const absent = known
    .filter((connection) => !listed.has(identityKey(connection)))
    // A partial answer may have lost the very entry that is missing, so it removes no connection.
    .filter(() => !context.isPartial)
    .map((connection) => observeAbsent(connection, context));
  return [...present, ...absent];
}

/** An account that is listed twice is still one connection, with one verdict: that of its worse entry. */
function observePresent(
  known: Connection | undefined,
  entries: readonly ObservedConnection[],
  context: ObservationContext,
): ConnectionObservation {
  const readings = entries.map((entry) => readEntry(known ?? newConnection(entry, context), entry, context));
  const { seen, reading, gracePeriod, isAfterGap } = readings.reduce((a, b) => (badnessOf(b) < badnessOf(a) ? b : a));
  return { ...advancePeriod(seen, reading, context), verdict: verdictOf(reading, gracePeriod, context), isAfterGap };
}

function readEntry(
  before: Connection,
  { status, displayName, username }: ObservedConnection,
  context: ObservationContext,
) {
  const { at } = context;
  const seen: Connection = {
    ...before,
    displayName: displayName ?? before.displayName,
    username: username ?? before.username,
    absentPolls: 0,
    removedAt: null,
    ...gracePeriodStarts(before, status, at),
  };
  const gracePeriod = gracePeriodAt(seen, at);
  const conditions = conditionsOf(status, gracePeriod, context);
  const reading: Reading = { status, conditions, health: healthOf(conditions, status) };
  return { seen, reading, gracePeriod, isAfterGap: isAfterGap(before, context) };
}

/** The worse a reading, the earlier its text. It ends with the status, so the order in the answer decides nothing. */
function badnessOf({ reading }: Readonly<{ reading: Reading }>): string {
  const { health, conditions, status } = reading;
  const causes = allConditions.map((condition) => (conditions.includes(condition) ? 0 : 1));
  return [healths.indexOf(health), actions.indexOf(actionOf(conditions)), ...causes, JSON.stringify(status)].join(' ');
}

function observeAbsent(known: Connection, context: ObservationContext): ConnectionObservation {
  const absentPolls = Math.min(known.absentPolls + 1, ABSENT_POLLS_TO_REMOVE);
  const missed: Connection = {
    ...known,
    absentPolls,
    rateLimitedSince: null,
    checkFailedInvalidSince: null,
    checkFailedSince: null,
  };
  if (absentPolls < ABSENT_POLLS_TO_REMOVE) {
    return {
      connection: missed,
      newSnapshot: null,
      extendedSnapshot: null,
      change: null,
      verdict: { kind: 'neutral' },
      isAfterGap: isAfterGap(known, context),
    };
  }
  const removed: Connection = { ...missed, removedAt: known.removedAt ?? context.at };
  return {
    ...advancePeriod(removed, { status: UNKNOWN_STATUS, conditions: ['removed'], health: 'removed' }, context),
    verdict: { kind: 'removed' },
    isAfterGap: isAfterGap(known, context),
  };
}

function isAfterGap({ period }: Connection, { at }: ObservationContext): boolean {
  return period !== null && hasGap(period, at);
}

function newConnection(entry: ObservedConnection, { tenantId, at, isBaseline, newId }: ObservationContext): Connection {
  return {
    id: newId(),
    tenantId,
    network: entry.network,
    accountId: entry.accountId,
    displayName: null,
    username: null,
    firstSeenAt: at,
    foundAtBaseline: isBaseline,
    absentPolls: 0,
    removedAt: null,
    rateLimitedSince: null,
    checkFailedInvalidSince: null,
    checkFailedSince: null,
    transitions: [],
    period: null,
  };
}

function verdictOf(
  { health, conditions }: Readonly<{ health: Health; conditions: readonly Condition[] }>,
  gracePeriod: GracePeriod,
  { rateLimitAfterMs }: ObservationContext,
): Verdict {
  if (health === 'healthy') return { kind: 'good' };
  const action = actionOf(conditions);
  switch (action) {
    case 'reconnect':
    case 'choose_profile':
      return { kind: 'bad', action, conditions, proof: { by: 'polls' } };
    case 'wait': {
      const forMs = gracePeriod.rateLimitedForMs ?? 0;
      return { kind: 'bad', action, conditions, proof: { by: 'duration', forMs, atLeastMs: rateLimitAfterMs } };
    }
    default:
      return { kind: 'neutral' };
  }
}
