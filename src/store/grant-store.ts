import type { GivenGrant } from '../domain/model/grant.ts';
import { deadGrantKinds, IDLE_MS } from '../domain/model/refresh.ts';
import { DAY_MS, type Instant } from '../domain/model/time.ts';
import type { GrantStore } from '../monitoring/ports.ts';
import type { Database, Session } from './database.ts';
import { isUniqueViolation } from './driver-error.ts';
import type { Encryption } from './encryption.ts';
import { endedLease, type LeaseClock } from './lease-clock.ts';
import type { Prisma } from './model.ts';
import { givenGrant, grantFromRow, sealedGrant } from './rows/credential-row.ts';
import { ascending, dateOf } from './rows/values.ts';
import { idsIn, unhurriedWindows } from './tenant-windows.ts';

const UNKNOWN_IDLE_MS = 2 * DAY_MS;

export function createGrantStore(database: Database, encryption: Encryption, leaseClock: LeaseClock): GrantStore {
  const { db } = database;
  return {
    read: async (tenantId) => {
      const include = { tenant: { select: { applicationId: true } } };
      const row = await db.credential.findUnique({ where: { tenantId }, include });
      return row === null ? null : { ...grantFromRow(row, encryption), applicationId: row.tenant.applicationId };
    },

    replace: async (tenantId, revision, grant) => {
      const refreshedAt = dateOf(await leaseClock(database));
      const sealed = { ...sealedGrant(tenantId, grant, encryption), ...noTrouble, refreshedAt };
      const write = (data: Prisma.CredentialUpdateManyMutationInput) =>
        db.credential.updateMany({ where: { tenantId, revision }, data: { ...data, revision: revision + 1 } });
      const { count } = await write(sealed).catch((error: unknown) => {
        // Two tenants may share a token since an older version; neither is to lose what its refresh brought.
        if (isUniqueViolation(error)) return write({ ...sealed, fingerprint: null });
        throw error;
      });
      return count === 1;
    },

    noteFailure: async ({ tenantId, revision, kind, now }) => {
      const [where, since] = [{ tenantId, revision }, { refreshFailingSince: dateOf(now) }];
      await db.credential.updateMany({ where: { ...where, refreshFailingSince: null }, data: since });
      const data = { refreshFailures: { increment: 1 }, refreshFailure: kind };
      await db.credential.updateMany({ where, data });
      const row = await db.credential.findFirst({ where });
      if (row === null || row.refreshFailingSince === null) return null;
      return { kind, failures: row.refreshFailures, since: row.refreshFailingSince.getTime() };
    },

    idle: async ({ now, limit }) => {
      const found: IdleRow[] = [];
      for await (const window of unhurriedWindows(database)) {
        const rows = await db.credential.findMany({
          where: { ...idleAt(now), tenantId: idsIn(window) },
          select: { tenantId: true, refreshFailures: true, refreshedAt: true },
          orderBy: [{ refreshFailures: 'asc' }, { refreshedAt: { sort: 'asc', nulls: 'first' } }, { tenantId: 'asc' }],
          take: limit,
        });
        found.push(...rows);
      }
      return found
        .toSorted(byTrouble)
        .slice(0, limit)
        .map(({ tenantId }) => tenantId);
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

type IdleRow = Readonly<{ tenantId: string; refreshFailures: number; refreshedAt: Date | null }>;

/** Those that have failed least often come first, then those that were refreshed longest ago. */
function byTrouble(a: IdleRow, b: IdleRow): number {
  return (
    a.refreshFailures - b.refreshFailures ||
    (a.refreshedAt?.getTime() ?? 0) - (b.refreshedAt?.getTime() ?? 0) ||
    ascending(a.tenantId, b.tenantId)
  );
}

const noTrouble = { refreshFailures: 0, refreshFailure: null, refreshFailingSince: null };

/**
 * A grant that nobody has refreshed yet is left to the next poll, unless there is none, or its token ended long ago.
 */
function idleAt(now: Instant): Prisma.CredentialWhereInput {
  const isNotDead = [{ refreshFailure: null }, { refreshFailure: { notIn: [...deadGrantKinds] } }];
  const unknown = [{ tenant: { state: 'paused' } }, { expiresAt: { lte: dateOf(now - UNKNOWN_IDLE_MS) } }];
  return {
    tenant: { removedAt: null, state: { in: ['active', 'access_denied', 'paused'] } },
    AND: [
      { OR: isNotDead },
      { OR: [{ refreshedAt: { lte: dateOf(now - IDLE_MS) } }, { refreshedAt: null, OR: unknown }] },
    ],
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
    update: { ...sealed, ...noTrouble, refreshedAt: null, revision: { increment: 1 } },
  });
}
