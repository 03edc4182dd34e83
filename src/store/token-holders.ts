import type { Session } from './database.ts';
import type { Encryption } from './encryption.ts';
import { findForIds } from './id-lists.ts';
import { refreshTokenOf } from './rows/credential-row.ts';
import type { Table } from './rows/table.ts';
import { executeForRows } from './write-rows.ts';

/** The tenants that have these tokens, or that were given them and have refreshed them since; by token. */
export async function tokenHolders(
  session: Session,
  refreshTokens: readonly string[],
  encryption: Encryption,
): Promise<ReadonlyMap<string, string>> {
  await fillInFingerprints(session, encryption);
  const tokens = new Map(
    refreshTokens.flatMap((token) => encryption.fingerprints(token).map((print) => [print, token])),
  );
  const rows = await findForIds([...tokens.keys()], (list) =>
    session.db.credential.findMany({
      where: { OR: [{ fingerprint: { in: list } }, { givenFingerprint: { in: list } }] },
      select: { tenantId: true, fingerprint: true, givenFingerprint: true },
    }),
  );
  const holders = rows.flatMap(({ tenantId, fingerprint, givenFingerprint }) =>
    [fingerprint, givenFingerprint].flatMap((print) => {
      const token = tokens.get(print ?? '');
      return token === undefined ? [] : [[token, tenantId] as const];
    }),
  );
  return new Map(holders);
}

const fingerprintTable: Table<Readonly<{ tenantId: string; fingerprint: string }>> = {
  name: 'Credential',
  columns: { tenantId: 'text', fingerprint: 'text' },
};

/** Rows of older versions have no fingerprint. Of several tenants with the same token only one gets it. */
async function fillInFingerprints(session: Session, encryption: Encryption): Promise<void> {
  const { db, dialect } = session;
  const rows = await db.credential.findMany({
    where: { fingerprint: null },
    select: { tenantId: true, refreshToken: true },
  });
  const given = rows.flatMap((row) => {
    const fingerprint = fingerprintOf(row, encryption);
    return fingerprint === null ? [] : [{ tenantId: row.tenantId, fingerprint }];
  });
  const distinct = [...new Map(given.map((row) => [row.fingerprint, row])).values()];
  await executeForRows(
    session,
    fingerprintTable,
    distinct,
    `UPDATE "Credential" SET "fingerprint" = given."fingerprint"
    FROM ${dialect.rowsFromJson(fingerprintTable.columns)} AS given
    WHERE "Credential"."tenantId" = given."tenantId" AND "Credential"."fingerprint" IS NULL
      AND NOT EXISTS (SELECT 1 FROM "Credential" AS other WHERE other."fingerprint" = given."fingerprint")`,
  );
}

/** Null when no key opens the stored token: nobody can use it, this program included. */
function fingerprintOf(row: Parameters<typeof refreshTokenOf>[0], encryption: Encryption): string | null {
  try {
    return encryption.fingerprints(refreshTokenOf(row, encryption))[0];
  } catch {
    return null;
  }
}
