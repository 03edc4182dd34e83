import type { Instant } from './time.ts';

/** Whom a signed link lets in without a login, and to which tenant. */
export type LinkHolder = Readonly<{ tenantId: string; contactId: string }>;

export type LinkCheck =
  /** A guest has the link from the contact, and may look and check alone. */
  (LinkHolder & Readonly<{ kind: 'valid' | 'expired'; isGuest: boolean }>) | Readonly<{ kind: 'invalid' }>;

/** A link to connect the account of a tenant; `signedAt` tells whether it is used up. */
export type ConnectLinkCheck =
  | (LinkHolder & Readonly<{ kind: 'valid'; signedAt: Instant }>)
  | Readonly<{ kind: 'expired' | 'invalid' }>;
