import type { KeyUse, ResealedPage, SecretStore } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import type { Encryption } from './encryption.ts';
import type { Table } from './rows/table.ts';
import { ascending } from './rows/values.ts';
import { executeForRows } from './write-rows.ts';

/** Every column that holds sealed secrets. `field` is the name by which `Encryption` seals a value of it. */
const sealedColumns = [
  { table: 'Credential', column: 'refreshToken', field: 'refresh token', fingerprint: 'fingerprint' },
  { table: 'Credential', column: 'accessToken', field: 'access token', fingerprint: null },
] as const;

type SealedColumn = (typeof sealedColumns)[number];
type SealedValue = Readonly<{ tenantId: string; sealed: string }>;
type Resealed = Readonly<{ tenantId: string; before: string; after: string; fingerprint: string | null }>;

const KEY_ID_LENGTH = 12;

const resealedTable: Table<Resealed> = {
  name: 'Credential',
  columns: { tenantId: 'text', before: 'text', after: 'text', fingerprint: 'text' },
};

export function createSecretStore(database: Database, encryption: Encryption): SecretStore {
  return {
    keysInUse: async () => {
      const uses = await Promise.all(sealedColumns.map((each) => keysOf(each, database)));
      const byKey = Map.groupBy(uses.flat(), ({ keyId }) => keyId);
      return [...byKey]
        .map(([keyId, all]) => ({
          keyId,
          values: all.reduce((sum, { values }) => sum + values, 0),
          isKnown: encryption.keyIds.includes(keyId),
        }))
        .toSorted((a, b) => ascending(a.keyId, b.keyId));
    },
    reseal: async ({ after, limit }) => {
      const pages = await Promise.all(
        sealedColumns.map((each) => readPage(each, { after, limit }, database, encryption)),
      );
      // The columns go on together, from the one that is furthest behind.
      const ends = pages.flatMap((page) => (page.length === limit ? [page.at(-1)?.tenantId ?? after] : []));
      const last = ends.toSorted(ascending)[0] ?? null;
      const counts = { resealed: 0, unreadable: 0 };
      for (const [index, each] of sealedColumns.entries()) {
        const page = (pages[index] ?? []).filter(({ tenantId }) => last === null || tenantId <= last);
        const resealed = page.flatMap((value) => resealedValue(value, each, encryption) ?? []);
        await write(each, resealed, database);
        counts.resealed += resealed.length;
        counts.unreadable += page.length - resealed.length;
      }
      return { ...counts, last } satisfies ResealedPage;
    },
  };
}

async function keysOf({ table, column }: SealedColumn, { db }: Database): Promise<readonly Omit<KeyUse, 'isKnown'>[]> {
  const rows = await db.$queryRawUnsafe<readonly { keyId: string; values: number | bigint }[]>(
    `SELECT substr("${column}", 1, ${KEY_ID_LENGTH}) AS "keyId", count(*) AS "values" FROM "${table}"
     WHERE "${column}" IS NOT NULL GROUP BY substr("${column}", 1, ${KEY_ID_LENGTH})`,
  );
  return rows.map(({ keyId, values }) => ({ keyId, values: Number(values) }));
}

async function readPage(
  { table, column }: SealedColumn,
  { after, limit }: Readonly<{ after: string; limit: number }>,
  { db }: Database,
  { keyIds: [current] }: Encryption,
): Promise<readonly SealedValue[]> {
  return await db.$queryRawUnsafe<readonly SealedValue[]>(
    `SELECT "tenantId", "${column}" AS "sealed" FROM "${table}"
     WHERE "${column}" NOT LIKE $1 AND "tenantId" > $2 ORDER BY "tenantId" LIMIT $3`,
    `${current}.%`,
    after,
    limit,
  );
}

/** Null when no key opens it. */
function resealedValue({ tenantId, sealed }: SealedValue, each: SealedColumn, encryption: Encryption): Resealed | null {
  const place = { tenantId, field: each.field };
  try {
    const secret = encryption.open(sealed, place);
    const fingerprint = each.fingerprint === null ? null : encryption.fingerprints(secret)[0];
    return { tenantId, before: sealed, after: encryption.seal(secret, place), fingerprint };
  } catch {
    return null;
  }
}

/** Only where the value is still the one that was read: a refresh that came between has sealed its own. */
async function write(each: SealedColumn, resealed: readonly Resealed[], database: Database): Promise<void> {
  const { table, column, fingerprint } = each;
  // Of two tenants that share a token since an older version, the second one has no fingerprint, and gets none.
  const print =
    fingerprint === null
      ? ''
      : `, "${fingerprint}" = CASE WHEN "${table}"."${fingerprint}" IS NULL THEN NULL ELSE given."fingerprint" END`;
  await executeForRows(
    database,
    resealedTable,
    resealed,
    `UPDATE "${table}" SET "${column}" = given."after"${print}
     FROM ${database.dialect.rowsFromJson(resealedTable.columns)} AS given
     WHERE "${table}"."tenantId" = given."tenantId" AND "${table}"."${column}" = given."before"`,
  );
}
