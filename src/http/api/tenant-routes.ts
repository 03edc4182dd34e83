import { z } from 'zod';
import { conditions, tenantHealths } from '../../domain/model/condition.ts';
import { tenantStates } from '../../domain/model/tenant.ts';
import type { ExternalIdProblem, TokenProblem } from '../../monitoring/application.ts';
import { pageById } from '../../monitoring/pages.ts';
import type { PageRequest } from '../../monitoring/ports.ts';
import { DEFAULT_SCHEDULE } from '../../monitoring/tenants/tenant-field-rules.ts';
import { readNewTenant, readTenantPatch, type TenantFields } from '../../monitoring/tenants/tenant-input.ts';
import { assertMayChange } from '../../monitoring/viewer.ts';
import { ApiProblem, badFields, found, notFound } from './api-problem.ts';
import { type ApiPorts, type ApiScope, viewerOf } from './api-scope.ts';
import { sendCsv, wantsCsv } from './csv-answer.ts';
import { actedTenants, connection, round, tenant, tenantWithSettings } from './documents.ts';
import { listOf } from './lists.ts';
import { idParams, pageQuery } from './schemas.ts';

const tags = ['Tenants'];

const filterFields = {
  health: z
    .union([z.enum(tenantHealths), z.array(z.enum(tenantHealths))])
    .optional()
    .meta({ description: "A tenant's worst connection; may be given several times." }),
  network: z
    .string()
    .max(100)
    .optional()
    .meta({ description: 'Of one connection that is there.', examples: ['facebook'] }),
  condition: z.enum(conditions).optional(),
  state: z.enum(tenantStates).optional(),
  externalId: z.string().max(200).optional(),
  q: z.string().max(200).optional().meta({ description: 'Part of the name.' }),
};

type FilterQuery = z.output<z.ZodObject<typeof filterFields>>;

const text = z.string().max(2000);
const tenantFields = {
  name: text,
  owner: text,
  cc: z.array(text).max(100),
  externalId: text.nullable(),
  timezone: text,
  locale: text,
  schedule: text.nullable(),
  senderName: text.nullable(),
  replyTo: text.nullable(),
  reconnectUrl: text.nullable(),
  refreshToken: z.string().max(10_000),
};

const newTenantBody = z.strictObject({ ...z.object(tenantFields).partial().shape, name: text, owner: text }).meta({
  id: 'NewTenantBody',
  examples: [{ name: "Jane's Bakery", owner: 'jane@bakery.example', externalId: 'customer-17', timezone: 'UTC' }],
});
const patchBody = z
  .strictObject(tenantFields)
  .partial()
  .meta({ id: 'TenantPatch', examples: [{ timezone: 'America/New_York', cc: ['office@bakery.example'] }] });

const actionsBody = z
  .strictObject({
    action: z.enum(['pause', 'resume', 'poll']).meta({ description: '`poll`: they are due at once.' }),
    ids: z.array(z.string().max(200)).min(1).max(10_000).optional(),
    filter: z.strictObject(filterFields).optional().meta({ description: 'As in the list; `{}` means all.' }),
  })
  .refine(({ ids, filter }) => (ids === undefined) !== (filter === undefined), 'Give either ids or a filter.')
  .meta({ id: 'TenantActions', examples: [{ action: 'pause', filter: { health: 'unobserved' } }] });

export function addTenantRoutes(api: ApiScope, { application, rules, signal }: ApiPorts): void {
  const { tenants, health, rounds } = application;

  api.get(
    '/tenants',
    {
      schema: {
        ...{
          tags,
          operationId: 'listTenants',
          summary: 'List tenants',
          description: 'By id. With `Accept: text/csv`, all of them as a table.',
        },
        querystring: z.strictObject({ ...filterFields, ...pageQuery }),
        response: listOf(tenant),
      },
    },
    async (request, reply) => {
      const { limit, cursor = null, ...query } = request.query;
      const filter = filterOf(query);
      const read = (page: { cursor: string | null; limit: number }) =>
        tenants.list(viewerOf(request), { ...filter, ...page });
      return wantsCsv(request) ? sendCsv(reply, tenant, read) : await read({ cursor, limit });
    },
  );

  api.post(
    '/tenants',
    {
      schema: {
        ...{ tags, operationId: 'addTenant', summary: 'Add a tenant' },
        description:
          'Its refresh token is tried first, and one that is refused stores nothing. Without one the tenant waits in state `unconnected` until its account is connected.',
        body: newTenantBody,
        response: { 201: tenantWithSettings },
      },
    },
    async (request, reply) => {
      const checked = readNewTenant(fieldsOf(request.body), { ...rules(), needsToken: false });
      if (!checked.ok) throw badFields(checked.problems);
      const added = await tenants.addTried(viewerOf(request), checked.value);
      if (added.outcome !== 'added') throw refused(added);
      return reply.code(201).send(found(await tenants.find(viewerOf(request), added.id), 'tenant'));
    },
  );

  api.get(
    '/tenants/:id',
    {
      schema: {
        tags,
        operationId: 'showTenant',
        summary: 'Show a tenant',
        params: idParams,
        response: { 200: tenantWithSettings },
      },
    },
    async (request) => found(await tenants.find(viewerOf(request), request.params.id), 'tenant'),
  );

  api.patch(
    '/tenants/:id',
    {
      schema: {
        ...{ tags, operationId: 'changeTenant', summary: 'Change a tenant' },
        description: 'A field that is left out stays; null takes it away. A new refresh token is tried first.',
        ...{ params: idParams, body: patchBody, response: { 200: tenantWithSettings } },
      },
    },
    async (request) => {
      const { id } = request.params;
      const checked = readTenantPatch(fieldsOf(request.body), rules());
      if (!checked.ok) throw badFields(checked.problems);
      const updated = await tenants.update(viewerOf(request), id, checked.value);
      if (updated.outcome === 'not_found') throw notFound('tenant');
      if (updated.outcome !== 'updated') throw refused(updated);
      return found(await tenants.find(viewerOf(request), id), 'tenant');
    },
  );

  api.delete(
    '/tenants/:id',
    {
      schema: {
        ...{ tags, operationId: 'removeTenant', summary: 'Remove a tenant' },
        description:
          'It is polled no more and its tokens are erased; its history stays. `purge=true` erases every row of it and needs an `admin` key.',
        params: idParams,
        querystring: z.strictObject({ purge: z.enum(['true', 'false']).default('false') }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const purge = request.query.purge === 'true';
      if (!(await tenants.remove(viewerOf(request), request.params.id, { purge }))) throw notFound('tenant');
      return reply.code(204).send(null);
    },
  );

  api.post(
    '/tenants/actions',
    {
      schema: {
        ...{ tags, operationId: 'actOnTenants', summary: 'Pause, resume or poll many tenants', body: actionsBody },
        response: { 200: actedTenants },
      },
    },
    async (request) => {
      const { action, ids, filter } = request.body;
      const selection =
        ids === undefined
          ? ({ kind: 'filter', filter: filterOf(filter ?? {}) } as const)
          : ({ kind: 'ids', ids } as const);
      return { items: await tenants.act(viewerOf(request), action, selection) };
    },
  );

  api.post(
    '/tenants/:id/poll',
    {
      config: { waits: true },
      schema: {
        ...{
          tags,
          operationId: 'pollTenant',
          summary: 'Poll a tenant now',
          description: 'One round for this tenant alone, and its summary.',
        },
        ...{ params: idParams, response: { 200: round } },
      },
    },
    async (request) => {
      const { id } = request.params;
      const viewer = viewerOf(request);
      assertMayChange(viewer);
      found(await tenants.find(viewer, id), 'tenant');
      return await rounds.run(viewer, { tenants: [id], signal, onProgress: () => undefined });
    },
  );

  api.get(
    '/tenants/:id/connections',
    {
      schema: {
        ...{ tags, operationId: 'listConnections', summary: "List a tenant's connections" },
        description: 'By id. With `Accept: text/csv`, all of them as a table.',
        ...{ params: idParams, querystring: z.strictObject(pageQuery), response: listOf(connection) },
      },
    },
    async (request, reply) => {
      const { limit, cursor = null } = request.query;
      const { connections } = found(await health.status(viewerOf(request), request.params.id), 'tenant');
      const read = async (page: PageRequest) => pageById(connections, page);
      return wantsCsv(request) ? sendCsv(reply, connection, read) : await read({ cursor, limit });
    },
  );
}

function filterOf({ q, health, ...filter }: FilterQuery) {
  return { ...filter, search: q, health: typeof health === 'string' ? [health] : health };
}

type Fields = z.output<z.ZodObject<typeof tenantFields>>;
type Body = Readonly<{ [Name in keyof Fields]?: Fields[Name] | undefined }>;

/** As a file names them; null takes a value away, as an empty text does there. */
function fieldsOf({ cc, ...texts }: Body): TenantFields {
  const given = Object.entries(texts).filter(([, value]) => value !== undefined);
  const entries = given.map(([name, value]) => [
    name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    value ?? (name === 'schedule' ? DEFAULT_SCHEDULE : ''),
  ]);
  return { ...Object.fromEntries(entries), ...(cc !== undefined && { cc }) };
}

function refused(problem: TokenProblem | ExternalIdProblem): ApiProblem {
  switch (problem.outcome) {
    case 'token_taken':
      return conflict('refreshToken', 'it is another tenant’s; every account needs a refresh token of its own');
    case 'token_refused':
      return new ApiProblem(422, `Constant Contact refuses this refresh token: ${problem.detail}`, [
        { field: 'refreshToken', detail: problem.detail },
      ]);
    case 'external_id_taken':
      return conflict('externalId', problem.holder === null ? 'another tenant has it' : `${problem.holder.id} has it`);
  }
}

function conflict(field: string, detail: string): ApiProblem {
  return new ApiProblem(409, `${field}: ${detail}`, [{ field, detail }]);
}
