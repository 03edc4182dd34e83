import { type Change, changeReason } from '../model/change.ts';
import { type Condition, type Health, isSameConditions } from '../model/condition.ts';
import { type Connection, hasGap, type Snapshot } from '../model/connection.ts';
import { type ConnectionStatus, isSameStatus } from '../model/connection-status.ts';
import type { Instant } from '../model/time.ts';

export type Showing = Readonly<{ status: ConnectionStatus; conditions: readonly Condition[]; health: Health }>;

type PeriodContext = Readonly<{ tenantId: string; at: Instant; speaksForMs: number; newId: () => string }>;

/** The connection with its present period, and what of that is to be stored. */
export type Period = Readonly<{
  connection: Connection;
  /** A period that begins with this poll, or null when the present one goes on. */
  newSnapshot: Snapshot | null;
  /** The present period with its new end, or null. */
  extendedSnapshot: Snapshot | null;
  change: Change | null;
}>;

/** Extends the present period while nothing changes and no gap lies between; else begins the next. */
export function withPeriod(connection: Connection, showing: Showing, context: PeriodContext): Period {
  const { at, speaksForMs, newId } = context;
  const { period } = connection;
  if (period !== null && !hasGap(period, at) && isSameShowing(period, showing)) {
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
    ...showing,
  };
  return {
    connection: { ...connection, period: begun },
    newSnapshot: begun,
    extendedSnapshot: null,
    change: changeBetween(connection, showing, context),
  };
}

function isSameShowing(period: Snapshot, showing: Showing): boolean {
  return (
    period.health === showing.health &&
    isSameConditions(period.conditions, showing.conditions) &&
    isSameStatus(period.status, showing.status)
  );
}

function changeBetween(connection: Connection, showing: Showing, context: PeriodContext): Change | null {
  const { period } = connection;
  const reason = changeReason(period, showing);
  if (reason === null) return null;
  return {
    id: context.newId(),
    tenantId: context.tenantId,
    connectionId: connection.id,
    network: connection.network,
    accountId: connection.accountId,
    at: context.at,
    from: period?.health ?? null,
    to: showing.health,
    conditions: showing.conditions,
    reason,
  };
}
