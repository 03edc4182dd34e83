import { type Instant, MINUTE_MS } from './time.ts';

/** Lets us read social connections (published contract). */
export const LOOKING_SCOPE = 'campaign_data';
/** Without it Constant Contact gives no refresh token. */
export const LASTING_SCOPE = 'offline_access';

/** A tenant's OAuth tokens, decrypted. */
export type Grant = Readonly<{
  accessToken: string | null;
  refreshToken: string;
  /** When the access token stops working; null while there is none, or when nobody said. */
  expiresAt: Instant | null;
  /** The access token's whole life in ms, as `expires_in` gave it. */
  lifetimeMs: number | null;
  /** What the token answer said that the access token may be used for; left out when it said nothing. */
  scopes?: readonly string[];
  /** Changes with every stored grant. */
  revision: number;
  /** The application that the tokens belong to; null: the one of the configuration. */
  applicationId: string | null;
}>;

export type NewGrant = Omit<Grant, 'revision' | 'applicationId'>;

/** The part of a grant that asking needs. */
export type GrantInUse = Omit<NewGrant, 'refreshToken'>;

/**
 * From a person; `given` is the person's refresh token where a refresh has spent it since, so that it is known again.
 */
export type GivenGrant = NewGrant & Readonly<{ given?: string }>;

/** What a person has just allowed, before it is the grant of a tenant. */
export type Permission = Readonly<{
  accessToken: string;
  /** Null when `offline_access` was not granted: Constant Contact says so in no other way. */
  refreshToken: string | null;
  expiresAt: Instant | null;
  lifetimeMs: number | null;
  scopes: readonly string[];
}>;

const REFRESH_EARLY_MS = 5 * MINUTE_MS;

/** Good for a while: not yet in its last 5 minutes, or in the second half of a life shorter than 10. */
export function isFresh({ accessToken, expiresAt, lifetimeMs }: GrantInUse, now: Instant): boolean {
  if (accessToken === null) return false;
  // Without a known end only a 401 can tell.
  if (expiresAt === null) return true;
  return now < expiresAt - Math.min(REFRESH_EARLY_MS, (lifetimeMs ?? Number.POSITIVE_INFINITY) / 2);
}

export function isUsable({ accessToken, expiresAt }: GrantInUse, now: Instant): boolean {
  return accessToken !== null && (expiresAt === null || now < expiresAt);
}

export type StoringDecision =
  | Readonly<{ kind: 'store'; overRevision: number }>
  /** The store took the grant, and its answer was lost. */
  | Readonly<{ kind: 'stored_before' }>
  /** An operator or another process stored a later grant. */
  | Readonly<{ kind: 'superseded' }>
  | Readonly<{ kind: 'tenant_gone' }>;

/** Whether a refreshed grant is stored, by what is stored now. It takes the place of the token that it was got with. */
export function storingOf(
  { presented, refreshed }: Readonly<{ presented: string; refreshed: NewGrant }>,
  stored: Grant | null,
): StoringDecision {
  if (stored === null) return { kind: 'tenant_gone' };
  if (stored.refreshToken === refreshed.refreshToken && stored.accessToken === refreshed.accessToken) {
    return { kind: 'stored_before' };
  }
  if (stored.refreshToken === presented) return { kind: 'store', overRevision: stored.revision };
  return { kind: 'superseded' };
}
