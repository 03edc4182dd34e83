import type { Instant } from './time.ts';

/** A tenant's OAuth tokens, decrypted. */
export type Grant = Readonly<{
  accessToken: string | null;
  refreshToken: string;
  /** When the access token stops working; null while there is none. */
  expiresAt: Instant | null;
  /** The access token's whole life in ms, as `expires_in` gave it. */
  lifetimeMs: number | null;
  /** Changes with every stored grant. */
  revision: number;
}>;

export type NewGrant = Omit<Grant, 'revision'>;
