import type { Banner, BannerConnection } from '../../src/domain/owner/banner.ts';
import type { SummaryKind } from '../../src/domain/owner/summary.ts';
import { aTenant } from './builders.ts';
import { aConnectionOnPage as broken } from './owner-pages.ts';

export const limitedOnBanner = broken({ health: 'waiting', action: 'wait', conditions: ['rate_limited'] });

export function aBannerOf(
  kind: SummaryKind,
  concerned: readonly BannerConnection[] = [],
  given: Partial<Banner> = {},
): Banner {
  return {
    tenant: aTenant({ locale: 'en-US' }),
    health: 'broken',
    summary: { kind, concerned },
    action: concerned[0]?.action ?? 'none',
    owner: { tenantId: 'tenant-1', contactId: 'contact-1', getsMail: true },
    ...given,
  };
}

const twice = <Item>(item: Item) => [item, item];

/** Every sentence that there is. */
export const everyBanner: readonly Banner[] = [
  aBannerOf('needs_you', [broken()]),
  aBannerOf('needs_you', [broken({ action: 'choose_profile', conditions: ['no_profile'] })]),
  aBannerOf('needs_you', [broken({ action: 'choose_profile', conditions: ['page_unreachable'] })]),
  aBannerOf('needs_you', twice(broken())),
  aBannerOf('limited', [limitedOnBanner]),
  aBannerOf('limited', twice(limitedOnBanner)),
  aBannerOf('suspected', [broken()]),
  aBannerOf('suspected', twice(broken())),
  aBannerOf('unknown', [broken()]),
  aBannerOf('unknown', twice(broken())),
  aBannerOf('access_lost', [], { action: 'reauthorize' }),
  aBannerOf('access_lost', [], { action: 'privileges' }),
  ...(['paused', 'not_yet', 'empty', 'well'] as const).map((kind) => aBannerOf(kind)),
];
