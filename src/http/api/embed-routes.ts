import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { roleIncludes } from '../../domain/model/api-key.ts';
import { languageOf } from '../../domain/model/language.ts';
import type { LinkHolder } from '../../domain/model/link.ts';
import type { Banner } from '../../domain/owner/banner.ts';
import type { KeyViewer } from '../../monitoring/keys/check-key.ts';
import { bannerWords } from '../../words/banner-words.ts';
import type { Brand } from '../../words/brand.ts';
import { askedType } from '../asked-type.ts';
import { preferredLanguage } from '../preferred-language.ts';
import { found } from './api-problem.ts';
import { type ApiPorts, type ApiScope, viewerOf } from './api-scope.ts';
import { loadEmbed } from './embed/load-embed.ts';
import { bannerAnswer, bannerFragment } from './embed-documents.ts';
import { idParams, localeTag } from './schemas.ts';

/** Links that a banner holds; the same all day, so that its `ETag` changes with what it says. */
export type EmbedLinks = Readonly<{
  /** The owner's page, where the owner may change what mail comes. */
  ownPage(holder: LinkHolder): string;
  /** The same page for somebody who may look and check, nothing else. */
  guestPage(holder: LinkHolder): string;
  badge(tenantId: string): string;
}>;

export type EmbedPorts = Pick<ApiPorts, 'application'> & Readonly<{ brand: Brand; embedLinks: EmbedLinks }>;

const localeQuery = z.strictObject({
  locale: localeTag.optional().meta({
    description:
      "The reader's language. Without it `Accept-Language` decides, and then the tenant's own; what is not one of `en`, `es`, `fr`, `de` and `pt` is passed over.",
    examples: ['pt-BR'],
  }),
});

export function addEmbedRoutes(api: ApiScope, { application: { health }, brand, embedLinks }: EmbedPorts): void {
  const embed = loadEmbed();

  api.get(
    '/tenants/:id/banner',
    {
      schema: {
        tags: ['Embedding'],
        operationId: 'showBanner',
        summary: "A banner for a host's own page",
        description:
          'How the social accounts are, for the signed-in user of a host product. With `Accept: text/html`, a fragment without scripts and styles.',
        params: idParams,
        querystring: localeQuery,
        response: {
          200: {
            description: 'What to show',
            content: {
              'application/json': { schema: bannerAnswer },
              'text/html; charset=utf-8': { schema: bannerFragment },
            },
          },
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const viewer = viewerOf(request);
      const banner = found(await health.banner(viewer, id), 'tenant');
      const words = bannerWords(banner, spokenLocale(request, request.query.locale, banner), brand);
      const { language, text, linkText } = words;
      const url = pageFor(banner, viewer, embedLinks);
      reply.headers({
        'cache-control': 'private, max-age=60',
        'content-language': language,
        vary: 'accept, accept-language, authorization',
      });
      if (askedType(request, ['text/html']) !== null)
        return reply.type('text/html; charset=utf-8').send(embed.banner(words, url));
      const badgeUrl = `${embedLinks.badge(id)}&locale=${language}`;
      return { health: banner.health, text, action: banner.action, url, linkText, language, badgeUrl };
    },
  );
}

/** The first that we speak. */
function spokenLocale({ headers }: FastifyRequest, asked: string | undefined, { tenant }: Banner): string {
  const accepted = preferredLanguage(headers['accept-language']);
  return [asked, accepted].find((locale) => locale != null && languageOf(locale) !== null) ?? tenant.locale;
}

/** With the owner's own page mail can be stopped: a key that may change nothing gets what shows alone. */
function pageFor({ owner }: Banner, { role }: KeyViewer, { ownPage, guestPage }: EmbedLinks): string | null {
  if (owner === null) return null;
  return owner.getsMail && roleIncludes(role, 'operate') ? ownPage(owner) : guestPage(owner);
}
