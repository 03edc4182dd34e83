import { createHmac, timingSafeEqual } from 'node:crypto';
import { errors, jwtVerify } from 'jose';
import type { ConnectLinkCheck, LinkHolder } from '../domain/model/link.ts';
import { DAY_MS, type Instant, SECOND_MS } from '../domain/model/time.ts';
import type { LinksOptions } from './links.ts';

const AUDIENCE = 'linkwatch:connect';
/** An invitation is forwarded and forgotten; the mail about lost access is followed by reminders with newer links. */
const LIFETIME_MS = { invitation: 7 * DAY_MS, reauthorize: 30 * DAY_MS } as const;

export type ConnectLinks = Readonly<{
  /** Pure. A link that lets whoever has it connect this tenant's account, once. */
  linkFor(holder: LinkHolder, kind: keyof typeof LIFETIME_MS, at: Instant): string;
  verify(token: string, now: Instant): Promise<ConnectLinkCheck>;
  /** What a browser keeps for us while its person is at Constant Contact; nobody else can make or change it. */
  seal(kept: object, expiresAt: Instant): string;
  /** Null for what we have not sealed, and for what is too old. */
  unseal(text: string, now: Instant): unknown;
}>;

/** Links of a kind of their own (JWT, HS256): no link to an owner's page connects an account, and the other way round. */
export function createConnectLinks({ publicUrl, linkKeys }: LinksOptions): ConnectLinks {
  const base = publicUrl.replace(/\/+$/, '');
  return {
    linkFor: (holder, kind, at) => `${base}/connect?token=${tokenFor(holder, kind, at, linkKeys[0])}`,
    async verify(token, now) {
      for (const key of linkKeys) {
        const check = await verifyWith(key, token, now);
        if (check.kind !== 'invalid') return check;
      }
      return { kind: 'invalid' };
    },
    seal: (kept, expiresAt) => sealed(encode({ ...kept, expiresAt }), linkKeys[0]),
    unseal(text, now) {
      const [content = ''] = text.split('.');
      if (!linkKeys.some((key) => isSame(text, sealed(content, key)))) return null;
      const kept: unknown = JSON.parse(Buffer.from(content, 'base64url').toString());
      return isFresh(kept, now) ? kept : null;
    },
  };
}

/** By hand, because jose signs asynchronously and composing a mail is a plain function. `at` is in ms. */
function tokenFor(
  { tenantId, contactId }: LinkHolder,
  kind: keyof typeof LIFETIME_MS,
  at: Instant,
  key: Uint8Array,
): string {
  const exp = Math.floor((at + LIFETIME_MS[kind]) / SECOND_MS);
  const content = `${encode({ alg: 'HS256' })}.${encode({ aud: AUDIENCE, tid: tenantId, sub: contactId, at, exp })}`;
  return `${content}.${createHmac('sha256', key).update(content).digest('base64url')}`;
}

async function verifyWith(key: Uint8Array, token: string, now: Instant): Promise<ConnectLinkCheck> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['HS256'],
      audience: AUDIENCE,
      requiredClaims: ['exp'],
      currentDate: new Date(now),
    });
    const { tid, sub, at } = payload;
    if (typeof tid !== 'string' || typeof sub !== 'string' || typeof at !== 'number') return { kind: 'invalid' };
    return { kind: 'valid', tenantId: tid, contactId: sub, signedAt: at };
  } catch (error) {
    // jose looks at the times only after the signature, so an expired link was once a real one.
    return { kind: error instanceof errors.JWTExpired ? 'expired' : 'invalid' };
  }
}

/** The purpose is part of what is signed, so that no link's signature ever fits here. */
function sealed(content: string, key: Uint8Array): string {
  return `${content}.${createHmac('sha256', key).update(`linkwatch:kept:${content}`).digest('base64url')}`;
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function isFresh(kept: unknown, now: Instant): boolean {
  if (typeof kept !== 'object' || kept === null || !('expiresAt' in kept)) return false;
  return typeof kept.expiresAt === 'number' && kept.expiresAt > now;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
