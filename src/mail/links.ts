import type { LinkCheck, LinkHolder } from '../domain/model/link.ts';
import { DAY_MS, type Instant } from '../domain/model/time.ts';
import { type SigningKeys, signToken, verifyToken } from './signed-token.ts';

const AUDIENCE = 'linkwatch:owner-page';
/** The audience of the link that a contact passes on: its holder may look and check, and nothing else. */
const GUEST_AUDIENCE = 'linkwatch:guest-page';
/** Longer than the time to the last reminder, and than the 30 days for which an unsubscribe link must work. */
const LIFETIME_MS = 60 * DAY_MS;

export type OwnerLinks = Readonly<{
  page: string;
  check: string;
  snooze: string;
  notMine: string;
  preferences: string;
  unsubscribe: string;
  /** The same page for somebody else, who may change nothing. */
  forward: string;
}>;

export type Links = Readonly<{
  /** Pure: the same holder and moment give the same links. */
  ownerLinks(holder: LinkHolder, at: Instant): OwnerLinks;
  verify(token: string, now: Instant): Promise<LinkCheck>;
}>;

export type LinksOptions = Readonly<{
  /** Base of every link, a path included: `https://watch.example.com/linkwatch`. */
  publicUrl: string;
  linkKeys: SigningKeys;
}>;

/** Links that let their holder in without a login: a signed token (JWT, HS256) in the path. */
export function createLinks({ publicUrl, linkKeys }: LinksOptions): Links {
  return {
    ownerLinks(holder, at) {
      const tokenFor = (audience: string) =>
        signToken({ aud: audience, tid: holder.tenantId, sub: holder.contactId }, at + LIFETIME_MS, linkKeys);
      const page = `${publicUrl}/o/${tokenFor(AUDIENCE)}`;
      return {
        page,
        check: `${page}/check`,
        snooze: `${page}/snooze`,
        notMine: `${page}/not-mine`,
        preferences: `${page}/preferences`,
        unsubscribe: `${page}/unsubscribe`,
        forward: `${publicUrl}/o/${tokenFor(GUEST_AUDIENCE)}`,
      };
    },
    async verify(token, now) {
      const check = await verifyToken(token, { audiences: [AUDIENCE, GUEST_AUDIENCE], keys: linkKeys, now });
      if (check.kind === 'invalid') return check;
      const { tid, sub, aud } = check.claims;
      if (typeof tid !== 'string' || typeof sub !== 'string') return { kind: 'invalid' };
      return { kind: check.kind, tenantId: tid, contactId: sub, isGuest: aud !== AUDIENCE };
    },
  };
}
