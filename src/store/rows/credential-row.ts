import type { GivenGrant, Grant, NewGrant } from '../../domain/model/grant.ts';
import type { Encryption } from '../encryption.ts';
import type { Credential } from '../model.ts';
import { type Plain, plain, type Table } from './table.ts';
import { bigMs, dateOrNull } from './values.ts';

/** The lease, and how refreshes go, are written by conditional updates alone. */
type CredentialRow = Omit<
  Credential,
  'refreshLeaseUntil' | 'refreshLeaseBy' | 'refreshedAt' | 'refreshFailures' | 'refreshFailure' | 'refreshFailingSince'
>;

export const credentialTable: Table<CredentialRow> = {
  name: 'Credential',
  columns: {
    tenantId: 'text',
    accessToken: 'text',
    refreshToken: 'text',
    fingerprint: 'text',
    givenFingerprint: 'text',
    expiresAt: 'time',
    lifetimeMs: 'bigint',
    scopes: 'text',
    revision: 'integer',
  },
};

/** The first grant of a new tenant. */
export function grantToRow(tenantId: string, grant: GivenGrant, encryption: Encryption): Plain<CredentialRow> {
  return plain(credentialTable, { tenantId, ...givenGrant(tenantId, grant, encryption), revision: 1 });
}

/** The columns of a grant that a person gave. */
export function givenGrant(tenantId: string, { given, ...grant }: GivenGrant, encryption: Encryption) {
  const [givenFingerprint] = encryption.fingerprints(given ?? grant.refreshToken);
  return { ...sealedGrant(tenantId, grant, encryption), givenFingerprint };
}

/** The columns of a grant that a refresh brought, both tokens sealed for this tenant. */
export function sealedGrant(tenantId: string, grant: NewGrant, encryption: Encryption) {
  const seal = (secret: string, field: string) => encryption.seal(secret, { tenantId, field });
  return {
    accessToken: grant.accessToken === null ? null : seal(grant.accessToken, 'access token'),
    refreshToken: seal(grant.refreshToken, 'refresh token'),
    fingerprint: encryption.fingerprints(grant.refreshToken)[0],
    expiresAt: dateOrNull(grant.expiresAt),
    lifetimeMs: grant.lifetimeMs === null ? null : bigMs(grant.lifetimeMs),
    scopes: grant.scopes?.join(' ') ?? null,
  };
}

/** The application stands in the tenant's row. */
export function grantFromRow(row: CredentialRow, encryption: Encryption): Omit<Grant, 'applicationId'> {
  const { tenantId, accessToken, expiresAt, lifetimeMs, scopes, revision } = plain(credentialTable, row);
  return {
    accessToken: accessToken === null ? null : encryption.open(accessToken, { tenantId, field: 'access token' }),
    refreshToken: refreshTokenOf(row, encryption),
    expiresAt,
    lifetimeMs,
    revision,
    ...(scopes !== null && { scopes: scopes.split(' ') }),
  };
}

export function refreshTokenOf(
  { tenantId, refreshToken }: Pick<CredentialRow, 'tenantId' | 'refreshToken'>,
  encryption: Encryption,
): string {
  return encryption.open(refreshToken, { tenantId, field: 'refresh token' });
}
