import { type Condition, type TenantHealth, tenantHealths } from '../domain/model/condition.ts';
import type { Instant } from '../domain/model/time.ts';
import type { TenantFilter } from '../monitoring/ports.ts';
import type { Dialect } from './dialect.ts';
import { dateOf } from './rows/values.ts';
import type { Bind } from './select-bound.ts';
import { hasHealth, hasRareHealth, isRare, type RareHealth } from './tenant-health.ts';

/** `healths` holds null for tenants without a connection; undefined lets all through. */
export type Asked = Omit<TenantFilter, 'health'> &
  Readonly<{
    tenantId: string | null;
    now: Instant;
    healths?: readonly (TenantHealth | null)[] | undefined;
    hasOpenIncident?: false;
  }>;

/**
 * `each`: every tenant is looked at, in whatever order they are read. `index`: the database finds those few that the
 * filter lets through, and puts them in order afterwards.
 */
export type Way = 'each' | 'index';

/** True where an index finds all that the filter lets through. */
export function isIndexed(asked: Asked): boolean {
  return findsFew(asked) || rareHealthsIn(asked) !== null || asked.network !== undefined;
}

/** True where a tenant's own row does not tell whether it is meant. */
export function needsConnections({ network, condition }: Asked): boolean {
  return network !== undefined || condition !== undefined;
}

/** A filter that names its few tenants. */
export function findsFew({ tenantId, contact, externalId, failingForMs }: Asked): boolean {
  return tenantId !== null || contact !== undefined || externalId !== undefined || failingForMs !== undefined;
}

/** Conditions on the tenant `t`. */
export function filterSql(asked: Asked, way: Way, dialect: Dialect, bind: Bind): string {
  const found = ['t."removedAt" IS NULL'];
  if (asked.tenantId !== null) found.push(`t."id" = ${bind(asked.tenantId)}`);
  if (asked.state !== undefined) found.push(`t."state" = ${bind(asked.state)}`);
  if (asked.failingForMs !== undefined) {
    found.push(`t."state" = 'active' AND t."failingSince" <= ${bind(dateOf(asked.now - asked.failingForMs))}`);
  }
  if (asked.externalId !== undefined) found.push(`t."externalId" = ${bind(asked.externalId)}`);
  if (asked.search !== undefined) {
    const { operator, pattern } = dialect.textSearch;
    found.push(`t."name" ${operator} ${bind(pattern(asked.search))}`);
  }
  if (asked.contact !== undefined) {
    // Both databases fold the case of ASCII alike; of other letters PostgreSQL alone.
    found.push(`t."id" IN (SELECT p."tenantId" FROM "Contact" p
      WHERE p."removedAt" IS NULL AND LOWER(p."email") = LOWER(${bind(asked.contact)}))`);
  }
  if (asked.hasOpenIncident === false) {
    found.push(`NOT EXISTS (SELECT 1 FROM "Incident" i WHERE i."tenantId" = t."id" AND i."state" = 'open')`);
  }
  const healths = asked.healths ?? (asked.condition === undefined ? undefined : shownBy(asked.condition));
  if (healths !== undefined) found.push(hasHealth(healths, bind(dateOf(asked.now))));
  if (needsConnections(asked)) found.push(hasConnection(asked, bind));
  if (way === 'index') found.push(...indexConditions(asked, bind));
  return found.join(' AND ');
}

/** What every tenant that the filter lets through fulfils, in a form that an index answers. */
function indexConditions(asked: Asked, bind: Bind): readonly string[] {
  const rare = rareHealthsIn(asked);
  if (rare !== null) return [rareSql(rare, asked.now, bind)];
  if (asked.network === undefined) return [];
  return [`t."id" IN (SELECT o."tenantId" FROM "Connection" o WHERE o."network" = ${bind(asked.network)})`];
}

/** The condition that the tenant `t` has one of these healths, in a form that an index answers. */
export function rareSql(healths: readonly RareHealth[], now: Instant, bind: Bind): string {
  const bound = bind(dateOf(now));
  return `(${healths.map((health) => hasRareHealth(health, bound)).join(' OR ')})`;
}

/** The healths that the filter lets through, or that its condition goes with; null where they are not all rare. */
export function rareHealthsIn({ healths, condition }: Asked): readonly RareHealth[] | null {
  const wanted = healths ?? (condition === undefined ? [null] : shownBy(condition));
  const rare = wanted.filter(isRare);
  return rare.length === wanted.length && rare.length > 0 ? rare : null;
}

/** The healths of tenants whose connections may show a condition: worse ones may stand beside it. */
function shownBy(condition: Condition): readonly (TenantHealth | null)[] {
  switch (condition) {
    case 'removed':
      return [...tenantHealths, null];
    case 'rate_limited':
    case 'check_failed':
      return ['broken', 'waiting'];
    case 'token_missing':
    case 'token_invalid':
    case 'scopes_missing':
    case 'no_profile':
    case 'page_unreachable':
      return ['broken'];
  }
}

/** One connection of the network, which shows the condition; removed accounts only where that is the condition. */
function hasConnection({ network, condition, now }: Asked, bind: Bind): string {
  const ofNetwork = network === undefined ? '' : `AND c."network" = ${bind(network)}`;
  const shown =
    condition === undefined
      ? `COALESCE(s."health", '') <> 'removed'`
      : `${speaks(bind(dateOf(now)))} AND ' ' || s."conditions" || ' ' LIKE ${bind(`% ${condition} %`)}`;
  return `EXISTS (SELECT 1 FROM "Connection" c LEFT JOIN "Snapshot" s ON s."periodOfId" = c."id"
    WHERE c."tenantId" = t."id" ${ofNetwork} AND ${shown})`;
}

/** A connection's latest period says how it is now; that its account was removed, it says for good. */
function speaks(now: string): string {
  return `(s."health" = 'removed' OR s."health" <> 'unobserved' AND s."speaksUntil" >= ${now}
    AND t."state" NOT IN ('reauthorize', 'access_denied'))`;
}
