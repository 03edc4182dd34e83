import { z } from 'zod';
import { DEFAULT_LOCALE, languageOf } from '../../domain/model/language.ts';
import type { Log } from '../../monitoring/ports.ts';
import { bannerWords } from '../../words/banner-words.ts';
import { wordsFor } from '../../words/words.ts';
import { createBulkhead } from '../bulkhead.ts';
import { preferredLanguage } from '../preferred-language.ts';
import { addContentSecurityPolicy, styleSourceOf } from '../security-headers.ts';
import type { ApiScope } from './api-scope.ts';
import { badgeOf, loadEmbed, strayBadge } from './embed/load-embed.ts';
import { badgePicture } from './embed-documents.ts';
import type { EmbedPorts } from './embed-routes.ts';
import { idParams } from './schemas.ts';

type Signed = Readonly<{ tenantId: string; expires: string; signature: string }>;

export type BadgePorts = Omit<EmbedPorts, 'embedLinks'> &
  Readonly<{ checkBadge(given: Signed): 'valid' | 'expired' | 'invalid'; log: Log }>;

/** Every visitor of every host asks for one; see ../bounded-calls.ts. */
const BADGES = { atWork: 2, waiting: 200 };

/** All optional: a browser shows the answer as a picture, whatever is wrong with the address. */
const badgeQuery = z.object({
  expires: z.string().max(20).optional(),
  signature: z.string().max(100).optional(),
  locale: z
    .string()
    .max(100)
    .optional()
    .meta({ description: 'As of the banner.', examples: ['pt-BR'] }),
});

const answer = (description: string) => ({ description, content: { 'image/svg+xml': { schema: badgePicture } } });

/** A picture for an `<img>`, which has no API key: its address is signed, for one tenant and until a moment. */
export function addBadgeRoutes(api: ApiScope, { application: { health }, brand, checkBadge, log }: BadgePorts): void {
  const embed = loadEmbed();
  const onFull = () => log.warn(BADGES, 'too many badges asked for at once: some get a 503');
  const bound = createBulkhead({ ...BADGES, onFull });
  addContentSecurityPolicy(api, `style-src ${styleSourceOf(embed.css)}`);

  api.get(
    '/tenants/:id/badge.svg',
    {
      schema: {
        tags: ['Embedding'],
        operationId: 'showBadge',
        summary: "A tenant's badge, by its signed address",
        description: 'The `badgeUrl` of the banner. It needs no API key, and works for a week.',
        security: [],
        params: idParams,
        querystring: badgeQuery,
        response: {
          200: answer('A picture that says in a word how the social accounts are'),
          404: answer('A neutral picture: the address is not one of ours, or the tenant is gone'),
          410: answer('A neutral picture: the address has expired'),
        },
      },
    },
    async (request, reply) => {
      const { expires = '', signature = '', locale = '' } = request.query;
      const { id: tenantId } = request.params;
      const asked = languageOf(locale) === null ? preferredLanguage(request.headers['accept-language']) : locale;
      // A browser shows it on the pages of every host.
      reply.header('cross-origin-resource-policy', 'cross-origin').type('image/svg+xml');
      const check = checkBadge({ tenantId, expires, signature });
      const banner = check === 'valid' ? await bound(() => health.banner({ kind: 'badge', tenantId }, tenantId)) : null;
      if (banner === null) {
        const { language, say } = wordsFor(asked ?? DEFAULT_LOCALE);
        reply.code(check === 'expired' ? 410 : 404);
        return reply.send(embed.badge(strayBadge(language, say, check === 'expired' ? 'expired' : 'nowhere')));
      }
      const words = bannerWords(banner, asked ?? banner.tenant.locale, brand);
      reply.headers({ 'cache-control': 'private, max-age=60', 'content-language': words.language });
      return reply.header('vary', 'accept-language').send(embed.badge(badgeOf(words, wordsFor(words.language).say)));
    },
  );
}
