import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Control } from './control.ts';
import { answerControlRequest } from './control-routes.ts';
import type { Fleet } from './fleet.ts';
import type { Grants } from './grants.ts';
import { apiReply, limitReply, needsGoodToken, type Reply, scriptedReply, unauthorizedReply } from './reply.ts';
import type { Route, Script } from './script.ts';
import { sendReply } from './send-reply.ts';
import { answerTokenRequest, type Client } from './token-endpoint.ts';
import type { Traffic } from './traffic.ts';
import { documentedBody } from './wire-format.ts';

type Adapters = Readonly<{
  client: Client;
  control: Control;
  fleet: Fleet;
  grants: Grants;
  script: Script;
  traffic: Traffic;
}>;

const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** One request for one of the three routes, before its answer is chosen. */
type Asked = Readonly<{ route: Route; tenantId: string | null; hasGoodToken: boolean; usual: () => Reply }>;

export function createRequestHandler(adapters: Adapters): (request: IncomingMessage, response: ServerResponse) => void {
  const { script, traffic } = adapters;

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
    const asked = askedOfApi(request, path, adapters);
    if (asked !== null) {
      send(response, replyTo(asked));
    } else if (request.method === 'POST' && path === '/oauth2/default/v1/token') {
      readBody(request, (body) => send(response, replyTo(askedForToken(request, body, adapters))));
    } else if (path.startsWith('/control/')) {
      readBody(request, (body) => sendReply(response, controlReply(request, path, body, adapters.control)));
    } else {
      send(response, apiReply(404, JSON.stringify(documentedBody(404))));
    }
  };
}

function askedOfApi(request: IncomingMessage, path: string, { fleet, grants }: Adapters): Asked | null {
  if (request.method !== 'GET') return null;
  const route = path === '/v3/social/connections' ? 'connections' : path === '/v3/account/summary' ? 'account' : null;
  if (route === null) return null;
  const token = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
  const allowed = grants.tenantOf(token);
  const usual = () => {
    if (allowed === null) return unauthorizedReply();
    if (route === 'connections') return apiReply(200, fleet.connectionsBody(allowed));
    return apiReply(200, JSON.stringify(fleet.account(allowed)));
  };
  return { route, tenantId: allowed ?? grants.ownerOf(token), hasGoodToken: allowed !== null, usual };
}

function askedForToken(request: IncomingMessage, body: string, adapters: Adapters): Asked {
  const parameters = new URLSearchParams([...queryOf(request), ...new URLSearchParams(body)]);
  return {
    route: 'token',
    tenantId: adapters.grants.ownerOf(parameters.get('refresh_token') ?? ''),
    hasGoodToken: true,
    usual: () => answerTokenRequest({ authorization: request.headers.authorization, parameters }, adapters),
  };
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
