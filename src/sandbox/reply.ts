import { randomUUID } from 'node:crypto';
import type { ScriptedAnswer } from './script.ts';
import { documentedBody, QUOTA_BODY, THROTTLED_BODY, UNAUTHORIZED_BODY } from './wire-format.ts';

/** A reply of the stand-in, as a value. */
export type Reply = Readonly<{ delayMs?: number }> &
  (
    | Readonly<{ kind: 'send'; status: number; body: string; headers: Readonly<Record<string, string>> }>
    | Readonly<{ kind: 'hang' }>
    /** `sendFirst` null: not even the headers; otherwise a body of which only this part arrives. */
    | Readonly<{ kind: 'reset'; sendFirst: string | null }>
  );

const TWO_MIB = 2 * 1024 * 1024;

/** A body with wrong types for every route. */
const WRONG_TYPES = {
  connections: [
    {
      account_info: { network: 'facebook', network_account_id: '17841400000000001' },
      connection_status: { has_token: true, token_is_valid: 'true' },
    },
  ],
  access_token: 12345,
  expires_in: 'soon',
};

/** The headers of the API gateway in front of the real API, as seen live on a 401. */
export function apiReply(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return {
    kind: 'send',
    status,
    body,
    headers: { 'content-type': 'application/json', 'x-amzn-requestid': randomUUID(), ...headers },
  };
}

export function tokenReply(status: number, body: unknown): Reply {
  return {
    kind: 'send',
    status,
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', 'x-request-id': randomUUID() },
  };
}

export function unauthorizedReply(): Reply {
  return apiReply(401, JSON.stringify(UNAUTHORIZED_BODY), {
    'x-amzn-errortype': 'UnauthorizedException',
    'www-authenticate': 'Bearer realm=api.cc.email',
  });
}

/**
 * A 403 for want of a scope, or for a deactivated application. The body is not documented; the words are those of the
 * one message that the guides give for every 403.
 */
export function unexplainedReply(): Reply {
  const message =
    'Forbidden request. You lack the necessary scopes, you lack the necessary user privileges, or the application is deactivated.';
  return apiReply(403, JSON.stringify({ error_key: 'forbidden', error_message: message }));
}

export function limitReply(limit: 'throttled' | 'quota_exceeded'): Reply {
  return apiReply(429, JSON.stringify(limit === 'throttled' ? THROTTLED_BODY : QUOTA_BODY));
}

/** Answers for requests with a valid token; other requests get a 401 instead. */
export function needsGoodToken({ kind }: ScriptedAnswer): boolean {
  return kind === 'connections' || kind === 'malformed' || kind === 'wrong_types' || kind === 'oversized';
}

export function scriptedReply(answer: ScriptedAnswer, usual: () => Reply): Reply {
  const reply = replyOf(answer, usual);
  return answer.delayMs === undefined ? reply : { ...reply, delayMs: answer.delayMs };
}

function replyOf(answer: ScriptedAnswer, usual: () => Reply): Reply {
  switch (answer.kind) {
    case 'usual':
      return usual();
    case 'connections':
      return apiReply(200, JSON.stringify({ connections: answer.connections }));
    case 'status':
      return apiReply(answer.status, JSON.stringify(answer.body ?? documentedBody(answer.status)), answer.headers);
    case 'raw':
      return apiReply(answer.status ?? 200, answer.body, answer.headers);
    case 'throttled':
    case 'quota_exceeded':
      return limitReply(answer.kind);
    case 'hang':
      return { kind: 'hang' };
    case 'reset':
      return { kind: 'reset', sendFirst: answer.midBody === true ? '{"connections":[{"account_info":{"netw' : null };
    case 'malformed':
      return halved(usual());
    case 'html':
      return apiReply(200, '<!doctype html><title>Be right back</title>', { 'content-type': 'text/html' });
    case 'wrong_types':
      return apiReply(200, JSON.stringify(WRONG_TYPES));
    case 'oversized':
      return apiReply(200, JSON.stringify({ connections: [], padding: 'x'.repeat(answer.bytes ?? TWO_MIB) }));
  }
}

function halved(reply: Reply): Reply {
  return reply.kind === 'send' ? { ...reply, body: reply.body.slice(0, Math.floor(reply.body.length / 2)) } : reply;
}
