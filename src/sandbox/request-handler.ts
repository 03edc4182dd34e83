import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerActivate, answerAuthorize, type PageParts } from './authorize-pages.ts';
import type { Control } from './control.ts';
import { answerControlRequest } from './control-routes.ts';
import type { Grants } from './grants.ts';
import {
  apiReply,
  limitReply,
  needsGoodToken,
  type Reply,
  scriptedReply,
  unauthorizedReply,
  unexplainedReply,
} from './reply.ts';
import type { Route, Script } from './script.ts';
import { sendReply } from './send-reply.ts';
import { answerDeviceRequest, answerTokenRequest, type TokenRequest } from './token-endpoint.ts';
import type { Traffic } from './traffic.ts';
import { addressesOf, documentedBody, privilegesBody } from './wire-format.ts';

type Parts = PageParts & Readonly<{ control: Control; grants: Grants; script: Script; traffic: Traffic }>;

const MAX_BODY_BYTES = 16 * 1024 * 1024;
const AUTHORIZATION = '/oauth2/default/v1';
const TOKEN = `${AUTHORIZATION}/token`;
const DEVICE = `${AUTHORIZATION}/device/authorize`;
const ACTIVATE = '/activate';

const pages: Readonly<Record<string, typeof answerAuthorize>> = {
  [`${AUTHORIZATION}/authorize`]: answerAuthorize,
  [ACTIVATE]: answerActivate,
};

/** One request for one of the routes that can be scripted, before its answer is chosen. */
type Asked = Readonly<{ route: Route; tenantId: string | null; hasGoodToken: boolean; usual: () => Reply }>;

export function createRequestHandler(parts: Parts): (request: IncomingMessage, response: ServerResponse) => void {
  const { script, traffic } = parts;

  function replyTo({ route, tenantId, hasGoodToken, usual }: Asked): Reply {
    const broken = traffic.arrive(route, tenantId);
    if (broken !== null) return limitReply(broken);
    const step = script.play({ route, tenantId }, ({ answer }) => hasGoodToken || !needsGoodToken(answer));
    return step === null ? usual() : scriptedReply(step.answer, usual);
  }

  function send(response: ServerResponse, reply: Reply): void {
    if (reply.kind === 'send') traffic.answered(reply.status);
    sendReply(response, reply);
  }

  return (request, response) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const asked = askedOfApi(request, path, parts);
    if (asked !== null) {
      send(response, replyTo(asked));
    } else if (request.method === 'POST' && (path === TOKEN || path === DEVICE)) {
      readBody(request, (body) => send(response, replyTo(askedForToken(request, { path, body }, parts))));
    } else if (pages[path] !== undefined) {
      const answer = pages[path];
      readBody(request, (body) => sendReply(response, answer(pageRequest(request, body), parts)));
    } else if (path.startsWith('/control/')) {
      readBody(request, (body) => sendReply(response, controlReply(request, path, body, parts.control)));
    } else {
      send(response, apiReply(404, JSON.stringify(documentedBody(404))));
    }
  };
}

const EMAILS = '/v3/account/emails';

type ApiRoute = Exclude<Route, 'token'>;

const apiRoutes: Readonly<Record<string, ApiRoute>> = {
  '/v3/social/connections': 'connections',
  '/v3/social/profiles': 'profiles',
  '/v3/account/summary': 'account',
  [EMAILS]: 'account',
  '/v3/account/user/privileges': 'privileges',
};

/** The privileges themselves take neither (published contract). */
const needs: Readonly<Record<ApiRoute, Readonly<{ scope: string; privilege: string }> | null>> = {
  connections: { scope: 'campaign_data', privilege: 'campaign:read' },
  profiles: { scope: 'campaign_data', privilege: 'campaign:read' },
  account: { scope: 'account_read', privilege: 'account:read' },
  privileges: null,
};

function askedOfApi(request: IncomingMessage, path: string, parts: Parts): Asked | null {
  const { fleet, grants } = parts;
  if (request.method !== 'GET') return null;
  const route = apiRoutes[path];
  if (route === undefined) return null;
  const token = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
  const allowed = grants.tenantOf(token);
  const usual = () => {
    if (allowed === null) return unauthorizedReply();
    return (
      refusalOf({ route, tenantId: allowed }, parts) ?? apiReply(200, bodyOf({ request, path, route, allowed }, fleet))
    );
  };
  return { route, tenantId: allowed ?? grants.ownerOf(token), hasGoodToken: allowed !== null, usual };
}

/** Null: the tenant's user, the permission and the application may all ask for this. */
function refusalOf(
  { route, tenantId }: Readonly<{ route: ApiRoute; tenantId: string }>,
  { fleet, grants, settings }: Parts,
): Reply | null {
  const needed = needs[route];
  if (needed === null) return null;
  const isOutOfScope = !grants.scopesOf(tenantId).includes(needed.scope);
  if (settings.current.isApplicationDeactivated || isOutOfScope) return unexplainedReply();
  return fleet.privileges(tenantId).includes(needed.privilege)
    ? null
    : apiReply(403, JSON.stringify(documentedBody(403)));
}

type Answered = Readonly<{ request: IncomingMessage; path: string; route: ApiRoute; allowed: string }>;

function bodyOf({ request, path, route, allowed }: Answered, fleet: Parts['fleet']): string {
  switch (route) {
    case 'connections':
      return fleet.connectionsBody(allowed);
    case 'profiles':
      return fleet.profilesBody(allowed, asksForAccessible(request));
    case 'privileges':
      return privilegesBody(fleet.privileges(allowed));
    case 'account':
      return JSON.stringify(path === EMAILS ? addressesOf(fleet.account(allowed)) : fleet.account(allowed));
  }
}

function askedForToken(
  request: IncomingMessage,
  { path, body }: Readonly<{ path: string; body: string }>,
  parts: Parts,
): Asked {
  const parameters = new URLSearchParams([...queryOf(request), ...new URLSearchParams(body)]);
  const asked: TokenRequest = { authorization: request.headers.authorization, parameters };
  const verificationUri = `http://${request.headers.host ?? 'localhost'}${ACTIVATE}`;
  return {
    route: 'token',
    tenantId: parts.grants.ownerOf(parameters.get('refresh_token') ?? ''),
    hasGoodToken: true,
    usual: () =>
      path === TOKEN ? answerTokenRequest(asked, parts) : answerDeviceRequest(asked, { ...parts, verificationUri }),
  };
}

function pageRequest(request: IncomingMessage, body: string) {
  return { query: queryOf(request), form: request.method === 'POST' ? new URLSearchParams(body) : null };
}

function asksForAccessible(request: IncomingMessage): boolean {
  return queryOf(request).getAll('include').includes('accessible');
}

function queryOf(request: IncomingMessage): URLSearchParams {
  return new URLSearchParams((request.url ?? '').split('?', 2)[1] ?? '');
}

function controlReply(request: IncomingMessage, path: string, text: string, control: Control): Reply {
  const body = parseJson(text);
  const { status, body: answer } =
    body === undefined
      ? { status: 400, body: { error: 'The body is not JSON.' } }
      : answerControlRequest(control, { method: request.method ?? 'GET', path, query: queryOf(request), body });
  return apiReply(status, JSON.stringify(answer));
}

function parseJson(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readBody(request: IncomingMessage, then: (body: string) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) request.destroy();
    else chunks.push(chunk);
  });
  request.on('end', () => then(Buffer.concat(chunks).toString()));
}
