import { LASTING_SCOPE, LOOKING_SCOPE, type NewGrant } from '../model/grant.ts';
import type { PollFailureKind } from '../model/poll.ts';
import type { Tenant } from '../model/tenant.ts';
import { DAY_MS, type Instant } from '../model/time.ts';

/** What the user who gave the permission must have, so that `GET /social/connections` answers (published contract). */
export const NEEDED_PRIVILEGE = 'campaign:read';

/** The causes of a 403, which Constant Contact answers alike; `forbidden` is one that could not be told. */
export type RefusalKind = Extract<
  PollFailureKind,
  'forbidden' | 'missing_privilege' | 'missing_scope' | 'application_deactivated'
>;

export type Evidence = Readonly<{
  scopes: NewGrant['scopes'];
  /** Null: they were not asked for, or the answer says nothing. */
  privileges: readonly string[] | null;
}>;

/** The cause of a 403. Where nothing is missing on the tenant's side, the application itself is refused. */
export function refusalKind({ scopes, privileges }: Evidence): RefusalKind {
  // Another permission, given by a user who has the privilege, repairs both.
  if (lacks(scopes, LOOKING_SCOPE)) return 'missing_scope';
  if (privileges === null) return 'forbidden';
  if (!privileges.includes(NEEDED_PRIVILEGE)) return 'missing_privilege';
  return scopes === undefined ? 'forbidden' : 'application_deactivated';
}

/** A refresh token that came without the scope for it had to stop working. */
export function refusedGrantKind(
  scopes: NewGrant['scopes'],
): Extract<PollFailureKind, 'invalid_grant' | 'missing_scope'> {
  return lacks(scopes, LASTING_SCOPE) ? 'missing_scope' : 'invalid_grant';
}

type Known = Pick<Tenant, 'failing' | 'privilegesAskedAt'>;

/** The cause that an earlier question found, as long as the tenant is refused without a pause; null: ask (again). */
export function knownRefusal({ failing, privilegesAskedAt }: Known, now: Instant): RefusalKind | null {
  if (failing === null || privilegesAskedAt === null) return null;
  if (privilegesAskedAt < failing.since || privilegesAskedAt > now || now - privilegesAskedAt >= DAY_MS) return null;
  const { kind } = failing;
  return kind === 'forbidden' || kind === 'missing_privilege' || kind === 'application_deactivated' ? kind : null;
}

function lacks(scopes: NewGrant['scopes'], scope: string): boolean {
  return scopes !== undefined && !scopes.includes(scope);
}
