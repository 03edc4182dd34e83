import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { SECOND_MS } from '../../domain/model/time.ts';
import type { TenantFile } from '../../monitoring/importing/file-entry.ts';
import { ImportStopped, importTenants } from '../../monitoring/importing/import-tenants.ts';
import { LARGEST_PAGE, pagesFrom } from '../../monitoring/pages.ts';
import type { Clock } from '../../monitoring/ports.ts';
import { readTenantFile, tenantsIn } from '../../words/tenant-file/tenant-file.ts';
import { UnreadableFile } from '../../words/tenant-file/unreadable-file.ts';
import { type TenantFileFormat, writeTenantFile } from '../../words/tenant-file/write-tenant-file.ts';
import { addScope } from '../add-scope.ts';
import { wantsCsv } from '../csv-answer.ts';
import { stopIn } from './answer-in.ts';
import { badField } from './api-problem.ts';
import { type ApiPorts, type ApiScope, viewerOf } from './api-scope.ts';
import { acceptText } from './body-kinds.ts';
import {
  exportedTable,
  exportedTenants,
  importReport,
  MOST_ENTRIES,
  tenantListBody,
  tenantTableBody,
} from './tenant-file-documents.ts';

const tags = ['Tenants'];
const LARGEST_BODY = 4 * 1024 * 1024;
/** A token that is being tried then is waited for. */
const LONGEST_IMPORT_MS = 30 * SECOND_MS;

const flag = z.stringbool({ truthy: ['true'], falsy: ['false'] }).default(false);

const importSchema = {
  tags,
  operationId: 'importTenants',
  summary: 'Add many tenants from a file',
  description:
    'As `linkwatch tenant import` does, and answered line by line: bad lines are left out. A tenant that is there already, by `external_id`, else by name and owner, gets the refresh token of its line when that is new. One import at a time, and for 30 seconds: while `unfinished` is not 0, send the same file again, which skips what is there.',
  querystring: z.strictObject({
    update: flag.meta({ description: 'Also change what is there already, where a line differs from it.' }),
    check: flag.meta({ description: 'Try the refresh token of each new tenant, too, and leave out those refused.' }),
  }),
  body: {
    content: { 'application/json': { schema: tenantListBody }, 'text/csv': { schema: tenantTableBody } },
  },
  response: { 200: importReport },
};

const exportSchema = {
  tags,
  operationId: 'exportTenants',
  summary: 'All tenants as a file that can be imported',
  description: 'Without their tokens. With `Accept: text/csv`, as a table.',
  response: {
    200: {
      description: 'The file',
      content: {
        'application/json': { schema: exportedTenants },
        'text/csv; charset=utf-8': { schema: exportedTable },
      },
    },
  },
};

type FilePorts = ApiPorts & Readonly<{ clock: Clock }>;

/** Tenants from a file, and as a file. */
export function addTenantFileRoutes(
  api: ApiScope,
  { application: { tenants }, rules, clock, signal }: FilePorts,
): void {
  api.get('/tenants/export', { schema: exportSchema }, async (request, reply) => {
    const format = wantsCsv(request) ? 'csv' : 'json';
    const { inTurn } = request.server;
    const readPage = (page: Parameters<typeof tenants.export>[1]) => tenants.export(viewerOf(request), page);
    const first = await readPage({ cursor: null, limit: LARGEST_PAGE });
    return sendFile(
      reply,
      format,
      pagesFrom(first, (page) => inTurn(() => readPage(page))),
    );
  });

  addScope(api, 'import of tenants', async (scope) => {
    acceptText(scope, 'text/csv');
    scope.post(
      '/tenants/import',
      { config: { alone: true }, bodyLimit: LARGEST_BODY, schema: importSchema },
      async (request) => {
        const { update: takesAll, check: triesAll } = request.query;
        const wish = { file: fileIn(request.body), rules: rules(), takesAll, triesAll };
        const run = (stopping: AbortSignal) => importTenants(tenants, viewerOf(request), { ...wish, signal: stopping });
        const { report, failure } = await stopIn(LONGEST_IMPORT_MS, run, { clock, signal });
        if (failure !== null && !(failure instanceof ImportStopped)) throw failure;
        return report;
      },
    );
  });
}

/** Sends the file as fast as the client takes it. */
function sendFile(reply: FastifyReply, format: TenantFileFormat, pages: Parameters<typeof writeTenantFile>[1]) {
  const type = format === 'csv' ? 'text/csv' : 'application/json';
  return reply.type(`${type}; charset=utf-8`).send(Readable.from(writeTenantFile(format, pages)));
}

function fileIn(body: unknown): TenantFile {
  if (body === undefined || body === null) throw badField('body', 'it is missing');
  const name = 'the body';
  try {
    return typeof body === 'string'
      ? readTenantFile({ name, format: 'csv', text: body, mostLines: MOST_ENTRIES })
      : tenantsIn(name, body);
  } catch (error) {
    if (error instanceof UnreadableFile) throw badField('body', `${error.message} ${error.hint ?? ''}`.trim());
    throw error;
  }
}
