/** Whom a signed link lets in without a login, and to which tenant. */
export type LinkHolder = Readonly<{ tenantId: string; contactId: string }>;

export type LinkCheck =
  | (LinkHolder & Readonly<{ kind: 'valid' }>)
  | Readonly<{ kind: 'expired' }>
  | Readonly<{ kind: 'invalid' }>;
