import { describe, expect, it } from '@jest/globals';
import {
  type FailedRequest,
  failureOfAnswer,
  failureOfError,
  failureOfShape,
} from '../../../src/constant-contact/failure.ts';
import type { Answer } from '../../../src/constant-contact/send-request.ts';

const NOW = Date.UTC(2026, 9, 21);

function request(given: Partial<FailedRequest> = {}): FailedRequest {
  return { name: 'GET /social/connections', endpoint: 'api', secrets: [], now: NOW, ...given };
}

function answer(status: number, body: unknown = '', given: Partial<Answer> = {}): Answer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status, body: text, headers: {}, isTooLarge: false, ...given };
}

const UNAUTHORIZED = { error_key: 'unauthorized', error_message: 'Unauthorized' };
const QUOTA = { error_key: 'quota_exceeded', error_message: 'Limit Exceeded' };
const OKTA_CLIENT = { errorCode: 'invalid_client', errorSummary: "Invalid value for 'client_id' parameter." };

describe('an answer of the API', () => {
  it.each([
    [400, [{ error_key: 'x', error_message: 'y' }], 'client'],
    [401, UNAUTHORIZED, 'unauthorized'],
    [401, [UNAUTHORIZED], 'unauthorized'],
    [403, { error_key: 'access_denied' }, 'forbidden'],
    [403, [{ error_key: 'social.api.forbidden', error_message: 'Forbidden' }], 'forbidden'],
    [404, [{ error_key: 'contacts.api.not_found' }], 'client'],
    [407, '', 'client'],
    [429, { error_key: 'throttled' }, 'throttled'],
    [429, QUOTA, 'quota_exceeded'],
    [429, [QUOTA], 'quota_exceeded'],
    [429, 'slow down', 'throttled'],
    [429, [], 'throttled'],
    [429, { error_key: 7 }, 'throttled'],
    [400, { error: 'invalid_grant' }, 'client'],
    [403, QUOTA, 'quota_exceeded'],
    [403, { error_key: 'throttled' }, 'throttled'],
    [500, UNAUTHORIZED, 'server'],
    [503, '', 'server'],
    [599, '', 'server'],
    [302, '', 'invalid_response'],
    [304, '', 'invalid_response'],
  ])('%i %j is %s', (status, body, kind) => {
    expect(failureOfAnswer(answer(status, body), request()).kind).toBe(kind);
  });

  it.each([
    ['nothing', ''],
    ['spaces', ' \n'],
    ['the page of a firewall', '<HTML><HEAD><TITLE>ERROR: The request could not be satisfied</TITLE></HEAD></HTML>'],
    ['half of our own error', '{"error_key":"access_denied","error_mess'],
    ["the API gateway's own refusal", { message: 'Forbidden' }],
    ["another gateway's refusal", { Message: 'User is not authorized to access this resource', __type: 'X' }],
    ['an error of OAuth', { error: 'invalid_client' }],
    ['an error of another kind', { error: { code: 403, message: 'Forbidden' } }],
    ['a key that is empty', { error_key: '', error_message: 'Unauthorized' }],
    ['a key that is a number', { error_key: 7 }],
    ['a key deeper inside', { errors: [UNAUTHORIZED] }],
    ['an empty list', []],
    ['null', null],
    ['a number', 403],
    ['the key as a text', '"unauthorized"'],
  ])('401 and 403 with %s say nothing of our access', (_, body) => {
    for (const status of [401, 403]) {
      expect(failureOfAnswer(answer(status, body), request()).kind).toBe('invalid_response');
    }
  });

  it('larger than 1 MiB is not the documented shape, whatever its status', () => {
    const failure = failureOfAnswer(answer(503, '', { isTooLarge: true }), request());
    expect(failure).toMatchObject({ kind: 'invalid_response', detail: expect.stringContaining('1 MiB') });
  });
});

describe('an answer of the token endpoint', () => {
  it.each([
    [400, { error: 'invalid_grant', error_description: 'unknown, invalid, or expired refresh token' }, 'invalid_grant'],
    [401, { error: 'invalid_grant' }, 'invalid_grant'],
    [401, { error: 'invalid_client' }, 'invalid_client'],
    [400, { error: 'invalid_client' }, 'invalid_client'],
    [401, OKTA_CLIENT, 'invalid_client'],
    [400, OKTA_CLIENT, 'invalid_client'],
    [400, { error_description: 'invalid_grant' }, 'client'],
    [400, { error: 'invalid_request' }, 'client'],
    [401, '<html>', 'invalid_response'],
    [401, '', 'invalid_response'],
    [401, [{ error: 'invalid_grant' }], 'invalid_response'],
    [400, [{ error: 'invalid_grant' }], 'client'],
    [400, '{"error":"invalid_grant"', 'client'],
    [400, { error: { code: 'invalid_grant' } }, 'client'],
    [401, { message: 'invalid_client' }, 'invalid_response'],
    [403, { error: 'invalid_grant' }, 'client'],
    [403, '<html>', 'invalid_response'],
    [429, '', 'throttled'],
    [500, { error: 'invalid_grant' }, 'server'],
  ])('%i %j is %s', (status, body, kind) => {
    expect(failureOfAnswer(answer(status, body), request({ endpoint: 'token' })).kind).toBe(kind);
  });
});

describe('an error before an answer', () => {
  it.each([
    ['ETIMEDOUT', 'timeout'],
    ['ESOCKETTIMEDOUT', 'timeout'],
    ['ETIMEOUT', 'timeout'],
    ['ERR_TLS_HANDSHAKE_TIMEOUT', 'timeout'],
    ['ENOTFOUND', 'dns'],
    ['EAI_AGAIN', 'dns'],
    ['EAI_FAIL', 'dns'],
    ['ECONNREFUSED', 'connection'],
    ['ECONNRESET', 'connection'],
    ['EPIPE', 'connection'],
    ['EHOSTUNREACH', 'connection'],
    ['ERR_HTTP_CONTENT_LENGTH_MISMATCH', 'connection'],
    ['CERT_HAS_EXPIRED', 'tls'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
    ['EPROTO', 'tls'],
    ['HPE_INVALID_CONSTANT', 'invalid_response'],
    ['Z_DATA_ERROR', 'invalid_response'],
    ['ERR_TOO_MANY_REDIRECTS', 'invalid_response'],
    ['ERR_INVALID_CHAR', 'unauthorized'],
    ['E_NOBODY_KNOWS', 'connection'],
  ])('%s is %s', (code, kind) => {
    const error = Object.assign(new Error('it broke'), { code });
    expect(failureOfError(error, request())).toEqual({
      kind,
      detail: `GET /social/connections failed: it broke (${code})`,
      requestId: null,
      retryAfterMs: null,
    });
  });

  it.each([[new Error('')], ['a text'], [undefined], [new AggregateError([])]])(
    '%p is a broken connection',
    (error) => {
      expect(failureOfError(error, request()).kind).toBe('connection');
    },
  );
});

describe('what a failure tells', () => {
  it('the request, the status and the body', () => {
    const { detail } = failureOfAnswer(answer(403, '{"error_key":"access_denied"}'), request());
    expect(detail).toBe('GET /social/connections answered 403: {"error_key":"access_denied"}');
  });

  it('where a refused redirect led', () => {
    const redirect = answer(302, '', { headers: { location: 'https://elsewhere.example/login' } });
    expect(failureOfAnswer(redirect, request()).detail).toContain('https://elsewhere.example/login');
  });

  it('the first 2 KB of a body of another shape', () => {
    const { detail } = failureOfShape(answer(200, 'x '.repeat(5000)), 'something that is not JSON', request());
    expect(detail).toContain('something that is not JSON: x x');
    expect(detail.length).toBeGreaterThan(2048);
    expect(detail.length).toBeLessThan(2200);
  });

  it.each([
    [{ 'x-amzn-requestid': 'amzn-1', 'x-request-id': 'other' }, 'amzn-1'],
    [{ 'x-request-id': 'okta-1' }, 'okta-1'],
    [{ 'x-request-id': ['first', 'second'] }, 'first'],
    [{}, null],
  ])('the id of the request in %j', (headers, expected) => {
    expect(failureOfAnswer(answer(500, '', { headers }), request()).requestId).toBe(expected);
  });

  it('the id even when the body was cut off', () => {
    const error = Object.assign(new Error('reset'), { response: { headers: { 'x-amzn-requestid': 'amzn-2' } } });
    expect(failureOfError(error, request()).requestId).toBe('amzn-2');
  });

  it('how long to wait, when upstream said so', () => {
    const busy = answer(503, '', { headers: { 'retry-after': '30' } });
    expect(failureOfAnswer(busy, request()).retryAfterMs).toBe(30_000);
  });

  it('no secret, wherever upstream put it', () => {
    const secret = 'a-secret-of-ours';
    const leaky = answer(302, `body ${secret}`, {
      headers: { location: `https://x.example/?t=${secret}`, 'x-request-id': secret, 'retry-after': secret },
    });
    expect(JSON.stringify(failureOfAnswer(leaky, request({ secrets: [secret] })))).not.toContain(secret);
  });
});
