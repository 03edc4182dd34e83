import { z } from 'zod';
import type { Control } from './control.ts';
import {
  authorisationSchema,
  bulkPatchSchema,
  connectionSchema,
  pagesSchema,
  patchSchema,
  settingsSchema,
  stepSchema,
} from './control-schemas.ts';

/**
 * The stand-in's strings over HTTP, for other processes. JSON in, JSON out; 400 and 404 carry `{ error }`.
 *
 *     GET    /control/tenants?offset=0&limit=100                       { tenants: [...], total }
 *     GET    /control/tenants/:id
 *     PUT    /control/tenants/:id/connections                          [connection, ...]   replace them all
 *     POST   /control/tenants/:id/connections                          connection          add one
 *     PATCH  /control/tenants/:id/connections/:network/:accountId      { token_is_valid: false, ... }
 *     DELETE /control/tenants/:id/connections/:network/:accountId
 *     PUT    /control/tenants/:id/connections/:network/:accountId/pages   [{ name, accessible, connected? }, ...]
 *     PATCH  /control/connections          { network?, tenantIds?, status: {...} }   many at once -> { changed }
 *     POST   /control/script               { tenantId?, route?, times?, answer: { kind, delayMs?, ... } }, or a list
 *     DELETE /control/script?tenantId=
 *     POST   /control/tenants/:id/revoke                               the person withdraws the permission
 *     POST   /control/tenants/:id/authorise     { scopes? }            a new grant -> its tokens
 *     PUT    /control/tenants/:id/privileges    ['campaign:read', ...] what the user who authorised may do
 *     POST   /control/tenants/:id/expire   |   /control/expire         access tokens answer 401 from now on
 * GET /control/settings PATCH /control/settings limits, lifetimes, scopes, redirect URIs, application GET
 * /control/counters DELETE /control/counters
 *
 * `connection` is an entry of `GET /social/connections`. `answer.kind` is one of those in script.ts:
 * with `times` it is a queue that is played in order; without, it lasts until it is cleared.
 */
export type ControlRequest = Readonly<{ method: string; path: string; query: URLSearchParams; body: unknown }>;
export type ControlReply = Readonly<{ status: number; body: unknown }>;

type Call = Readonly<{ control: Control; parameter(name: string): string; query: URLSearchParams; body: unknown }>;
type ControlRoute = Readonly<{ method: string; path: readonly string[]; run(call: Call): unknown }>;

const MAX_PAGE = 1000;

const controlRoutes: readonly ControlRoute[] = [
  route('GET', 'tenants', ({ control, query }) => {
    const offset = Number(query.get('offset') ?? 0);
    const limit = Math.min(Number(query.get('limit') ?? 100), MAX_PAGE);
    const tenants = control.tenants();
    return { tenants: tenants.slice(offset, offset + limit), total: tenants.length };
  }),
  route('GET', 'tenants/:id', ({ control, parameter }) => control.tenant(parameter('id'))),
  route('PUT', 'tenants/:id/connections', ({ control, parameter, body }) =>
    control.setConnections(parameter('id'), z.array(connectionSchema).parse(body)),
  ),
  route('POST', 'tenants/:id/connections', ({ control, parameter, body }) =>
    control.addConnection(parameter('id'), connectionSchema.parse(body)),
  ),
  route('PATCH', 'tenants/:id/connections/:network/:accountId', (call) =>
    call.control.patchStatus(call.parameter('id'), connectionNamed(call), patchSchema.parse(call.body)),
  ),
  route('DELETE', 'tenants/:id/connections/:network/:accountId', (call) =>
    call.control.removeConnection(call.parameter('id'), connectionNamed(call)),
  ),
  route('PUT', 'tenants/:id/connections/:network/:accountId/pages', (call) =>
    call.control.setPages(call.parameter('id'), connectionNamed(call), pagesSchema.parse(call.body)),
  ),
  route('PATCH', 'connections', ({ control, body }) => {
    const { status, ...selection } = bulkPatchSchema.parse(body);
    return { changed: control.patchStatuses(selection, status) };
  }),
  route('POST', 'script', ({ control, body }) => {
    const steps = z.array(stepSchema).parse(Array.isArray(body) ? body : [body]);
    for (const step of steps) control.script(step);
  }),
  route('DELETE', 'script', ({ control, query }) => control.clearScript(query.get('tenantId') ?? undefined)),
  route('POST', 'tenants/:id/revoke', ({ control, parameter }) => control.revoke(parameter('id'))),
  route('POST', 'tenants/:id/authorise', ({ control, parameter, body }) =>
    control.authorise(parameter('id'), authorisationSchema.parse(body ?? {}).scopes),
  ),
  route('PUT', 'tenants/:id/privileges', ({ control, parameter, body }) =>
    control.setPrivileges(parameter('id'), z.array(z.string()).parse(body)),
  ),
  route('POST', 'tenants/:id/expire', ({ control, parameter }) => control.expireAccessTokens(parameter('id'))),
  route('POST', 'expire', ({ control }) => control.expireAccessTokens()),
  route('GET', 'settings', ({ control }) => control.settings()),
  route('PATCH', 'settings', ({ control, body }) => control.configure(settingsSchema.parse(body))),
  route('GET', 'counters', ({ control }) => control.counters()),
  route('DELETE', 'counters', ({ control }) => control.resetCounters()),
];

export function answerControlRequest(control: Control, { method, path, query, body }: ControlRequest): ControlReply {
  const segments = path.split('/').slice(2);
  const found = controlRoutes.find((each) => each.method === method && fits(each.path, segments));
  if (found === undefined) return { status: 404, body: { error: `There is no ${method} ${path}.` } };
  const parameter = (name: string) => decodeURIComponent(segments[found.path.indexOf(`:${name}`)] ?? '');
  try {
    return { status: 200, body: found.run({ control, parameter, query, body }) ?? { ok: true } };
  } catch (error) {
    if (error instanceof z.ZodError) return { status: 400, body: { error: z.prettifyError(error) } };
    if (error instanceof URIError) return { status: 400, body: { error: `${path} is not a path.` } };
    if (error instanceof RangeError) return { status: 404, body: { error: error.message } };
    throw error;
  }
}

function route(method: string, path: string, run: ControlRoute['run']): ControlRoute {
  return { method, path: path.split('/'), run };
}

function fits(path: readonly string[], segments: readonly string[]): boolean {
  return path.length === segments.length && path.every((part, at) => part.startsWith(':') || part === segments[at]);
}

function connectionNamed({ parameter }: Call): { network: string; accountId: string } {
  return { network: parameter('network'), accountId: parameter('accountId') };
}
