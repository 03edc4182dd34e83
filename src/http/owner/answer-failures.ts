import type { FastifyError, FastifyInstance } from 'fastify';
import type { Failures } from '../failures.ts';
import type { Pages } from './load-pages.ts';
import { failureNotice } from './owner-notices.ts';
import { type House, voiceToStranger } from './voice.ts';

type Answering = House & Readonly<{ pages: Pages; failures: Failures }>;

/** An error is a page as well: who opened a link from a mail reads no problem document. */
export function answerFailures(routes: FastifyInstance, { pages, failures, ...house }: Answering): void {
  routes.addHook('onResponse', async (_request, reply) => failures.answered(reply));
  routes.setErrorHandler((error: FastifyError, request, reply) => {
    const voice = voiceToStranger(request.headers['accept-language'], house);
    const { statusCode } = failures.prepare(error, request, reply);
    const notice = failureNotice(statusCode, voice, request.method === 'POST');
    return reply.type('text/html; charset=utf-8').send(pages.notice(notice));
  });
}
