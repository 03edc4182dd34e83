/** What Constant Contact says of an account; null for what it does not say, or may not say to us. */
export type Account = Readonly<{
  /** The account's id, which never changes (`encoded_account_id`). */
  accountId: string | null;
  name: string | null;
  contactEmail: string | null;
  timezone: string | null;
}>;

/** An account of which we may read nothing. */
export const UNKNOWN_ACCOUNT: Account = { accountId: null, name: null, contactEmail: null, timezone: null };
