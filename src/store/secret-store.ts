import type { KeyUse, SecretStore } from '../monitoring/ports.ts';
import { answerPlace } from './api-write-store.ts';
import { clientSecretPlace } from './application-store.ts';
import type { Database } from './database.ts';
import { type Encryption, KEY_ID_LENGTH, type SecretPlace } from './encryption.ts';
import type { Credential } from './model.ts';
import { grantFromRow, sealedGrant } from './rows/credential-row.ts';
import type { Table } from './rows/table.ts';
import { secretPlace } from './webhook-endpoints.ts';
import { executeForRows } from './write-rows.ts';

/** What a new key changes of a row. */
type Resealed = Pick<
  Credential,
  'tenantId' | 'revision' | 'accessToken' | 'refreshToken' | 'fingerprint' | 'givenFingerprint'
>;

const resealedTable: Table<Resealed> = {
  name: 'Credential',
  columns: {
    tenantId: 'text',
    revision: 'integer',
    accessToken: 'text',
    refreshToken: 'text',
    fingerprint: 'text',
    givenFingerprint: 'text',
  },
};

export function createSecretStore(database: Database, encryption: Encryption): SecretStore {
  const { db } = database;
  const [current] = encryption.keyIds;
  return {
    keysInUse: async () => {
      const rows = await db.$queryRawUnsafe<readonly { keyId: string; values: number | bigint }[]>(keysSql);
      return rows.map(
        ({ keyId, values }): KeyUse => ({
          keyId,
          values: Number(values),
          isKnown: encryption.keyIds.includes(keyId),
          isFirst: keyId === current,
        }),
      );
    },
    reseal: async ({ after, limit }) => {
      const isOlder = { not: { startsWith: `${current}.` } };
      const rows = await db.credential.findMany({
        where: { tenantId: { gt: after }, OR: [{ refreshToken: isOlder }, { accessToken: isOlder }] },
        orderBy: { tenantId: 'asc' },
        take: limit,
      });
      const resealed = rows.map((row) => resealedRow(row, encryption));
      await write(
        resealed.filter((row) => row !== null),
        database,
      );
      const counted = (wasRead: boolean) =>
        rows
          .filter((_, index) => (resealed[index] !== null) === wasRead)
          .reduce((sum, row) => sum + olderValues(row), 0);
      const last = rows.length === limit ? (rows.at(-1)?.tenantId ?? null) : null;
      return { resealed: counted(true), unreadable: counted(false), last };
    },
    resealAnswers: async ({ after, limit }) => {
      const rows = await db.repeatableWrite.findMany({
        where: { id: { gt: after }, body: { not: null }, NOT: { body: { startsWith: `${current}.` } } },
        orderBy: { id: 'asc' },
        take: limit,
      });
      const resealed = rows.map(({ id, body }) =>
        body === null ? null : resealedText(body, answerPlace(id), encryption),
      );
      for (const [index, body] of resealed.entries()) {
        const row = rows[index];
        if (row !== undefined && body !== null) {
          await db.repeatableWrite.updateMany({ where: { id: row.id, body: row.body }, data: { body } });
        }
      }
      const unreadable = resealed.filter((body) => body === null).length;
      const last = rows.length === limit ? (rows.at(-1)?.id ?? null) : null;
      return { resealed: rows.length - unreadable, unreadable, last };
    },
    resealWebhooks: async ({ after, limit }) => {
      const isOlder = { not: { startsWith: `${current}.` } };
      const rows = await db.webhookEndpoint.findMany({
        where: { id: { gt: after }, OR: [{ secret: isOlder }, { formerSecret: isOlder }] },
        orderBy: { id: 'asc' },
        take: limit,
      });
      const older = rows.flatMap(({ id, secret, formerSecret }) =>
        Object.entries({ secret, formerSecret }).flatMap(([field, sealed]) =>
          sealed === null || sealed.startsWith(`${current}.`) ? [] : [{ id, field, sealed }],
        ),
      );
      const resealed = older.map((one) => ({
        ...one,
        anew: resealedText(one.sealed, secretPlace(one.id), encryption),
      }));
      for (const { id, field, sealed, anew } of resealed) {
        if (anew === null) continue;
        // Only where it is still the one that was read: a rotation that came between has sealed its own.
        await db.webhookEndpoint.updateMany({ where: { id, [field]: sealed }, data: { [field]: anew } });
      }
      const unreadable = resealed.filter(({ anew }) => anew === null).length;
      const last = rows.length === limit ? (rows.at(-1)?.id ?? null) : null;
      return { resealed: older.length - unreadable, unreadable, last };
    },
    resealApplications: async ({ after, limit }) => {
      const rows = await db.application.findMany({
        where: { id: { gt: after }, clientSecret: { not: null }, NOT: { clientSecret: { startsWith: `${current}.` } } },
        orderBy: { id: 'asc' },
        take: limit,
      });
      let resealed = 0;
      for (const { id, clientSecret } of rows) {
        const anew = resealedText(clientSecret ?? '', clientSecretPlace(id), encryption);
        if (anew === null) continue;
        resealed += 1;
        // Only where it is still the one that was read: a change that came between has sealed its own.
        await db.application.updateMany({ where: { id, clientSecret }, data: { clientSecret: anew } });
      }
      const last = rows.length === limit ? (rows.at(-1)?.id ?? null) : null;
      return { resealed, unreadable: rows.length - resealed, last };
    },
  };

  function olderValues({ refreshToken, accessToken }: Credential): number {
    const values = [refreshToken, accessToken].filter((value) => value !== null);
    return values.filter((value) => !value.startsWith(`${current}.`)).length;
  }
}

const keyIdOf = (column: string) => `substr("${column}", 1, ${KEY_ID_LENGTH})`;

const keysSql = `SELECT "keyId", count(*) AS "values" FROM (
    SELECT ${keyIdOf('refreshToken')} AS "keyId" FROM "Credential"
    UNION ALL SELECT ${keyIdOf('accessToken')} FROM "Credential" WHERE "accessToken" IS NOT NULL
    UNION ALL SELECT ${keyIdOf('body')} FROM "RepeatableWrite" WHERE "body" IS NOT NULL
    UNION ALL SELECT ${keyIdOf('clientSecret')} FROM "Application" WHERE "clientSecret" IS NOT NULL
    UNION ALL SELECT ${keyIdOf('secret')} FROM "WebhookEndpoint"
    UNION ALL SELECT ${keyIdOf('formerSecret')} FROM "WebhookEndpoint" WHERE "formerSecret" IS NOT NULL) AS sealed
  GROUP BY "keyId" ORDER BY "keyId"`;

/** Null when no key opens it. */
function resealedText(sealed: string, place: SecretPlace, { open, seal }: Encryption): string | null {
  try {
    return seal(open(sealed, place), place);
  } catch {
    return null;
  }
}

/** Null when no key opens it. */
function resealedRow(row: Credential, encryption: Encryption): Resealed | null {
  const { tenantId, revision } = row;
  try {
    const sealed = sealedGrant(tenantId, grantFromRow(row, encryption), encryption);
    const { accessToken, refreshToken } = sealed;
    // Of two tenants that share a token since an older version, the second one has no fingerprint, and gets none.
    const fingerprint = row.fingerprint === null ? null : sealed.fingerprint;
    // A token that was given and refreshed since is no longer there to be read.
    const givenFingerprint = row.givenFingerprint === row.fingerprint ? fingerprint : row.givenFingerprint;
    return { tenantId, revision, accessToken, refreshToken, fingerprint, givenFingerprint };
  } catch {
    return null;
  }
}

/** Only where the grant is still the one that was read: a refresh that came between has sealed its own. */
async function write(resealed: readonly Resealed[], database: Database): Promise<void> {
  const names = ['accessToken', 'refreshToken', 'fingerprint', 'givenFingerprint'];
  const changes = names.map((name) => `"${name}" = given."${name}"`).join(', ');
  await executeForRows(
    database,
    resealedTable,
    resealed,
    `UPDATE "Credential" SET ${changes} FROM ${database.dialect.rowsFromJson(resealedTable.columns)} AS given
     WHERE "Credential"."tenantId" = given."tenantId" AND "Credential"."revision" = given."revision"`,
  );
}
