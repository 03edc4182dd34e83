import { z } from 'zod';
import { isEmailAddress } from '../../domain/model/email-address.ts';
import { SECOND_MS } from '../../domain/model/time.ts';
import { previewKinds } from '../../monitoring/mailing/preview-kinds.ts';
import type { Clock } from '../../monitoring/ports.ts';
import { askedType } from '../asked-type.ts';
import { answerIn } from './answer-in.ts';
import { ApiProblem } from './api-problem.ts';
import { type ApiPorts, type ApiScope, viewerOf } from './api-scope.ts';
import { mailPreview, mailTested, previewHtml, previewText } from './mail-documents.ts';
import { localeTag } from './schemas.ts';

const tags = ['Mail'];

/** A mail server may take half an hour for a mail; whoever asks here waits for as long as their connection lives. */
const LONGEST_TEST_MS = 25 * SECOND_MS;

const testBody = z
  .strictObject({
    to: z
      .string()
      .max(320)
      .refine(isEmailAddress, 'it is not an e-mail address')
      .optional()
      .meta({ description: '`OPERATOR_EMAIL` unless it is given.', examples: ['me@shop.example'] }),
  })
  .meta({ id: 'MailTest', examples: [{ to: 'me@shop.example' }, {}] });

const previewSchema = {
  tags,
  operationId: 'previewMail',
  summary: 'How a kind of mail looks',
  description:
    'With the settings of this Linkwatch, about made-up problems; nothing is sent. With `Accept: text/html` or `text/plain`, that part alone.',
  params: z.object({ kind: z.enum(previewKinds).meta({ examples: ['alert'] }) }),
  querystring: z.strictObject({ locale: localeTag.default('en-US').meta({ description: "The reader's language." }) }),
  response: {
    200: {
      description: 'The mail',
      content: {
        'application/json': { schema: mailPreview },
        'text/html; charset=utf-8': { schema: previewHtml },
        'text/plain; charset=utf-8': { schema: previewText },
      },
    },
  },
};

/** Mail that is looked at, or sent to try the mail server. */
export function addMailTrialRoutes(
  api: ApiScope,
  { application, clock, signal }: ApiPorts & Readonly<{ clock: Clock }>,
): void {
  const mails = application.mail;

  api.get('/mail/previews/:kind', { schema: previewSchema }, async (request, reply) => {
    const { kind } = request.params;
    const { subject, headers, text, html } = await mails.preview(viewerOf(request), kind, request.query.locale);
    switch (askedType(request, ['text/html', 'text/plain'])) {
      case 'text/html':
        return reply.type('text/html; charset=utf-8').send(html);
      case 'text/plain':
        return reply.type('text/plain; charset=utf-8').send(text);
      case null:
        return { kind, subject, headers, text, html };
    }
  });

  api.post(
    '/mail/test',
    {
      config: { alone: true },
      schema: {
        tags,
        operationId: 'testMail',
        summary: 'Send a test mail now',
        description: 'And tell what the mail server answers: `accepted`, or why not.',
        body: testBody,
        response: { 200: mailTested },
      },
    },
    async (request) => {
      const { to = null } = request.body;
      const tested = await answerIn(LONGEST_TEST_MS, mails.test(viewerOf(request), to), { clock, signal });
      if (tested.outcome !== 'no_address') return tested;
      const detail = '`OPERATOR_EMAIL` is not set: say where to';
      throw new ApiProblem(409, `to: ${detail}`, [{ field: 'to', detail }]);
    },
  );
}
