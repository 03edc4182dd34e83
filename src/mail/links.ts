import { createHmac } from 'node:crypto';
import { errors, jwtVerify } from 'jose';
import type { LinkCheck, LinkHolder } from '../domain/model/link.ts';
import { DAY_MS, type Instant, SECOND_MS } from '../domain/model/time.ts';

const AUDIENCE = 'linkwatch:owner-page';
/** Longer than the time to the last reminder, and than the 30 days for which an unsubscribe link must work. */
const LIFETIME_MS = 60 * DAY_MS;

export type OwnerLinks = Readonly<{
  page: string;
  check: string;
  snooze: string;
  notMine: string;
  preferences: string;
  unsubscribe: string;
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
      const page = `${base}/o/${sign(holder, at + LIFETIME_MS, linkKeys[0])}`;
      return {
        page,
        check: `${page}/check`,
        snooze: `${page}/snooze`,
        notMine: `${page}/not-mine`,
        preferences: `${page}/preferences`,
        unsubscribe: `${page}/unsubscribe`,
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

/** By hand, because jose signs asynchronously and composing a mail is a plain function. */
function sign({ tenantId, contactId }: LinkHolder, expiresAt: Instant, key: Uint8Array): string {
  const header = encode({ alg: 'HS256' });
  const claims = encode({ aud: AUDIENCE, tid: tenantId, sub: contactId, exp: Math.floor(expiresAt / SECOND_MS) });
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
      audience: AUDIENCE,
      requiredClaims: ['exp'],
      currentDate: new Date(now),
    });
    const { tid, sub } = payload;
    if (typeof tid !== 'string' || typeof sub !== 'string') return { kind: 'invalid' };
    return { kind: 'valid', tenantId: tid, contactId: sub };
  } catch (error) {
    // jose looks at the times only after the signature, so an expired link was once a real one.
    return { kind: error instanceof errors.JWTExpired ? 'expired' : 'invalid' };
  }
}
