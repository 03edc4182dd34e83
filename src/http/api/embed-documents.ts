import { z } from 'zod';
import { actions, tenantHealths } from '../../domain/model/condition.ts';
import { languages } from '../../domain/model/language.ts';

/** The answers of the routes for host products, by their names in the OpenAPI document. */

export const bannerAnswer = z
  .object({
    health: z.enum(tenantHealths).nullable().meta({ description: "The tenant's: its worst connection's." }),
    text: z.string().meta({ description: 'How the social accounts are, in a sentence; there is always one.' }),
    action: z.enum(actions).meta({ description: 'What the reader is asked to do, `none` as well.' }),
    url: z.string().nullable().meta({
      description:
        "The owner's page, which needs no sign-in, for 60 days. A key with the role `read` gets the page on which nothing can be changed. Null where the tenant has no owner.",
    }),
    linkText: z.string().meta({ description: 'What to call the link.' }),
    language: z.enum(languages).meta({ description: 'Of the texts.' }),
    badgeUrl: z.string().meta({ description: 'Of a picture that says the same, for an `<img>`, for a week.' }),
  })
  .meta({
    id: 'Banner',
    examples: [
      {
        health: 'broken',
        text: "Reconnect Facebook (Jane's Bakery) to keep posting",
        action: 'reconnect',
        url: 'https://watch.example.com/o/eyJhbGciOi…',
        linkText: 'See how your social accounts are doing now',
        language: 'en',
        badgeUrl:
          'https://watch.example.com/api/v1/tenants/4ba1vqnyqq0hp7ur/badge.svg?expires=1796428800&signature=c2ln…&locale=en',
      },
    ],
  });

export const bannerFragment = z.string().meta({
  examples: [
    '<section class="linkwatch-banner linkwatch-well" lang="en" aria-label="Your social accounts">\n<p class="linkwatch-text">All of your social accounts work</p>\n</section>\n',
  ],
});

export const badgePicture = z.string().meta({ examples: ['<svg xmlns="http://www.w3.org/2000/svg">…</svg>'] });
