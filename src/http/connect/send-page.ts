import type { FastifyReply } from 'fastify';
import type { LinkHolder } from '../../domain/model/link.ts';
import type { Pages } from '../load-pages.ts';
import type { ConnectPage } from './connect-words.ts';
import type { Invited, Refused } from './open-link.ts';

export type Site<Options> = Readonly<{ options: Options; pages: Pages }>;

export type SendPageOptions = Readonly<{
  publicUrl: string;
  /** The page of a contact, for the reader to go on to. */
  ownPage(holder: LinkHolder): string;
}>;

export function sendRefusal(reply: FastifyReply, reader: Refused, site: Site<SendPageOptions>): FastifyReply {
  return sendPage(reply, reader.page, reader, site);
}

/** The page with a form for each of the ways on. */
export function sendPage(
  reply: FastifyReply,
  page: ConnectPage,
  reader: Invited | Refused,
  { options, pages }: Site<SendPageOptions>,
): FastifyReply {
  const { language, speaker, say } = reader.voice;
  const { heading, lines, found } = page;
  const [begin, answer] = [addressOf('', options), addressOf('/answer', options)];
  const token = reader.kind === 'invited' ? reader.token : '';
  const ways = {
    begin: { action: begin, hidden: { token }, label: say('connect.button'), isSecond: false },
    again: { action: begin, hidden: { token }, label: say('connect.again'), isSecond: false },
    other_account: {
      action: begin,
      hidden: { token, prompt: 'login' },
      label: say('connect.asks.again'),
      isSecond: false,
    },
    take: { action: answer, hidden: {}, label: say('connect.asks.take', { found }), isSecond: true },
  } as const;
  const forms = page.ways.map((way) => ways[way]);
  const link =
    page.linksToOwnPage && reader.kind === 'invited'
      ? { href: options.ownPage(reader.viewer), label: say('footer.page') }
      : null;
  const html = pages.forms({ language, speaker, heading, lines, forms, link });
  return reply.code(page.status).type('text/html; charset=utf-8').send(html);
}

/** An address below `/connect`, as the browser reaches it. */
export function addressOf(path: string, { publicUrl }: Pick<SendPageOptions, 'publicUrl'>): string {
  return `${publicUrl}/connect${path}`;
}
