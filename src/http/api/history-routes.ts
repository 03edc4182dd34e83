import { z } from 'zod';
import { DAY_MS, type Instant } from '../../domain/model/time.ts';
import type { HistoryRequest } from '../../monitoring/application.ts';
import type { KeyViewer } from '../../monitoring/keys/check-key.ts';
import { LARGEST_PAGE, pagesFrom } from '../../monitoring/pages.ts';
import type { Page, PageRequest } from '../../monitoring/ports.ts';
import type { TenantHistory, TenantSummary } from '../../monitoring/views.ts';
import { type CsvValue, csvLines } from '../../words/csv.ts';
import { historyColumns, historyRows } from '../../words/history-csv.ts';
import { sendCsvRows, wantsCsv } from '../csv-answer.ts';
import { badField, found } from './api-problem.ts';
import { type ApiPorts, type ApiScope, viewerOf } from './api-scope.ts';
import { history } from './documents.ts';
import { idParams, moment, pageOf, pageQuery } from './schemas.ts';

const DEFAULT_SPAN_MS = 30 * DAY_MS;
/** More than is ever kept. */
const MOST_DAYS = 4000;

const rangeQuery = z.strictObject({
  from: moment.optional().meta({ description: '30 days before `to` unless given.' }),
  to: moment.optional().meta({ description: 'Now unless given.' }),
});

const schema = {
  tags: ['History'],
  params: idParams,
  querystring: rangeQuery,
  response: {
    200: {
      description: 'Periods, uptime and coverage',
      content: {
        'application/json': { schema: history },
        'text/csv; charset=utf-8': { schema: z.string().meta({ examples: [csvExample()] }) },
      },
    },
  },
};

export function addHistoryRoutes(api: ApiScope, ports: ApiPorts): void {
  addOwnHistoryRoutes(api, ports);
  addFleetHistoryRoute(api, ports);
}

function addOwnHistoryRoutes(api: ApiScope, { application: { health }, rules }: ApiPorts): void {
  const read = async (viewer: KeyViewer, request: HistoryRequest) =>
    found(await health.history(viewer, request), 'tenant');

  api.get(
    '/tenants/:id/history',
    { schema: { ...schema, operationId: 'showTenantHistory', summary: "A tenant's past" } },
    async (request, reply) => {
      const range = rangeOf(request.query, rules().now);
      const view = await read(viewerOf(request), { tenantId: request.params.id, connection: null, ...range });
      return wantsCsv(request) ? sendCsvRows(reply, csvOf(view)) : view;
    },
  );

  api.get(
    '/connections/:id/history',
    { schema: { ...schema, operationId: 'showConnectionHistory', summary: "A connection's past" } },
    async (request, reply) => {
      const { id } = request.params;
      const range = rangeOf(request.query, rules().now);
      const tenantId = found(await health.tenantOf(viewerOf(request), id), 'connection');
      const view = await read(viewerOf(request), { tenantId, connection: { id }, ...range });
      return wantsCsv(request) ? sendCsvRows(reply, csvOf(view)) : view;
    },
  );
}

/** A history may have thousands of periods. */
const MOST_HISTORIES = 50;

/** Answers with the past of one tenant after the other, so that a fleet's past need not fit into memory. */
function addFleetHistoryRoute(api: ApiScope, { application: { tenants, health }, rules }: ApiPorts): void {
  api.get(
    '/history',
    {
      schema: {
        tags: ['History'],
        operationId: 'listHistory',
        summary: 'The past of all tenants',
        description: 'By the id of the tenant. With `Accept: text/csv`, all of it as one table.',
        querystring: z.strictObject({
          ...rangeQuery.shape,
          ...pageQuery,
          limit: z.coerce
            .number()
            .int()
            .min(1)
            .max(MOST_HISTORIES)
            .default(10)
            .meta({ description: 'Tenants on the page.' }),
        }),
        response: {
          200: {
            description: 'Periods, uptime and coverage of each',
            content: {
              'application/json': { schema: pageOf(history) },
              'text/csv; charset=utf-8': { schema: z.string().meta({ examples: [csvExample()] }) },
            },
          },
        },
      },
    },
    async (request, reply) => {
      const { limit, cursor = null } = request.query;
      const viewer = viewerOf(request);
      const range = rangeOf(request.query, rules().now);
      const readPage = (page: PageRequest) => tenants.list(viewer, page);
      const pastOf = ({ id: tenantId }: TenantSummary) =>
        health.history(viewer, { tenantId, connection: null, ...range });
      if (!wantsCsv(request)) return await pageWith(await readPage({ limit, cursor }), pastOf);
      const first = await readPage({ cursor: null, limit: LARGEST_PAGE });
      const { inTurn } = request.server;
      async function* rows() {
        yield [historyColumns];
        for await (const page of pagesFrom(first, (next) => inTurn(() => readPage(next)))) {
          for (const tenant of page) yield rowsOf(await inTurn(() => pastOf(tenant)));
        }
      }
      return sendCsvRows(reply, rows());
    },
  );
}

/** Without those that were removed meanwhile. */
async function pageWith(
  { items, nextCursor }: Page<TenantSummary>,
  pastOf: (tenant: TenantSummary) => Promise<TenantHistory | null>,
): Promise<Page<TenantHistory>> {
  const pasts: TenantHistory[] = [];
  for (const tenant of items) {
    const past = await pastOf(tenant);
    if (past !== null) pasts.push(past);
  }
  return { items: pasts, nextCursor };
}

function rowsOf(past: TenantHistory | null): readonly (readonly CsvValue[])[] {
  return past === null ? [] : historyRows(past);
}

function csvExample(): string {
  const { examples } = z.globalRegistry.get(history) ?? {};
  const rows = [examples]
    .flat()
    .flatMap((example) => historyRows(z.decode(history, example as z.input<typeof history>)));
  return `${csvLines([historyColumns, ...rows])}\n`;
}

async function* csvOf(view: TenantHistory) {
  yield [historyColumns];
  yield historyRows(view);
}

function rangeOf(query: z.output<typeof rangeQuery>, now: Instant): Readonly<{ from: Instant; to: Instant }> {
  const { to = now } = query;
  const { from = to - DEFAULT_SPAN_MS } = query;
  if (from >= to) throw badField('from', 'it is not before `to`');
  if (to - from > MOST_DAYS * DAY_MS) throw badField('from', `it lies more than ${MOST_DAYS} days before \`to\``);
  return { from, to };
}
