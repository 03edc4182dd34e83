import type { App } from '../../monitoring/application.ts';
import { unknownTenant } from '../failure.ts';

/** Nothing found for a tenant may mean that its id is mistyped; a removed one may still have something. */
export async function assertKnown(tenantId: string | null, found: readonly unknown[], app: App): Promise<void> {
  if (tenantId === null || found.length > 0) return;
  if ((await app.showTenant(tenantId)) === null) throw unknownTenant(tenantId);
}
