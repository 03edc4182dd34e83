import { z } from 'zod';
import { mailKinds } from '../../domain/model/mail-kind.ts';
import { notificationStates } from '../../domain/model/notification.ts';
import type { MailSelection } from '../../monitoring/application.ts';
import type { PageRequest } from '../../monitoring/ports.ts';
import { badField, found } from './api-problem.ts';
import { type ApiPorts, type ApiScope, viewerOf } from './api-scope.ts';
import { answerList, listOf } from './lists.ts';
import { mail, mailSelected, mailWithText } from './mail-documents.ts';
import { idParams, pageQuery } from './schemas.ts';

const tags = ['Mail'];

const selectionBody = z
  .strictObject({
    ids: z.array(z.string().max(200)).min(1).max(1000).optional(),
    tenantId: z.string().max(200).optional(),
    all: z.literal(true).optional(),
  })
  .meta({ id: 'MailSelection', description: 'One of the three.', examples: [{ ids: ['m-77aa'] }] });

const changes = [
  ['hold', 'Hold mail', 'Keeps back mail that waits; `all` also the mail to come, until it is released.'],
  ['release', 'Release held mail', 'Mail that a hold of the fleet kept back goes out after another poll.'],
  ['discard', 'Discard held mail', 'It is never sent.'],
] as const;

export function addMailRoutes(api: ApiScope, { application }: ApiPorts): void {
  const mails = application.mail;

  api.get(
    '/mail',
    {
      schema: {
        tags,
        operationId: 'listMail',
        summary: 'List mail',
        description: 'Newest first. With `Accept: text/csv`, all of it.',
        querystring: z.strictObject({
          state: z.enum(notificationStates).optional(),
          kind: z.enum(mailKinds).optional(),
          tenantId: z.string().max(200).optional(),
          ...pageQuery,
        }),
        response: listOf(mail),
      },
    },
    async (request, reply) => {
      const { tenantId = null, ...filter } = request.query;
      const read = (page: PageRequest) => mails.list(viewerOf(request), { ...filter, tenantId, ...page });
      return await answerList(request, reply, mail, read);
    },
  );

  api.get(
    '/mail/:id',
    {
      schema: {
        tags,
        operationId: 'showMail',
        summary: 'Show a mail',
        description: 'Its bodies are null when they can no longer, or not yet, be written.',
        params: idParams,
        response: { 200: mailWithText },
      },
    },
    async (request) => found(await mails.find(viewerOf(request), request.params.id), 'mail'),
  );

  for (const [change, summary, description] of changes) {
    api.post(
      `/mail/${change}`,
      {
        schema: {
          tags,
          operationId: `${change}Mail`,
          summary,
          description,
          body: selectionBody,
          response: { 200: mailSelected },
        },
      },
      async (request) => await mails[change](viewerOf(request), selectionOf(request.body)),
    );
  }
}

function selectionOf({ ids, tenantId, all }: z.output<typeof selectionBody>): MailSelection {
  const given: readonly MailSelection[] = [
    ...(ids === undefined ? [] : [{ kind: 'ids', ids } as const]),
    ...(tenantId === undefined ? [] : [{ kind: 'tenant', tenantId } as const]),
    ...(all === undefined ? [] : [{ kind: 'all' } as const]),
  ];
  const [selection] = given;
  if (selection === undefined || given.length > 1) throw badField('ids', 'give one of ids, tenantId and all');
  return selection;
}
