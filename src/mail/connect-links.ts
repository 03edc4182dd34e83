import type { ConnectLinkCheck, LinkHolder } from '../domain/model/link.ts';
import { DAY_MS, type Instant } from '../domain/model/time.ts';
import type { LinksOptions } from './links.ts';
import { encoded, isSameText, signatureOf, signToken, verifyToken } from './signed-token.ts';

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

/**
 * Links of a kind of their own (JWT, HS256): no link to an owner's page connects an account, and the other way round.
 */
export function createConnectLinks({ publicUrl, linkKeys }: LinksOptions): ConnectLinks {
  return {
    linkFor({ tenantId, contactId }, kind, at) {
      const claims = { aud: AUDIENCE, tid: tenantId, sub: contactId, at };
      return `${publicUrl}/connect?token=${signToken(claims, at + LIFETIME_MS[kind], linkKeys)}`;
    },
    async verify(token, now) {
      const check = await verifyToken(token, { audiences: [AUDIENCE], keys: linkKeys, now });
      if (check.kind !== 'valid') return { kind: check.kind };
      const { tid, sub, at } = check.claims;
      if (typeof tid !== 'string' || typeof sub !== 'string' || typeof at !== 'number') return { kind: 'invalid' };
      return { kind: 'valid', tenantId: tid, contactId: sub, signedAt: at };
    },
    seal: (kept, expiresAt) => sealed(encoded({ ...kept, expiresAt }), linkKeys[0]),
    unseal(text, now) {
      const [content = ''] = text.split('.');
      if (!linkKeys.some((key) => isSameText(text, sealed(content, key)))) return null;
      const kept: unknown = JSON.parse(Buffer.from(content, 'base64url').toString());
      return isFresh(kept, now) ? kept : null;
    },
  };
}

/** The purpose is part of what is signed, so that no link's signature ever fits here. */
function sealed(content: string, key: Uint8Array): string {
  return `${content}.${signatureOf(`linkwatch:kept:${content}`, key)}`;
}

function isFresh(kept: unknown, now: Instant): boolean {
  if (typeof kept !== 'object' || kept === null || !('expiresAt' in kept)) return false;
  return typeof kept.expiresAt === 'number' && kept.expiresAt > now;
}
