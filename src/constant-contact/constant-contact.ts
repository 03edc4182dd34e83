import { z } from 'zod';
import type { NewGrant } from '../domain/model/grant.ts';
import type { PollFailure } from '../domain/model/poll.ts';
import { type Instant, MINUTE_MS, SECOND_MS } from '../domain/model/time.ts';
import type {
  ApiResult,
  Clock,
  ConnectionsAnswer,
  ConstantContact,
  Log,
  RequestSlots,
  UnchangedAnswer,
} from '../monitoring/ports.ts';
import { parseAccount, parseContactEmail } from './account-answer.ts';
import { digestOf, parseConnections, unchangedAnswer } from './connections-answer.ts';
import { failureOfAnswer, failureOfError, failureOfShape } from './failure.ts';
import { parsePrivileges } from './privileges-answer.ts';
import { parseProfiles } from './profiles-answer.ts';
import {
  type Answer,
  createSendRequest,
  type OutgoingRequest,
  type ProxyEnv,
  type SendRequest,
} from './send-request.ts';
import { parseToken } from './token-answer.ts';

/** Whoever gives up on a refresh loses the grant that its answer may still bring. */
const TOKEN_PATIENCE_MS = 5 * MINUTE_MS;

/** How every request is made, to the API or for authorisation. */
export type CallerOptions = Readonly<{
  /** E.g. `https://api.cc.email/v3`. */
  apiUrl: string;
  /** E.g. `https://authz.constantcontact.com/oauth2/default/v1`. */
  authUrl: string;
  clientId: string;
  /** Null for a PKCE client. */
  clientSecret: string | null;
  /** For a whole request; for a refresh, for each phase until it is connected. Waiting for a slot is not counted. */
  requestTimeoutMs: number;
  slots: Readonly<Record<'api' | 'token', RequestSlots>>;
  proxy?: ProxyEnv;
  clock: Clock;
  log?: Log;
}>;

export type ConstantContactOptions = CallerOptions &
  Readonly<{
    /** The program's version: another one may find more in the same answer. */
    version: string;
  }>;

/** One request, and how its answer is read. */
export type Call<T> = Readonly<{
  name: string;
  endpoint: 'api' | 'token';
  url: string;
  headers: Readonly<Record<string, string>>;
  form: Readonly<Record<string, string>> | null;
  timeout?: OutgoingRequest['timeout'];
  secrets: readonly string[];
  /** Ends the wait for a slot. */
  signal?: AbortSignal | undefined;
  onSend?: (() => void) | undefined;
  /** Whether an answer with another status than 2xx is read all the same. */
  isAnswer?: (answer: Answer) => boolean;
  /** The value of a body whose text was read before, without parsing it again; undefined when it has to be parsed. */
  recall?: (text: string) => T | undefined;
  /** Throws a ZodError for a body that is not the documented shape; `text` is the body before it was parsed. */
  parse: (body: unknown, sentAt: Instant, text: string) => T;
}>;

/** Constant Contact's API V3. Nothing is retried here, and no answer throws: a failure is a value with its kind. */
export function createConstantContact(options: ConstantContactOptions): ConstantContact {
  const call = createCaller(options);
  const { version } = options;
  const credentials = clientCredentials(options);
  const apiUrl = options.apiUrl.replace(/\/+$/, '');
  const tokenUrl = `${options.authUrl.replace(/\/+$/, '')}/token`;
  const phase = options.requestTimeoutMs;

  type Get<T> = Pick<Call<T>, 'recall' | 'parse' | 'signal' | 'onSend'> & Readonly<{ accessToken: string }>;

  function get<T>(path: string, { accessToken, ...rest }: Get<T>): Promise<ApiResult<T>> {
    return call({
      name: `GET ${path}`,
      endpoint: 'api',
      url: `${apiUrl}${path}`,
      headers: { authorization: `Bearer ${accessToken}` },
      form: null,
      // What is asked there needs no client secret, but nobody knows what an answer repeats.
      secrets: [accessToken, ...credentials.secrets],
      ...rest,
    });
  }

  function postToken(
    refreshToken: string,
    rest: Pick<Call<NewGrant>, 'timeout' | 'signal' | 'onSend'> = {},
  ): Promise<ApiResult<NewGrant>> {
    return call({
      name: 'POST /token',
      endpoint: 'token',
      url: tokenUrl,
      headers: credentials.headers,
      form: { ...credentials.form, grant_type: 'refresh_token', refresh_token: refreshToken },
      secrets: [refreshToken, ...credentials.secrets],
      parse: (body, sentAt) => parseToken(body, { refreshToken, at: sentAt }),
      ...rest,
    });
  }

  return {
    fetchConnections: (accessToken, { knownDigest, ...rest } = {}) =>
      get<ConnectionsAnswer | UnchangedAnswer>('/social/connections', {
        accessToken,
        ...rest,
        recall: (text) => {
          const isKnown = knownDigest !== undefined && digestOf(text, version) === knownDigest;
          return isKnown ? unchangedAnswer(text, knownDigest) : undefined;
        },
        parse: (body, _sentAt, text) => ({ ...parseConnections(body), digest: digestOf(text, version) }),
      }),
    fetchProfiles: (accessToken, signal) =>
      get('/social/profiles?include=accessible', { accessToken, signal, parse: parseProfiles }),
    fetchPrivileges: (accessToken, signal) =>
      get('/account/user/privileges', { accessToken, signal, parse: parsePrivileges }),
    fetchAccount: (accessToken) => get('/account/summary', { accessToken, parse: parseAccount }),
    fetchContactEmail: (accessToken) =>
      get('/account/emails?role_code=CONTACT', { accessToken, parse: parseContactEmail }),
    refresh: (refreshToken, wait) => {
      const timeout = { lookup: phase, connect: phase, secureConnect: phase, request: TOKEN_PATIENCE_MS };
      return postToken(refreshToken, { timeout, ...wait });
    },
    async checkClient() {
      // A grant that nobody has is refused as such, unless the key or the secret is refused first.
      const answer = await postToken('linkwatch-doctor');
      return answer.ok || answer.failure.kind === 'invalid_grant' ? null : answer.failure;
    },
  };
}

/** HTTP Basic alone, or `client_id` alone: Okta refuses a request that carries both. */
export function clientCredentials({ clientId, clientSecret }: Pick<CallerOptions, 'clientId' | 'clientSecret'>) {
  if (clientSecret === null) return { headers: {}, form: { client_id: clientId }, secrets: [] };
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  return { headers: { authorization: `Basic ${basic}` }, form: {}, secrets: [clientSecret, basic] };
}

/** Sends requests within the key's limits; a failure is a value with its kind. */
export function createCaller({
  clock,
  log,
  slots,
  proxy = {},
  requestTimeoutMs,
}: CallerOptions): <T>(call: Call<T>) => Promise<ApiResult<T>> {
  const sendRequest = createSendRequest({ proxy, requestTimeoutMs });

  return async (call) => {
    const { result, sentAt } = await ask(call, { sendRequest, slots: slots[call.endpoint], clock });
    const durationMs = clock.now() - sentAt;
    if (result.ok) {
      log?.debug({ request: call.name, durationMs }, 'Constant Contact answered');
    } else {
      const { kind, requestId } = result.failure;
      log?.debug({ request: call.name, durationMs, kind, requestId }, 'a request to Constant Contact failed');
      if (kind === 'throttled') await slots[call.endpoint].pause(result.failure.retryAfterMs ?? SECOND_MS);
    }
    return result;
  };
}

type Means = Readonly<{ sendRequest: SendRequest; slots: RequestSlots; clock: Clock }>;

type Asked<T> = Readonly<{ result: ApiResult<T>; sentAt: Instant }>;

async function ask<T>(call: Call<T>, { sendRequest, slots, clock }: Means): Promise<Asked<T>> {
  const sending: { at: Instant; noSlot?: Readonly<{ cause: unknown }> } = { at: clock.now() };
  const beforeRequest = async () => {
    await slots.take(call.signal).catch((cause: unknown) => {
      sending.noSlot = { cause };
      throw cause;
    });
    sending.at = clock.now();
    call.onSend?.();
  };
  const failed = (failure: PollFailure): Asked<T> => ({ result: { ok: false, failure }, sentAt: sending.at });
  const about = () => ({ name: call.name, endpoint: call.endpoint, secrets: call.secrets, now: clock.now() });
  let answer: Answer;
  try {
    answer = await sendRequest({ ...call, beforeRequest });
  } catch (error) {
    if (sending.noSlot !== undefined) throw sending.noSlot.cause;
    return failed(failureOfError(error, about()));
  }
  const isRead = (answer.status >= 200 && answer.status <= 299) || call.isAnswer?.(answer) === true;
  if (!isRead || answer.isTooLarge) return failed(failureOfAnswer(answer, about()));
  const recalled = call.recall?.(answer.body);
  if (recalled !== undefined) return { result: { ok: true, value: recalled }, sentAt: sending.at };
  const parsed = parseBody(answer.body, (body) => call.parse(body, sending.at, answer.body));
  if ('problem' in parsed) return failed(failureOfShape(answer, parsed.problem, about()));
  return { result: { ok: true, value: parsed.value }, sentAt: sending.at };
}

function parseBody<T>(
  text: string,
  parse: (body: unknown) => T,
): Readonly<{ value: T }> | Readonly<{ problem: string }> {
  try {
    return { value: parse(JSON.parse(text)) };
  } catch (error) {
    if (error instanceof SyntaxError) return { problem: 'something that is not JSON' };
    if (!(error instanceof z.ZodError)) throw error;
    const [issue] = error.issues;
    return {
      problem: `another shape than the documented one (${z.core.toDotPath(issue?.path ?? [])}: ${issue?.message})`,
    };
  }
}
