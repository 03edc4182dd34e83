import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import type { Failures } from './failures.ts';
import type { Notice, Pages } from './load-pages.ts';
import { type BrandAndHelp, type Voice, voiceToStranger } from './voice.ts';

type Answering = BrandAndHelp &
  Readonly<{
    pages: Pick<Pages, 'notice'>;
    failures: Failures;
    /** Where the reader tries again. The empty address is the page's own; null when the reader has to go back. */
    againAt(request: FastifyRequest): string | null;
  }>;

/** An error is a page as well: who opened a link from a mail reads no problem document. */
export function answerFailures(routes: FastifyInstance, { pages, failures, againAt, ...house }: Answering): void {
  failures.watch(routes);
  routes.setErrorHandler((error: FastifyError, request, reply) => {
    const voice = voiceToStranger(request.headers['accept-language'], house);
    const { statusCode } = failures.prepare(error, request, reply);
    const notice = failureNotice(statusCode, voice, { isForm: request.method === 'POST', again: againAt(request) });
    return reply.type('text/html; charset=utf-8').send(pages.notice(notice));
  });
}

/** An error in words: something we cannot do just now (503), did wrong (5xx), or cannot read (4xx). */
export function failureNotice(
  status: number,
  voice: Voice,
  { isForm, again }: Readonly<{ isForm: boolean; again: string | null }>,
): Notice {
  if (status < 500) return nothingChanged(voice, again);
  const { language, speaker, say } = voice;
  const lines = [say('page.trouble.line'), ...(isForm ? [say('page.trouble.form')] : [])];
  const heading = say(status === 503 ? 'page.trouble.away' : 'page.trouble.failed');
  const link = again === null ? null : { href: again, label: say('page.trouble.again') };
  return { language, speaker, heading, lines, link };
}

/** `again` leads to the page with the form, which sends nothing again by itself. */
export function nothingChanged({ language, speaker, say }: Voice, again: string | null): Notice {
  const link = again === null ? null : { href: again, label: say('page.forged.again') };
  return { language, speaker, heading: say('page.forged.heading'), lines: [say('page.forged.line')], link };
}
