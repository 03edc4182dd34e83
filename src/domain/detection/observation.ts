import {
  actionOf,
  actions,
  conditions as allConditions,
  conditionsOf,
  type GracePeriod,
  healthOf,
  healths,
} from '../model/condition.ts';
import {
  type Connection,
  type ConnectionPages,
  identityKey,
  isAfterGap,
  type ObservedConnection,
  type Reading,
} from '../model/connection.ts';
import { UNKNOWN_STATUS } from '../model/connection-status.ts';
import type { Instant } from '../model/time.ts';
import type { Verdict } from '../model/verdict.ts';
import { type AdvancedPeriod, advancePeriod } from './advance-period.ts';
import { gracePeriodAt, gracePeriodStarts, NO_GRACE_PERIOD_STARTS } from './grace-period.ts';
import { type PageReading, readPages } from './page-reading.ts';

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
  /** What the second witness said with this poll. */
  pages: readonly ConnectionPages[];
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
  const worst = readings.reduce((a, b) => (badnessOf(b) < badnessOf(a) ? b : a));
  const { seen, isAfterGap, reading } = worst;
  return { ...advancePeriod(seen, reading, context), verdict: verdictOf(worst, context), isAfterGap };
}

type ReadEntry = PageReading & Readonly<{ seen: Connection; gracePeriod: GracePeriod; isAfterGap: boolean }>;

function readEntry(before: Connection, entry: ObservedConnection, context: ObservationContext): ReadEntry {
  const { status, displayName, username } = entry;
  const { at, pages } = context;
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
  const byStatus: Reading = { status, conditions, health: healthOf(conditions, status) };
  const key = identityKey(before);
  const look = pages.find((one) => identityKey(one) === key) ?? null;
  const read = readPages(byStatus, { before: before.unreachablePages, seen: look, at });
  const { unreachablePages } = read;
  return { ...read, seen: { ...seen, unreachablePages }, gracePeriod, isAfterGap: isAfterGap(before, context.at) };
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
    ...NO_GRACE_PERIOD_STARTS,
  };
  if (absentPolls < ABSENT_POLLS_TO_REMOVE) {
    return {
      connection: missed,
      newSnapshot: null,
      extendedSnapshot: null,
      change: null,
      verdict: { kind: 'neutral' },
      isAfterGap: isAfterGap(known, context.at),
    };
  }
  const removed: Connection = { ...missed, removedAt: known.removedAt ?? context.at, unreachablePages: null };
  return {
    ...advancePeriod(removed, { status: UNKNOWN_STATUS, conditions: ['removed'], health: 'removed' }, context),
    verdict: { kind: 'removed' },
    isAfterGap: isAfterGap(known, context.at),
  };
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
    ...NO_GRACE_PERIOD_STARTS,
    unreachablePages: null,
    transitions: [],
    period: null,
  };
}

function verdictOf(
  { reading: { health, conditions }, gracePeriod, pages }: ReadEntry,
  { rateLimitAfterMs }: ObservationContext,
): Verdict {
  // What an earlier look showed is no second look.
  if (pages === 'remembered') return { kind: 'neutral' };
  if (health === 'healthy') return { kind: 'good' };
  const action = actionOf(conditions);
  switch (action) {
    case 'reconnect':
    case 'choose_profile': {
      // The probe behind the status says that the token is dead, and the pages say that it is not.
      const isDisputed = pages === 'accessible' && conditions.includes('token_invalid');
      return { kind: 'bad', action, conditions, proof: { by: isDisputed ? 'disputed_polls' : 'polls' } };
    }
    case 'wait': {
      const forMs = gracePeriod.rateLimitedForMs ?? 0;
      return { kind: 'bad', action, conditions, proof: { by: 'duration', forMs, atLeastMs: rateLimitAfterMs } };
    }
    default:
      return { kind: 'neutral' };
  }
}
