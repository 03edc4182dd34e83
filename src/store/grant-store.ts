import type { GivenGrant } from '../domain/model/grant.ts';
import type { GrantStore } from '../monitoring/ports.ts';
import type { Database, Session } from './database.ts';
import { isUniqueViolation } from './driver-error.ts';
import type { Encryption } from './encryption.ts';
import { endedLease, type LeaseClock } from './lease-clock.ts';
import type { Prisma } from './model.ts';
import { givenGrant, grantFromRow, sealedGrant } from './rows/credential-row.ts';
import { dateOf } from './rows/values.ts';

export function createGrantStore(database: Database, encryption: Encryption, leaseClock: LeaseClock): GrantStore {
  const { db } = database;
  return {
    read: async (tenantId) => {
      const row = await db.credential.findUnique({ where: { tenantId } });
      return row === null ? null : grantFromRow(row, encryption);
    },

    replace: async (tenantId, revision, grant) => {
      const sealed = sealedGrant(tenantId, grant, encryption);
      const write = (data: Prisma.CredentialUpdateManyMutationInput) =>
        db.credential.updateMany({ where: { tenantId, revision }, data: { ...data, revision: revision + 1 } });
      const { count } = await write(sealed).catch((error: unknown) => {
        // Two tenants may share a token since an older version; neither is to lose what its refresh brought.
        if (isUniqueViolation(error)) return write({ ...sealed, fingerprint: null });
        throw error;
      });
      return count === 1;
    },

    // The condition is checked where the row is written, so that of several callers one alone gets the lease.
    lockRefresh: async ({ tenantId, holder, leaseMs }) => {
      const now = await leaseClock(database);
      const isFree = endedLease(now).map((refreshLeaseUntil) => ({ refreshLeaseUntil }));
      const { count } = await db.credential.updateMany({
        where: { tenantId, OR: [...isFree, { refreshLeaseBy: holder }] },
        data: { refreshLeaseUntil: dateOf(now + leaseMs), refreshLeaseBy: holder },
      });
      return count === 1;
    },

    unlockRefresh: async ({ tenantId, holder }) => {
      const where = { tenantId, refreshLeaseBy: holder };
      await db.credential.updateMany({ where, data: { refreshLeaseUntil: null, refreshLeaseBy: null } });
    },
  };
}

/** A grant that did not come from a refresh, such as a new one after the tenant authorised us again. */
export async function storeGrant(
  { db }: Session,
  { tenantId, grant, encryption }: Readonly<{ tenantId: string; grant: GivenGrant; encryption: Encryption }>,
): Promise<void> {
  const sealed = givenGrant(tenantId, grant, encryption);
  await db.credential.upsert({
    where: { tenantId },
    create: { tenantId, ...sealed, revision: 1 },
    update: { ...sealed, revision: { increment: 1 } },
  });
}
