import { z } from 'zod';
import type { NewGrant } from '../domain/model/grant.ts';
import { type Instant, SECOND_MS } from '../domain/model/time.ts';

const LONGEST_LIFETIME_S = 366 * 24 * 60 * 60;

const token = z.string().trim().min(1).nullable().catch(null);

/**
 * RFC 6749, section 5.1, as Constant Contact fills it in. Whatever makes no sense counts as not given: the refresh
 * token that was sent may be spent, so what else the answer has must not be lost with it.
 */
const tokenSchema = z
  .object({
    access_token: token,
    refresh_token: token,
    scope: z.string().nullish().catch(null),
    expires_in: z.coerce.number().positive().max(LONGEST_LIFETIME_S).nullish().catch(null),
  })
  .refine((wire) => wire.access_token !== null || wire.refresh_token !== null, 'it has no token');

/**
 * What a refresh gave. An answer without a refresh token means that the old one goes on working (the portal's
 * "Long Lived Refresh Tokens"). The lifetime counts from when the request was sent. Throws a ZodError.
 */
export function parseToken(body: unknown, sent: Readonly<{ refreshToken: string; at: Instant }>): NewGrant {
  const wire = tokenSchema.parse(body);
  const { access_token: accessToken, refresh_token: refreshToken, expires_in: expiresIn } = wire;
  const lifetimeMs = accessToken !== null && typeof expiresIn === 'number' ? Math.floor(expiresIn * SECOND_MS) : null;
  return {
    accessToken,
    refreshToken: refreshToken ?? sent.refreshToken,
    expiresAt: lifetimeMs === null ? null : sent.at + lifetimeMs,
    lifetimeMs,
    ...scopesIn(wire.scope),
  };
}

/** An answer that names no scope says nothing about them (RFC 6749, section 5.1). */
function scopesIn(scope: string | null | undefined): Pick<NewGrant, 'scopes'> {
  const scopes = (scope ?? '').split(/\s+/).filter((each) => each !== '');
  return scopes.length === 0 ? {} : { scopes };
}
