import { DAY_MS, type Instant, SECOND_MS } from '../domain/model/time.ts';
import type { LinksOptions } from './links.ts';
import { isSameText, signatureOf } from './signed-token.ts';

/** A host's page takes a new address with each banner it reads. */
const LIFETIME_MS = 7 * DAY_MS;

/** The parts of a badge's address that sign it, as they came. */
export type BadgeSignature = Readonly<{ tenantId: string; expires: string; signature: string }>;

export type BadgeCheck = 'valid' | 'expired' | 'invalid';

export type BadgeLinks = Readonly<{
  /** Pure. Works without an API key, for one tenant's badge alone. */
  urlFor(tenantId: string, at: Instant): string;
  check(given: BadgeSignature, now: Instant): BadgeCheck;
}>;

/** Signed addresses of badges, for an `<img>`, which can send no API key. */
export function createBadgeLinks({ publicUrl, linkKeys }: LinksOptions): BadgeLinks {
  return {
    urlFor(tenantId, at) {
      const expires = String(Math.floor((at + LIFETIME_MS) / SECOND_MS));
      const query = new URLSearchParams({ expires, signature: signatureOf(contentOf(tenantId, expires), linkKeys[0]) });
      return `${publicUrl}/api/v1/tenants/${encodeURIComponent(tenantId)}/badge.svg?${query}`;
    },
    check({ tenantId, expires, signature }, now) {
      if (!linkKeys.some((key) => isSameText(signature, signatureOf(contentOf(tenantId, expires), key))))
        return 'invalid';
      return Number(expires) * SECOND_MS > now ? 'valid' : 'expired';
    },
  };
}

/** A JSON array, so that a badge's signature never covers the same bytes as a link's or a form's. */
function contentOf(tenantId: string, expires: string): string {
  return JSON.stringify(['linkwatch:badge', tenantId, expires]);
}
