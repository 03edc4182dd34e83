import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { jwtVerify, SignJWT } from 'jose';
import { HOUR_MS, type Instant, SECOND_MS } from '../../domain/model/time.ts';
import { cookieOf, guardedCookie } from '../cookies.ts';

/** A day's work; whoever stays signs in once a day. */
const LIFETIME_MS = 12 * HOUR_MS;
const NAME = 'linkwatch_session';
const AUDIENCE = 'linkwatch:session';

export type SessionOptions = Readonly<{
  /** The first signs, all verify; 32 bytes each. */
  keys: readonly [Uint8Array, ...Uint8Array[]];
  publicUrl: string;
  now(): Instant;
}>;

export type Session = Readonly<{
  /** The API key that signed in: it is looked at with every request, so that revoking it ends the session. */
  keyId: string;
  /** Goes into every form, which another site cannot know. */
  formToken: string;
  expiresAt: Instant;
}>;

export type Sessions = Readonly<{
  open(reply: FastifyReply, keyId: string): Promise<void>;
  /** Opens it anew in the second half of its time, for a screen that stays on. */
  renew(reply: FastifyReply, session: Session): Promise<void>;
  close(reply: FastifyReply): void;
  /** Null for a browser that is not signed in. */
  read(request: FastifyRequest): Promise<Session | null>;
}>;

/** A cookie that names an API key, is signed, and reaches no script and no other site. */
export function createSessions({ keys, publicUrl, now }: SessionOptions): Sessions {
  const attributes = `Path=${new URL(publicUrl).pathname}; ${guardedCookie(publicUrl)}`;
  const open: Sessions['open'] = async (reply, keyId) => {
    const expiresAt = now() + LIFETIME_MS;
    const value = await new SignJWT()
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(keyId)
      .setAudience(AUDIENCE)
      .setExpirationTime(new Date(expiresAt))
      .sign(keys[0]);
    reply.header('set-cookie', `${NAME}=${value}; Max-Age=${LIFETIME_MS / SECOND_MS}; ${attributes}`);
  };
  return {
    open,
    renew: async (reply, { keyId, expiresAt }) => {
      if (expiresAt - now() < LIFETIME_MS / 2) await open(reply, keyId);
    },
    close: (reply) => {
      reply.header('set-cookie', `${NAME}=; Max-Age=0; ${attributes}`);
    },
    read: async (request) => {
      const value = cookieOf(request, NAME);
      if (value === null) return null;
      for (const key of keys) {
        const options = { audience: AUDIENCE, algorithms: ['HS256'], currentDate: new Date(now()) };
        const verified = await jwtVerify(value, key, options).catch(() => null);
        const { sub: keyId, exp } = verified?.payload ?? {};
        if (keyId === undefined || exp === undefined) continue;
        return { keyId, formToken: formTokenOf(value, key), expiresAt: exp * SECOND_MS };
      }
      return null;
    },
  };
}

export function isFormOf({ formToken }: Session, given: unknown): boolean {
  const [a, b] = [Buffer.from(formToken), Buffer.from(String(given))];
  return a.length === b.length && timingSafeEqual(a, b);
}

function formTokenOf(session: string, key: Uint8Array): string {
  return createHmac('sha256', key).update(`form of ${session}`).digest('base64url');
}
