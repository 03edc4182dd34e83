import { createHmac, timingSafeEqual } from 'node:crypto';
import type { JWTPayload } from 'jose';
import { type Instant, SECOND_MS } from '../domain/model/time.ts';

/** The first signs, all verify; 32 bytes each, see `deriveLinkKey`. */
export type SigningKeys = readonly [Uint8Array, ...Uint8Array[]];

export type TokenCheck =
  /** `expired`: it was a real one once. */
  Readonly<{ kind: 'valid' | 'expired'; claims: JWTPayload }> | Readonly<{ kind: 'invalid' }>;

/** A JWT (HS256). By hand, because jose signs asynchronously and composing a mail is a plain function. */
export function signToken(
  claims: JWTPayload & Readonly<{ aud: string }>,
  expiresAt: Instant,
  [key]: SigningKeys,
): string {
  const content = `${encoded({ alg: 'HS256' })}.${encoded({ ...claims, exp: Math.floor(expiresAt / SECOND_MS) })}`;
  return `${content}.${signatureOf(content, key)}`;
}

/** `audiences`: the kinds of token that are accepted. */
export async function verifyToken(
  token: string,
  { audiences, keys, now }: Readonly<{ audiences: readonly string[]; keys: SigningKeys; now: Instant }>,
): Promise<TokenCheck> {
  // Loaded only here, because most commands verify no token and need not load jose.
  const [{ jwtVerify }, { JWTExpired }] = await Promise.all([import('jose/jwt/verify'), import('jose/errors')]);
  const options = {
    algorithms: ['HS256'],
    audience: [...audiences],
    requiredClaims: ['exp'],
    currentDate: new Date(now),
  };
  for (const key of keys) {
    try {
      return { kind: 'valid', claims: (await jwtVerify(token, key, options)).payload };
    } catch (error) {
      // jose looks at the times only after the signature, so an expired link was once a real one.
      if (error instanceof JWTExpired) return { kind: 'expired', claims: error.payload };
    }
  }
  return { kind: 'invalid' };
}

/** Base64url of the HMAC-SHA-256. What is signed for a purpose that is no JWT begins with the name of the purpose. */
export function signatureOf(content: string, key: Uint8Array): string {
  return createHmac('sha256', key).update(content).digest('base64url');
}

/** In a time that does not tell where the texts differ. */
export function isSameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

export function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
