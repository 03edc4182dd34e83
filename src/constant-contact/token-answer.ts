import { z } from 'zod';
import type { NewGrant } from '../domain/model/grant.ts';
import { type Instant, SECOND_MS } from '../domain/model/time.ts';

const LONGEST_LIFETIME_S = 366 * 24 * 60 * 60;

/** RFC 6749, section 5.1, as Constant Contact fills it in. A lifetime that makes no sense is an unknown one. */
const tokenSchema = z.object({
  access_token: z.string().trim().min(1),
  refresh_token: z.string().nullish(),
  expires_in: z.coerce.number().positive().max(LONGEST_LIFETIME_S).nullish().catch(null),
});

/**
 * What a refresh gave. An answer without a refresh token means that the old one goes on working (the portal's
 * "Long Lived Refresh Tokens"). The lifetime counts from when the request was sent. Throws a ZodError.
 */
export function parseToken(body: unknown, sent: Readonly<{ refreshToken: string; at: Instant }>): NewGrant {
  const wire = tokenSchema.parse(body);
  const refreshToken = wire.refresh_token?.trim() ?? '';
  const lifetimeMs = typeof wire.expires_in === 'number' ? Math.floor(wire.expires_in * SECOND_MS) : null;
  return {
    accessToken: wire.access_token,
    refreshToken: refreshToken === '' ? sent.refreshToken : refreshToken,
    expiresAt: lifetimeMs === null ? null : sent.at + lifetimeMs,
    lifetimeMs,
  };
}
