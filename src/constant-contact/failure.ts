import type { PollFailure, PollFailureKind } from '../domain/model/poll.ts';
import type { Instant } from '../domain/model/time.ts';
import { parseRetryAfter } from '../words/retry-after.ts';
import { withCertificateHint } from '../words/untrusted-certificate.ts';
import { parseErrorBody } from './error-body.ts';
import { scrub } from './scrub.ts';
import type { Answer } from './send-request.ts';

/** The request that failed, as far as its failure needs it. */
export type FailedRequest = Readonly<{
  /** E.g. `GET /social/connections`. */
  name: string;
  /** The token endpoint's statuses speak about our application; the API's about the tenant's access token. */
  endpoint: 'api' | 'token';
  secrets: readonly string[];
  now: Instant;
}>;

/** Error codes of Node.js and got, in the order they are tried; whatever is left is a broken connection. */
const kindsByCode: readonly (readonly [RegExp, PollFailureKind])[] = [
  [/TIMED?OUT$/, 'timeout'],
  [/^(ENOTFOUND|EAI_|ENODATA|ESERVFAIL|EREFUSED$)/, 'dns'],
  [/^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|CRL_|EPROTO)/, 'tls'],
  // Broken HTTP, a broken compressed body, or redirects in a circle: something else than Constant Contact answered.
  [/^(HPE_|Z_|ERR__ERROR_|ERR_BROTLI|ERR_ZSTD|ZSTD_|ERR_TOO_MANY_REDIRECTS|ERR_INVALID_REDIRECT)/, 'invalid_response'],
  // The stored access token holds a character that no header can carry: no upstream will ever accept it.
  [/^ERR_INVALID_CHAR$/, 'unauthorized'],
];

/** No whole answer came. */
export function failureOfError(error: unknown, request: FailedRequest): PollFailure {
  const code = codeOf(error);
  const kind = kindsByCode.find(([pattern]) => pattern.test(code))?.[1] ?? 'connection';
  // got keeps the response with an error that came after its headers, e.g. when the body was cut off.
  const { response = null } = likeError(error);
  return failureWith(kind, { request, says: `failed: ${describeError(error)}`, body: null, answer: response });
}

/** An answer came, with a status other than 2xx, or larger than anything documented. */
export function failureOfAnswer(answer: Answer, request: FailedRequest): PollFailure {
  const kind = kindOfAnswer(answer, request.endpoint);
  return failureWith(kind, { request, says: describe(answer), body: answer.body, answer });
}

/** The status is a good one, the body is not: `problem` says where. */
export function failureOfShape(answer: Answer, problem: string, request: FailedRequest): PollFailure {
  const says = `answered ${answer.status} with ${problem}`;
  return failureWith('invalid_response', { request, says, body: answer.body, answer });
}

function kindOfAnswer(answer: Answer, endpoint: FailedRequest['endpoint']): PollFailureKind {
  const { status } = answer;
  if (answer.isTooLarge) return 'invalid_response';
  if (status >= 500) return 'server';
  if (status < 400) return 'invalid_response';
  const { key, oauthError } = parseErrorBody(answer.body);
  if (key === 'throttled' || key === 'quota_exceeded') return key;
  if (status === 429) return 'throttled';
  // A firewall, a proxy or a captive portal refuses with a page of its own, which says nothing of our access.
  const isOwnWord = (endpoint === 'api' ? key : oauthError) !== null;
  if (!isOwnWord && (status === 401 || status === 403)) return 'invalid_response';
  return endpoint === 'api' ? kindOfApiStatus(status) : kindOfTokenError(status, oauthError);
}

function kindOfApiStatus(status: number): PollFailureKind {
  if (status === 401) return 'unauthorized';
  return status === 403 ? 'forbidden' : 'client';
}

/** Other refusals there are nobody's lack of access: `unauthorized` would ask the owner to repair our set-up. */
function kindOfTokenError(status: number, oauthError: string | null): PollFailureKind {
  if (status !== 400 && status !== 401) return 'client';
  return oauthError === 'invalid_grant' || oauthError === 'invalid_client' ? oauthError : 'client';
}

/** Not scrubbed: an error's own words, with its code. Happy Eyeballs' errors have a code alone. */
function describeError(error: unknown): string {
  const { message } = likeError(error);
  const code = codeOf(error);
  return `${withCertificateHint(String(message || 'no answer came'))}${code === '' ? '' : ` (${code})`}`;
}

function describe({ status, headers, isTooLarge }: Answer): string {
  if (isTooLarge) return `answered ${status} with more than 1 MiB; reading was stopped`;
  const isRedirect = status >= 300 && status < 400 && headers.location !== undefined;
  return `answered ${status}${isRedirect ? `, a redirect to ${headers.location} that is not followed` : ''}`;
}

type Circumstances = Readonly<{
  request: FailedRequest;
  says: string;
  body: string | null;
  answer: Pick<Answer, 'headers'> | null;
}>;

function failureWith(kind: PollFailureKind, { request, says, body, answer }: Circumstances): PollFailure {
  const { name, secrets, now } = request;
  const header = (field: string) => [answer?.headers[field] ?? []].flat()[0];
  const requestId = header('x-amzn-requestid') ?? header('x-request-id');
  return {
    kind,
    detail: [`${name} ${scrub(says, secrets)}`, ...(body ? [scrub(body, secrets)] : [])].join(': '),
    requestId: requestId === undefined ? null : scrub(requestId, secrets).slice(0, 200),
    retryAfterMs: parseRetryAfter(header('retry-after'), now),
  };
}

type ErrorLike = Readonly<{ message?: unknown; code?: unknown; cause?: unknown; response?: Answer }>;

function likeError(error: unknown): ErrorLike {
  return typeof error === 'object' && error !== null ? error : {};
}

/** got's own code for a body that could not be read says less than its cause's. */
function codeOf(error: unknown): string {
  const { code, cause } = likeError(error);
  if (typeof code !== 'string') return '';
  return code === 'ERR_READING_RESPONSE_STREAM' ? codeOf(cause) || code : code;
}
