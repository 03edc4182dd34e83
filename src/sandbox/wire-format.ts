/**
 * The bodies that Constant Contact sends, written down here once more on purpose: the stand-in must not share code
 * with what it tests. Sources: the published contract (build 3.0.178), the guides on rate limits and on error
 * responses, and error bodies that users reported.
 */

/** `ConnectionStatusDto`: seven fields, all optional. Scripts may put anything there. */
export type WireStatus = Readonly<{
  has_token?: boolean | null;
  is_active_user?: boolean | null;
  rate_limited?: boolean | null;
  token_has_scopes?: boolean | null;
  token_is_valid?: boolean | null;
  error?: string | null;
  status?: number | null;
}>;

/** One entry of `GET /social/connections`; scripts may change any field to anything. */
export type WireConnection = Readonly<{
  account_info?: Readonly<Record<string, unknown>> | null;
  connection_status?: Readonly<Record<string, unknown>> | null;
}>;

/** One entry of `GET /social/profiles`, which is a bare array (`ProfileDto`). */
export type WireProfile = Readonly<Record<string, unknown>>;

export const HEALTHY_STATUS: WireStatus = {
  has_token: true,
  is_active_user: true,
  rate_limited: false,
  token_has_scopes: true,
  token_is_valid: true,
};

/** The answer of `GET /account/summary`. */
export type WireAccount = Readonly<{
  contact_email: string;
  contact_phone: string;
  country_code: string;
  encoded_account_id: string;
  first_name: string;
  last_name: string;
  organization_name: string;
  state_code: string;
  time_zone_id: string;
  website: string;
}>;

/** The answer of `GET /account/emails?role_code=CONTACT`. */
export function addressesOf({ contact_email: address }: WireAccount) {
  return [{ email_address: address, email_id: 1, confirm_status: 'CONFIRMED', roles: ['CONTACT'] }];
}

export const UNAUTHORIZED_BODY = { error_key: 'unauthorized', error_message: 'Unauthorized' };
export const THROTTLED_BODY = { error_key: 'throttled', error_message: 'Too Many Requests' };
export const QUOTA_BODY = { error_key: 'quota_exceeded', error_message: 'Limit Exceeded' };

export const INVALID_GRANT_BODY = {
  error: 'invalid_grant',
  error_description: 'The refresh token is invalid or expired.',
};
export const INVALID_SECRET_BODY = {
  error: 'invalid_client',
  error_description: 'The client secret supplied for a confidential client is invalid.',
};
export const INVALID_CODE_BODY = {
  error: 'invalid_grant',
  error_description: 'The authorization code is invalid or has expired.',
};
/** Okta answers an unknown client id in another shape. */
export const UNKNOWN_CLIENT_BODY = {
  errorCode: 'invalid_client',
  errorSummary: "Invalid value for 'client_id' parameter.",
  errorLink: 'invalid_client',
  errorId: 'oaeSandbox',
  errorCauses: [],
};

const documentedBodies: Readonly<Record<number, unknown>> = {
  400: [{ error_key: 'social.api.bad_request', error_message: 'The request is malformed.' }],
  401: UNAUTHORIZED_BODY,
  403: { error_key: 'access_denied', error_message: 'Request forbidden due to insufficient user privileges.' },
  404: [{ error_key: 'social.api.not_found', error_message: 'The requested resource was not found.' }],
  429: THROTTLED_BODY,
  500: [{ error_key: 'social.api.internal_error', error_message: 'There was a problem with our internal service.' }],
  503: [{ error_key: 'social.api.unavailable', error_message: 'Our internal service is temporarily unavailable.' }],
};

/** What the API sends with a status: an object from the gateway, an array from the service behind it. */
export function documentedBody(status: number): unknown {
  return documentedBodies[status] ?? [{ error_key: `social.api.${status}`, error_message: `Status ${status}` }];
}

/** `GET /account/user/privileges`. */
export function privilegesBody(names: readonly string[]): string {
  return JSON.stringify(names.map((name, index) => ({ privilege_id: 30 + index, privilege_name: name })));
}
