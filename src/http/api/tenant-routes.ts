import { z } from 'zod';
import type { TenantAction } from '../../monitoring/application.ts';
import type { PageRequest } from '../../monitoring/ports.ts';
import { readNewTenant, readTenantPatch } from '../../monitoring/tenants/tenant-input.ts';
import { assertMayChange } from '../../monitoring/viewer.ts';
import { badFields, found, notFound } from './api-problem.ts';
import { type ApiPorts, type ApiScope, viewerOf } from './api-scope.ts';
import { actedTenants, round, tenant, tenantWithSettings } from './documents.ts';
import { snoozeLength } from './incident-routes.ts';
import { answerList, listOfEither } from './lists.ts';
import { tenantAt } from './past-documents.ts';
import { at, idParams, pageQuery } from './schemas.ts';
import {
  actionsBody,
  fieldsOf,
  filterFields,
  filterOf,
  newTenantBody,
  order,
  pastFilterOf,
  patchBody,
  refused,
} from './tenant-bodies.ts';

const tags = ['Tenants'];

export function addTenantRoutes(api: ApiScope, ports: ApiPorts): void {
  addFleetRoutes(api, ports);
  addOneTenantRoutes(api, ports);
  addActionRoutes(api, ports);
}

/** The tenants as a whole: the list, and a new one. */
function addFleetRoutes(api: ApiScope, { application: { tenants, past }, rules }: ApiPorts): void {
  api.get(
    '/tenants',
    {
      schema: {
        tags,
        operationId: 'listTenants',
        summary: 'List tenants',
        description:
          'By id, unless another order is asked for. With `Accept: text/csv`, all of them as a table. With `at`, those that were there at that moment, as `TenantAt`; filters are then about that moment, but name and external id are those of today.',
        querystring: z.strictObject({ ...filterFields, order, at, ...pageQuery }),
        response: listOfEither(tenant, tenantAt),
      },
    },
    async (request, reply) => {
      const { order: wanted, at: moment, limit: _, cursor: __, ...query } = request.query;
      const viewer = viewerOf(request);
      if (moment !== undefined) {
        const asked = { ...pastFilterOf({ ...query, order: wanted }), at: moment };
        const readThen = (page: PageRequest) => past.tenants(viewer, { ...asked, ...page });
        return await answerList(request, reply, tenantAt, readThen);
      }
      const filter = { ...filterOf(query), order: wanted };
      const read = (page: PageRequest) => tenants.list(viewer, { ...filter, ...page });
      return await answerList(request, reply, tenant, read);
    },
  );

  api.post(
    '/tenants',
    {
      schema: {
        tags,
        operationId: 'addTenant',
        summary: 'Add a tenant',
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
}

function addOneTenantRoutes(api: ApiScope, { application: { tenants }, rules }: ApiPorts): void {
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
        tags,
        operationId: 'changeTenant',
        summary: 'Change a tenant',
        description: 'A field that is left out stays; null takes it away. A new refresh token is tried first.',
        params: idParams,
        body: patchBody,
        response: { 200: tenantWithSettings },
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
        tags,
        operationId: 'removeTenant',
        summary: 'Remove a tenant',
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
}

function addActionRoutes(api: ApiScope, { application: { tenants, rounds }, rules, signal }: ApiPorts): void {
  api.post(
    '/tenants/actions',
    {
      schema: {
        tags,
        operationId: 'actOnTenants',
        summary: 'Pause, resume, poll or snooze many tenants, or release their mail',
        body: actionsBody,
        response: { 200: actedTenants },
      },
    },
    async (request) => {
      const { action, ids, filter, for: length = '' } = request.body;
      const selection =
        ids === undefined
          ? ({ kind: 'filter', filter: filterOf(filter ?? {}) } as const)
          : ({ kind: 'ids', ids } as const);
      const meant: TenantAction =
        action === 'snooze' ? { kind: action, until: rules().now + snoozeLength(length) } : { kind: action };
      return { items: await tenants.act(viewerOf(request), meant, selection) };
    },
  );

  api.post(
    '/tenants/:id/poll',
    {
      config: { waits: true },
      schema: {
        tags,
        operationId: 'pollTenant',
        summary: 'Poll a tenant now',
        description: 'One round for this tenant alone, and its summary.',
        params: idParams,
        response: { 200: round },
      },
    },
    async (request) => {
      const { id } = request.params;
      const viewer = viewerOf(request);
      assertMayChange(viewer);
      found(await tenants.find(viewer, id), 'tenant');
      return await rounds.run(viewer, { tenants: [id], signal });
    },
  );
}
