import type { TenantStore, TenantsOfAccount } from '../monitoring/ports.ts';
import type { Session } from './database.ts';

type Account = Parameters<TenantStore['ofAccount']>[0];

export async function tenantsOfAccount({ db }: Session, account: Account): Promise<TenantsOfAccount> {
  const { accountId, name, contactEmail } = account;
  const known = accountId === null ? null : await db.tenant.findUnique({ where: { accountId }, select: { id: true } });
  if (known !== null) return { known: known.id, similar: [] };
  // Both databases fold the case of ASCII alike; of other letters PostgreSQL alone.
  const rows = await db.$queryRawUnsafe<readonly { id: string }[]>(
    `SELECT t."id" FROM "Tenant" t WHERE t."removedAt" IS NULL AND t."accountId" IS NULL AND (LOWER(t."name") = LOWER($1)
      OR EXISTS (SELECT 1 FROM "Contact" c WHERE c."tenantId" = t."id" AND c."removedAt" IS NULL AND LOWER(c."email") = LOWER($2)))
    ORDER BY t."id"`,
    name ?? '',
    contactEmail ?? '',
  );
  return { known: null, similar: rows.map(({ id }) => id) };
}
