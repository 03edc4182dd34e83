import type { Grant, NewGrant } from '../../domain/model/grant.ts';
import type { Encryption } from '../encryption.ts';
import type { Credential } from '../model.ts';
import { type Plain, plain, type Table } from './table.ts';
import { bigMs, dateOrNull } from './values.ts';

/** The lease is taken and given back by conditional updates alone. */
type CredentialRow = Omit<Credential, 'refreshLeaseUntil' | 'refreshLeaseBy'>;

export const credentialTable: Table<CredentialRow> = {
  name: 'Credential',
  columns: {
    tenantId: 'text',
    accessToken: 'text',
    refreshToken: 'text',
    expiresAt: 'time',
    lifetimeMs: 'bigint',
    revision: 'integer',
  },
};

export function grantToRow(
  { tenantId, ...grant }: Grant & { tenantId: string },
  encryption: Encryption,
): Plain<CredentialRow> {
  return plain(credentialTable, { tenantId, ...sealedGrant(tenantId, grant, encryption), revision: grant.revision });
}

/** The columns of a new grant, both tokens sealed for this tenant. */
export function sealedGrant(tenantId: string, grant: NewGrant, encryption: Encryption) {
  const seal = (secret: string, field: string) => encryption.seal(secret, { tenantId, field });
  return {
    accessToken: grant.accessToken === null ? null : seal(grant.accessToken, 'access token'),
    refreshToken: seal(grant.refreshToken, 'refresh token'),
    expiresAt: dateOrNull(grant.expiresAt),
    lifetimeMs: grant.lifetimeMs === null ? null : bigMs(grant.lifetimeMs),
  };
}

export function grantFromRow(row: CredentialRow, encryption: Encryption): Grant {
  const { tenantId, accessToken, refreshToken, expiresAt, lifetimeMs, revision } = plain(credentialTable, row);
  const open = (sealed: string, field: string) => encryption.open(sealed, { tenantId, field });
  return {
    accessToken: accessToken === null ? null : open(accessToken, 'access token'),
    refreshToken: open(refreshToken, 'refresh token'),
    ...{ expiresAt, lifetimeMs, revision },
  };
}
