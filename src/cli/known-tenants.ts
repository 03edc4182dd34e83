import type { Application } from '../monitoring/application.ts';
import { operator } from '../monitoring/viewer.ts';
import { unknownTenant } from './failure.ts';

/**
 * An empty result for a tenant may mean that its id is mistyped; a removed tenant may still have incidents and mail.
 */
export async function assertKnown(tenantId: string | null, found: readonly unknown[], app: Application): Promise<void> {
  if (tenantId !== null && found.length === 0) await assertTenants([tenantId], app);
}

export async function assertTenants(ids: readonly string[], app: Application): Promise<void> {
  for (const id of ids) {
    if ((await app.tenants.find(operator, id)) === null) throw unknownTenant(id);
  }
}
