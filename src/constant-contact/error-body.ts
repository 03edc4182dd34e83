/** What an error body says, in the shapes that are documented; null for what it does not say. */
export type ErrorBody = Readonly<{
  /** The API's `error_key`, e.g. `throttled`. */
  key: string | null;
  /** OAuth's `error`, or Okta's `errorCode`, e.g. `invalid_grant`. */
  oauthError: string | null;
}>;

/**
 * The gateway sends one object, the services behind it an array of them (API guide, "Response codes"); the token
 * endpoint sends RFC 6749's `{ error }` or, for an unknown client, Okta's `{ errorCode }`.
 */
export function parseErrorBody(text: string): ErrorBody {
  const parsed = tryParseJson(text);
  const first: unknown = Array.isArray(parsed) ? parsed[0] : parsed;
  return {
    key: textIn(first, 'error_key'),
    oauthError: textIn(parsed, 'error') ?? textIn(parsed, 'errorCode'),
  };
}

function tryParseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function textIn(value: unknown, field: string): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const found = (value as Readonly<Record<string, unknown>>)[field];
  return typeof found === 'string' && found !== '' ? found : null;
}
