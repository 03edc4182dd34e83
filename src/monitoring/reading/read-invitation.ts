import type { Stores } from '../ports.ts';
import type { TenantDetail } from '../views.ts';

/**
 * The latest invitation to connect the tenant's account, and what is known to have come of it; null without one. That
 * its link was opened is not written down, as programs that check mail open links, too: its page's button is.
 */
export async function readInvitation(
  tenantId: string,
  { mail, audit }: Pick<Stores, 'mail' | 'audit'>,
): Promise<TenantDetail['invitation']> {
  const first = { tenantId, cursor: null, limit: 1 };
  const [invitation] = (await mail.list({ ...first, kind: 'invitation' })).items;
  if (invitation === undefined) return null;
  const { to, state, createdAt, sentAt, response } = invitation;
  const [begun] = (await audit.list({ ...first, action: 'tenant.connect_begin', from: createdAt })).items;
  return { to, state, createdAt, sentAt, response, begunAt: begun?.at ?? null };
}
