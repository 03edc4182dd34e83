import { addScope } from '../add-scope.ts';
import { badField } from './api-problem.ts';
import { type ApiPorts, type ApiScope, viewerOf } from './api-scope.ts';
import { acceptBytes } from './body-kinds.ts';
import { bounce, returnedMail } from './mail-documents.ts';

/** A report holds at most a copy of our own mail, which is a tenth of that. */
const LARGEST_BODY = 1024 * 1024;

/** Mail that came back. */
export function addBounceRoutes(api: ApiScope, { application: { mail } }: ApiPorts): void {
  addScope(api, 'bounces', async (scope) => {
    acceptBytes(scope, 'message/rfc822');
    scope.post(
      '/mail/bounces',
      {
        bodyLimit: LARGEST_BODY,
        schema: {
          tags: ['Mail'],
          operationId: 'recordBounce',
          summary: 'Hand in a mail that came back',
          description:
            'As it came, headers first: a mailbox for `MAIL_RETURN_PATH` sends each of its mails here. What is no bounce of ours is answered with `unknown` or `not_a_bounce`, and changes nothing.',
          body: { content: { 'message/rfc822': { schema: returnedMail } } },
          response: { 200: bounce },
        },
      },
      async (request) => {
        const { body } = request;
        if (!(body instanceof Uint8Array)) throw badField('body', 'it is missing, or no `message/rfc822`');
        return await mail.recordBounce(viewerOf(request), body);
      },
    );
  });
}
