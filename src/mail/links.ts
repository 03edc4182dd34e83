import { createHmac } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify } from 'jose';
import type { LinkCheck, LinkHolder } from '../domain/model/link.ts';
import { DAY_MS, type Instant, SECOND_MS } from '../domain/model/time.ts';

const AUDIENCE = 'linkwatch:owner-page';
/** Of the link that a contact passes on: its holder may look and check, and nothing else. */
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
  /** 32 bytes each, see `deriveLinkKey`; the first signs, all verify. */
  linkKeys: readonly [Uint8Array, ...Uint8Array[]];
}>;

/** Links that let their holder in without a login: a signed token (JWT, HS256) in the path. */
export function createLinks({ publicUrl, linkKeys }: LinksOptions): Links {
  const base = publicUrl.replace(/\/+$/, '');
  return {
    ownerLinks(holder, at) {
      const expiresAt = at + LIFETIME_MS;
      const page = `${base}/o/${sign({ ...holder, audience: AUDIENCE, expiresAt }, linkKeys[0])}`;
      return {
        page,
        check: `${page}/check`,
        snooze: `${page}/snooze`,
        notMine: `${page}/not-mine`,
        preferences: `${page}/preferences`,
        unsubscribe: `${page}/unsubscribe`,
        forward: `${base}/o/${sign({ ...holder, audience: GUEST_AUDIENCE, expiresAt }, linkKeys[0])}`,
      };
    },
    async verify(token, now) {
      for (const key of linkKeys) {
        const check = await verifyWith(key, token, now);
        if (check.kind !== 'invalid') return check;
      }
      return { kind: 'invalid' };
    },
  };
}

type Claims = LinkHolder & Readonly<{ audience: string; expiresAt: Instant }>;

/** By hand, because jose signs asynchronously and composing a mail is a plain function. */
function sign({ tenantId, contactId, audience, expiresAt }: Claims, key: Uint8Array): string {
  const header = encode({ alg: 'HS256' });
  const claims = encode({ aud: audience, tid: tenantId, sub: contactId, exp: Math.floor(expiresAt / SECOND_MS) });
  const signature = createHmac('sha256', key).update(`${header}.${claims}`).digest('base64url');
  return `${header}.${claims}.${signature}`;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

async function verifyWith(key: Uint8Array, token: string, now: Instant): Promise<LinkCheck> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['HS256'],
      audience: [AUDIENCE, GUEST_AUDIENCE],
      requiredClaims: ['exp'],
      currentDate: new Date(now),
    });
    return checkOf('valid', payload);
  } catch (error) {
    // jose looks at the times only after the signature, so an expired link was once a real one.
    return error instanceof errors.JWTExpired ? checkOf('expired', error.payload) : { kind: 'invalid' };
  }
}

function checkOf(kind: 'valid' | 'expired', { tid, sub, aud }: JWTPayload): LinkCheck {
  if (typeof tid !== 'string' || typeof sub !== 'string') return { kind: 'invalid' };
  return { kind, tenantId: tid, contactId: sub, isGuest: aud !== AUDIENCE };
}
