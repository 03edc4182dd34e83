/** A tenant as a person, a file or a request describes it; nothing is checked yet. */
export type TenantFields = Readonly<{
  name?: string;
  owner?: string;
  cc?: readonly string[];
  timezone?: string;
  locale?: string;
  schedule?: string;
  /** Its mail's own; an empty text takes it away again. */
  sender_name?: string;
  reply_to?: string;
  reconnect_url?: string;
  refresh_token?: string;
  access_token?: string;
  /** Seconds that the access token still lives. */
  expires_in?: string;
}>;

export type TenantField = keyof TenantFields;
