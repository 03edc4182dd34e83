import { type TenantHealth, tenantHealths } from '../domain/model/condition.ts';
import type { Session } from './database.ts';
import type { Plain, Table } from './rows/table.ts';
import { executeForRows } from './write-rows.ts';

/**
 * A tenant's health, which is its worst connection's, from the tenant's row alone: `brokenUntil`, `waitingUntil` and
 * `observedUntil` say up to when polls speak for one that is broken, for one that is waiting, and for all that count.
 * It is `tenantHealth` of `domain/connection-now.ts` once more; a contract test compares the two at many moments.
 */

const placeOf = (health: TenantHealth) => String(tenantHealths.indexOf(health));

const NOWHERE = String(tenantHealths.length);
const HAS_NONE = `t."observedUntil" IS NULL`;
const IS_NEW = `${HAS_NONE} AND t."baselinedAt" IS NULL`;
/** In a form that no index answers: SQLite would begin with all that are null. */
const isOver = (until: string, now: string) => `NOT COALESCE(t."${until}" >= ${now}, FALSE)`;

/** A tenant's health as its place in the list of healths, where the worst comes first; null: it has no connection. */
export function placeOfHealth(now: string): string {
  return `CASE WHEN ${HAS_NONE} THEN CASE WHEN t."baselinedAt" IS NULL THEN ${placeOf('unobserved')} END
    WHEN t."brokenUntil" >= ${now} THEN ${placeOf('broken')} WHEN t."waitingUntil" >= ${now} THEN ${placeOf('waiting')}
    WHEN t."observedUntil" < ${now} THEN ${placeOf('unobserved')} ELSE ${placeOf('healthy')} END`;
}

/** The tenants that have one of the healths; null is that of a tenant without a connection. */
export function hasHealth(wanted: readonly (TenantHealth | null)[], now: string): string {
  const places = wanted.map((health) => (health === null ? NOWHERE : placeOf(health)));
  return `COALESCE(${placeOfHealth(now)}, ${NOWHERE}) IN (${['NULL', ...places].join(', ')})`;
}

/** Most tenants are healthy, or new: of these no index finds any sooner. */
export type RareHealth = Exclude<TenantHealth, 'healthy'>;

export function isRare(health: TenantHealth | null): health is RareHealth {
  return health !== null && health !== 'healthy';
}

/** The same as `hasHealth`, for an index. */
export function hasRareHealth(health: RareHealth, now: string): string {
  switch (health) {
    case 'broken':
      return `t."brokenUntil" >= ${now}`;
    case 'waiting':
      return `t."waitingUntil" >= ${now} AND ${isOver('brokenUntil', now)}`;
    case 'unobserved': {
      const isSilent = `t."observedUntil" < ${now} AND ${isOver('brokenUntil', now)} AND ${isOver('waitingUntil', now)}`;
      return `(${isSilent} OR ${IS_NEW})`;
    }
  }
}

type HealthRow = Readonly<{ id: string; never: Date }>;

const table: Table<HealthRow> = { name: 'Tenant', columns: { id: 'text', never: 'time' } };

/** Writes what the connections of these tenants show together, as their latest periods say it. */
export async function saveHealth(session: Session, tenantIds: readonly string[]): Promise<void> {
  const rows: readonly Plain<HealthRow>[] = tenantIds.map((id) => ({ id, never: 0 }));
  await executeForRows(session, table, rows, saveSql(session));
}

function saveSql({ dialect }: Session): string {
  const given = `${dialect.rowsFromJson(table.columns)} AS given`;
  const isLost = `t."state" IN ('reauthorize', 'access_denied')`;
  const latest = (health: TenantHealth) =>
    `MAX(CASE WHEN s."health" = '${health}' AND NOT ${isLost} THEN s."speaksUntil" END)`;
  return `UPDATE "Tenant" SET "brokenUntil" = found."broken", "waitingUntil" = found."waiting",
      "observedUntil" = found."observed"
    FROM (
      SELECT given."id" AS "id", ${latest('broken')} AS "broken", ${latest('waiting')} AS "waiting",
        MIN(CASE WHEN s."health" = 'removed' THEN NULL
          WHEN s."health" IS NULL OR s."health" = 'unobserved' OR ${isLost} THEN given."never"
          ELSE s."speaksUntil" END) AS "observed"
      FROM ${given}
      ${dialect.joinByIndex('Tenant', 't', 't."id" = given."id"')}
      ${dialect.joinByIndex('Connection', 'c', 'c."tenantId" = t."id"')}
      LEFT JOIN "Snapshot" s ON s."periodOfId" = c."id"
      GROUP BY given."id"
    ) AS found
    WHERE "Tenant"."id" = found."id" AND (
      "Tenant"."brokenUntil" IS DISTINCT FROM found."broken" OR "Tenant"."waitingUntil" IS DISTINCT FROM found."waiting"
      OR "Tenant"."observedUntil" IS DISTINCT FROM found."observed")`;
}

/** For a poll that found nothing new, as the assignments of an update whose new rows are `given`. */
export const HEALTH_GOES_ON = `"brokenUntil" = CASE WHEN "Tenant"."brokenUntil" IS NOT NULL THEN given."speaksUntil" END,
  "waitingUntil" = CASE WHEN "Tenant"."waitingUntil" IS NOT NULL THEN given."speaksUntil" END,
  "observedUntil" = CASE WHEN "Tenant"."observedUntil" >= "Tenant"."lastGoodPollAt" THEN given."speaksUntil"
    ELSE "Tenant"."observedUntil" END`;
