import { type Change, changeReason } from '../model/change.ts';
import { isSameConditions } from '../model/condition.ts';
import { type Connection, hasGap, type Reading, type Snapshot } from '../model/connection.ts';
import { isSameStatus } from '../model/connection-status.ts';
import type { Instant } from '../model/time.ts';

type PeriodContext = Readonly<{ tenantId: string; at: Instant; speaksForMs: number; newId: () => string }>;

/** The connection with its present period, and the parts of that which are to be stored. */
export type AdvancedPeriod = Readonly<{
  connection: Connection;
  /** A period that begins with this poll, or null when the present one goes on. */
  newSnapshot: Snapshot | null;
  /** The present period with its new end, or null. */
  extendedSnapshot: Snapshot | null;
  change: Change | null;
}>;

/** Extends the present period while nothing changes and no gap lies between; else begins the next. */
export function advancePeriod(connection: Connection, reading: Reading, context: PeriodContext): AdvancedPeriod {
  const { at, speaksForMs, newId } = context;
  const { period } = connection;
  if (period !== null && !hasGap(period, at) && isSameReading(period, reading)) {
    const extended: Snapshot = { ...period, to: at, speaksForMs, polls: period.polls + 1 };
    return {
      connection: { ...connection, period: extended },
      newSnapshot: null,
      extendedSnapshot: extended,
      change: null,
    };
  }
  const begun: Snapshot = {
    id: newId(),
    connectionId: connection.id,
    from: at,
    to: at,
    speaksForMs,
    polls: 1,
    ...reading,
  };
  return {
    connection: { ...connection, period: begun },
    newSnapshot: begun,
    extendedSnapshot: null,
    change: changeBetween(connection, reading, context),
  };
}

function isSameReading(period: Snapshot, reading: Reading): boolean {
  return (
    period.health === reading.health &&
    isSameConditions(period.conditions, reading.conditions) &&
    isSameStatus(period.status, reading.status)
  );
}

function changeBetween(connection: Connection, reading: Reading, context: PeriodContext): Change | null {
  const { period } = connection;
  const reason = changeReason(period, reading);
  if (reason === null) return null;
  return {
    id: context.newId(),
    tenantId: context.tenantId,
    connectionId: connection.id,
    network: connection.network,
    accountId: connection.accountId,
    at: context.at,
    from: period?.health ?? null,
    to: reading.health,
    conditions: reading.conditions,
    reason,
  };
}
