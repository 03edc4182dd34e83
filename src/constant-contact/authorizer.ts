import * as oauth from 'openid-client';
import { errorText } from '../domain/model/error-text.ts';
import type { Permission } from '../domain/model/grant.ts';
import { failureOf, type PollFailure } from '../domain/model/poll.ts';
import { type Instant, MINUTE_MS, SECOND_MS } from '../domain/model/time.ts';
import type { AuthorizationAnswer, Authorizer, DeviceWait, ReturnedBrowser } from '../monitoring/ports.ts';
import { type Call, type CallerOptions, clientCredentials, createCaller } from './constant-contact.ts';
import { parseErrorBody } from './error-body.ts';
import { scrub } from './scrub.ts';

/** The least that watching needs; Constant Contact has no scope that only reads campaigns (API guide, "Scopes"). */
const SCOPES = 'campaign_data account_read offline_access';
const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
/** RFC 8628, section 3.2. */
const USUAL_INTERVAL_MS = 5 * SECOND_MS;
const LONGEST_DEVICE_LIFETIME_MS = 60 * MINUTE_MS;

/** A code that was throttled is not used up. */
const MOST_ATTEMPTS = 3;

/** What became of the one request that openid-client made. */
type Sent = { sentAt: Instant | null; failure: PollFailure | null; noSlot?: Readonly<{ cause: unknown }> };

/** Authorisation by openid-client, over the same client, rate and failures as every other request. */
export function createAuthorizer(options: CallerOptions): Authorizer {
  const call = createCaller(options);
  const credentials = clientCredentials(options);

  /** For one request: openid-client tells nobody which one failed. */
  function open(name: string, secrets: readonly string[]) {
    const sent: Sent = { sentAt: null, failure: null };
    const config = configurationOf(options, credentials);
    config[oauth.customFetch] = async (url, { headers, body }) => {
      const form = Object.fromEntries(new URLSearchParams(String(body)));
      const request = { name, url, headers, form, secrets: [...secrets, ...credentials.secrets] };
      const result = await call(callOf(request, sent)).catch((cause: unknown) => {
        sent.noSlot = { cause };
        throw cause;
      });
      if (result.ok) return result.value;
      sent.failure = result.failure;
      throw new Error('the request has failed');
    };
    return { config, sent };
  }

  return {
    async begin(redirectUri, { prompt }) {
      const state = oauth.randomState();
      const verifier = oauth.randomPKCECodeVerifier();
      const url = oauth.buildAuthorizationUrl(configurationOf(options, credentials), {
        redirect_uri: redirectUri,
        scope: SCOPES,
        state,
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...(prompt && { prompt: 'login' }),
      });
      return { url: url.href, state, verifier };
    },

    finish: (returned) =>
      unlessThrottled(async () => {
        const { url, code } = answerAsUrl(returned);
        const { config, sent } = open('POST /token for a code', [code, returned.verifier]);
        const checks = { pkceCodeVerifier: returned.verifier, expectedState: returned.state };
        return await answerOf(oauth.authorizationCodeGrant(config, url, checks), sent);
      }),

    async beginDevice() {
      const { config, sent } = open('POST /device/authorize', []);
      try {
        const parameters = { scope: SCOPES, response_type: 'code', state: oauth.randomState() };
        const answer = await oauth.initiateDeviceAuthorization(config, parameters);
        const lifetimeMs = Math.min(answer.expires_in * SECOND_MS, LONGEST_DEVICE_LIFETIME_MS);
        const value = {
          deviceCode: answer.device_code,
          userCode: answer.user_code,
          verificationUri: answer.verification_uri,
          expiresAt: (sent.sentAt ?? options.clock.now()) + lifetimeMs,
          intervalMs: answer.interval === undefined ? USUAL_INTERVAL_MS : answer.interval * SECOND_MS,
        };
        return { ok: true, value };
      } catch (error) {
        return { ok: false, failure: failureAfter(error, sent) };
      }
    },

    async pollDevice(deviceCode) {
      const { config, sent } = open('POST /token for a device', [deviceCode]);
      const granted = oauth.genericGrantRequest(config, DEVICE_GRANT, { device_code: deviceCode });
      return await answerOf(granted, sent);
    },
  };
}

/** Nothing is discovered: Constant Contact serves no metadata. */
function configurationOf(
  { authUrl, clientId }: CallerOptions,
  credentials: ReturnType<typeof clientCredentials>,
): oauth.Configuration {
  const base = authUrl.replace(/\/+$/, '');
  const server = {
    issuer: base,
    authorization_endpoint: `${base}/authorize`,
    token_endpoint: `${base}/token`,
    device_authorization_endpoint: `${base}/device/authorize`,
  };
  const config = new oauth.Configuration(server, clientId, undefined, clientAuthentication(credentials));
  // The configuration decides which addresses are asked; it allows http on loopback, for a stand-in.
  if (base.startsWith('http:')) oauth.allowInsecureRequests(config);
  return config;
}

/** openid-client's own HTTP Basic writes `-` as `%2D`, which Constant Contact may not decode: the id goes as it is. */
function clientAuthentication({ headers: own, form }: ReturnType<typeof clientCredentials>): oauth.ClientAuth {
  return (_server, _client, body, headers) => {
    // Beside HTTP Basic, Okta refuses a `client_id` in the body.
    body.delete('client_id');
    for (const [name, value] of Object.entries(form)) body.set(name, value);
    for (const [name, value] of Object.entries(own)) headers.set(name, value);
  };
}

type Request = Pick<Call<Response>, 'name' | 'url' | 'headers' | 'form' | 'secrets'>;

function callOf(request: Request, sent: Sent): Call<Response> {
  return {
    ...request,
    endpoint: 'token',
    isAnswer: ({ status, body }) => status === 400 && isDeviceAnswer(parseErrorBody(body).oauthError),
    parse: (body, sentAt) => {
      sent.sentAt = sentAt;
      return Response.json(body, {
        status: isDeviceAnswer(parseErrorBody(JSON.stringify(body)).oauthError) ? 400 : 200,
      });
    },
  };
}

const deviceAnswers = {
  authorization_pending: { outcome: 'waiting', isTooSoon: false },
  slow_down: { outcome: 'waiting', isTooSoon: true },
  access_denied: { outcome: 'denied' },
  expired_token: { outcome: 'expired' },
} as const satisfies Readonly<Record<string, AuthorizationAnswer | DeviceWait>>;

function isDeviceAnswer(code: string | null): code is keyof typeof deviceAnswers {
  return code !== null && Object.hasOwn(deviceAnswers, code);
}

async function answerOf(
  granted: Promise<oauth.TokenEndpointResponse>,
  sent: Sent,
): Promise<AuthorizationAnswer | DeviceWait> {
  try {
    return { outcome: 'agreed', permission: permissionOf(await granted, sent) };
  } catch (error) {
    if (error instanceof oauth.ResponseBodyError && isDeviceAnswer(error.error)) return deviceAnswers[error.error];
    if (error instanceof oauth.AuthorizationResponseError) return refusalOf(error);
    const isAsked = sent.sentAt !== null || sent.failure !== null || sent.noSlot !== undefined;
    return isAsked ? { outcome: 'failed', failure: failureAfter(error, sent) } : { outcome: 'forged' };
  }
}

/** An answer that names no scopes grants those that were asked for (RFC 6749, section 5.1). */
function permissionOf(tokens: oauth.TokenEndpointResponse, { sentAt }: Sent): Permission {
  const lifetimeMs = tokens.expires_in === undefined ? null : Math.floor(tokens.expires_in * SECOND_MS);
  return {
    accessToken: tokens.access_token,
    refreshToken: tokens.refresh_token ?? null,
    expiresAt: lifetimeMs === null || sentAt === null ? null : sentAt + lifetimeMs,
    lifetimeMs,
    scopes: (tokens.scope ?? SCOPES).split(' '),
  };
}

/** What Constant Contact's page answered by way of the browser. */
function refusalOf({ error, error_description: words }: oauth.AuthorizationResponseError): AuthorizationAnswer {
  if (error === 'access_denied') return { outcome: 'denied' };
  const detail = scrub(`the authorize page answered ${error}${words === undefined ? '' : `: ${words}`}`, []);
  return { outcome: 'failed', failure: failureOf('client', detail) };
}

function failureAfter(error: unknown, { failure, noSlot }: Sent): PollFailure {
  if (noSlot !== undefined) throw noSlot.cause;
  if (failure !== null) return failure;
  // openid-client's own message only says that something is wrong; its cause says what.
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const problem = errorText(cause);
  return failureOf('invalid_response', scrub(`the answer is not the documented one: ${problem}`, []));
}

/** Only the documented parameters, and each of them once: anybody may have written the address. */
function answerAsUrl({ redirectUri, query }: ReturnedBrowser): Readonly<{ url: URL; code: string }> {
  const url = new URL(redirectUri);
  for (const name of ['code', 'state', 'error', 'error_description']) {
    const value = query[name];
    if (typeof value === 'string') url.searchParams.set(name, value);
  }
  return { url, code: url.searchParams.get('code') ?? '' };
}

async function unlessThrottled(attempt: () => Promise<AuthorizationAnswer | DeviceWait>): Promise<AuthorizationAnswer> {
  for (let count = 1; ; count++) {
    const answer = await attempt();
    if (answer.outcome === 'waiting') {
      return { outcome: 'failed', failure: failureOf('invalid_response', 'a code was answered like a device') };
    }
    const isThrottled = answer.outcome === 'failed' && answer.failure.kind === 'throttled';
    if (!isThrottled || count === MOST_ATTEMPTS) return answer;
  }
}
