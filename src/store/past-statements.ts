import { healths, tenantHealths } from '../domain/model/condition.ts';
import type { PastSelection } from '../monitoring/ports.ts';
import type { Dialect } from './dialect.ts';
import { dateOf } from './rows/values.ts';
import { type Bind, binder } from './select-bound.ts';

export type Statement = Readonly<{ sql: string; values: readonly unknown[] }>;

/** The next tenants with ids after this one, as many as `size`. */
export type Part = Readonly<{ after: string; size: number }>;

/**
 * Selects `column` of the period in which the connection `c` was at a moment: the last one that had begun by then. The
 * index finds each period by itself; a join would read every period that there is.
 */
export function periodThen(column: string, at: string): string {
  return `(SELECT ${column} FROM "Snapshot" s WHERE s."connectionId" = c."id" AND s."startedAt" <= ${at}
    ORDER BY s."startedAt" DESC LIMIT 1)`;
}

/** `knownSince` of `domain/connection-then.ts`, of a tenant that was there. */
const wasKnown = '(c."foundAtBaseline" OR c."firstSeenAt" <= $1)';

/** `wasThere` of the same. */
const wasThere = 't."createdAt" <= $1 AND (t."removedAt" IS NULL OR t."removedAt" > $1)';

/** Ids alone, without a look at what any connection showed. */
export function selectIds(query: PastSelection, part: Part, dialect: Dialect): Statement {
  const { begin, values } = beginPart(query, part, dialect);
  return { sql: `${begin} SELECT "id" FROM part ORDER BY "id"`, values };
}

/** `reach`: the part's last tenant, and its count of tenants. `name`: a tenant's id, or a network of connections. */
export type PartRow = Readonly<{
  kind: 'reach' | 'tenant' | 'tenants' | 'connections';
  name: string | null;
  place: number | bigint | null;
  count: number | bigint;
}>;

const reach = `SELECT 'reach' AS "kind", MAX("id") AS "name", NULL AS "place", COUNT(*) AS "count" FROM part`;

/** The tenants of a part that the filter lets through, by id, each with its place among the healths. */
export function selectPlaces(query: PastSelection, part: Part, dialect: Dialect): Statement {
  const { begin, values, bind } = beginPart(query, part, dialect);
  const sql = `${begin}, ${seenParts(query, bind, dialect)} ${reach} UNION ALL SELECT 'tenant', "id", "place", 1 FROM meant
    ORDER BY "name"`;
  return { sql, values };
}

/** The same tenants counted by their place, and their connections by network and place. */
export function selectCounts(query: PastSelection, part: Part, dialect: Dialect): Statement {
  const { begin, values, bind } = beginPart(query, part, dialect);
  const sql = `${begin}, ${seenParts(query, bind, dialect)} ${reach}
    UNION ALL SELECT 'tenants', NULL, "place", COUNT(*) FROM meant GROUP BY "place"
    UNION ALL SELECT 'connections', n."network", n."value" % ${SHOWS_IT}, COUNT(*)
      FROM seen n JOIN meant m ON m."id" = n."tenantId" GROUP BY 2, 3`;
  return { sql, values };
}

function beginPart(query: PastSelection, { after, size }: Part, dialect: Dialect) {
  const { bind, values } = binder();
  bind(dateOf(query.at));
  const conditions = [wasThere, `t."id" > ${bind(after)}`];
  if (query.tenantId !== null) conditions.push(`t."id" = ${bind(query.tenantId)}`);
  if (query.externalId !== undefined) conditions.push(`t."externalId" = ${bind(query.externalId)}`);
  if (query.search !== undefined) {
    const { operator, pattern } = dialect.textSearch;
    conditions.push(`t."name" ${operator} ${bind(pattern(query.search))}`);
  }
  const begin = `WITH part AS MATERIALIZED (SELECT t."id", t."baselinedAt" FROM "Tenant" t
    WHERE ${conditions.join(' AND ')} ORDER BY t."id" LIMIT ${bind(size)})`;
  return { begin, values, bind };
}

const UNOBSERVED = rankOf('unobserved');
const NO_HEALTH = tenantHealths.length;
/** Added to the place of a connection that shows the condition that is asked about. */
const SHOWS_IT = healths.length;

/**
 * `seen`: each connection's place among the healths, looked up once. `meant`: the tenants that the filter lets through,
 * each with its worst connection's place.
 */
function seenParts({ health, network, condition }: PastSelection, bind: Bind, dialect: Dialect): string {
  const value = valueThen(condition, bind);
  const isMeant = [
    ...(network === undefined ? [] : [`n."network" = ${bind(network)}`]),
    condition === undefined ? `n."value" <> ${rankOf('removed')}` : `n."value" >= ${SHOWS_IT}`,
  ];
  const wanted = [
    ...(network === undefined && condition === undefined ? [] : ['"isMeant" = 1']),
    ...(health === undefined ? [] : [`"place" IN (${['NULL', ...health.map(rankOf)].join(', ')})`]),
  ];
  return `seen AS MATERIALIZED (
      SELECT c."tenantId" AS "tenantId", c."network" AS "network", COALESCE(${value}, ${UNOBSERVED}) AS "value"
      FROM part t ${dialect.joinByIndex('Connection', 'c', 'c."tenantId" = t."id"')} WHERE ${wasKnown}),
    meant AS MATERIALIZED (SELECT "id", "place" FROM (
      SELECT t."id" AS "id", MAX(CASE WHEN ${isMeant.join(' AND ')} THEN 1 ELSE 0 END) AS "isMeant",
        COALESCE(MIN(NULLIF(n."value" % ${SHOWS_IT}, ${NO_HEALTH})),
          CASE WHEN t."baselinedAt" <= $1 THEN ${NO_HEALTH} ELSE ${UNOBSERVED} END) AS "place"
      FROM part t LEFT JOIN seen n ON n."tenantId" = t."id" GROUP BY t."id", t."baselinedAt") tenants
      ${wanted.length === 0 ? '' : `WHERE ${wanted.join(' AND ')}`})`;
}

/** A connection's place, raised when it shows the condition; null where no period speaks for it. */
function valueThen(condition: PastSelection['condition'], bind: Bind): string {
  const place = `CASE s."health" ${healths.map((each, at) => `WHEN '${each}' THEN ${at}`).join(' ')} END`;
  const shows =
    condition === undefined
      ? ''
      : `+ CASE WHEN ' ' || s."conditions" || ' ' LIKE ${bind(`% ${condition} %`)} THEN ${SHOWS_IT} ELSE 0 END`;
  return periodThen(`CASE WHEN s."speaksUntil" > $1 THEN ${place} ${shows} END`, '$1');
}

function rankOf(health: (typeof healths)[number]): number {
  return healths.indexOf(health);
}
