import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Instant, MINUTE_MS, SECOND_MS } from '../../domain/model/time.ts';
import { basePathOf } from '../base-path.ts';
import { cookieOf, guardedCookie } from '../cookies.ts';

/** Long enough to find a password, short enough for a browser that others use. */
const LIFETIME_MS = 30 * MINUTE_MS;
const NAME = 'linkwatch_connect';

/** What this browser is in the middle of. */
const keptSchema = z.discriminatedUnion('step', [
  /** It shows a page of the link, so a form may come from it. */
  z.object({ step: z.literal('shown'), token: z.string() }),
  /** Its person is at Constant Contact. */
  z.object({ step: z.literal('sent'), token: z.string(), state: z.string(), verifier: z.string() }),
  /** Its person was asked whether it is the right account. */
  z.object({ step: z.literal('asked'), token: z.string(), question: z.string() }),
]);
export type Kept = z.infer<typeof keptSchema>;

export type CookieOptions = Readonly<{
  /** `https://watch.example.com/linkwatch`: the cookie goes to the pages below its `/connect` alone. */
  publicUrl: string;
  seal(kept: object, expiresAt: Instant): string;
  unseal(text: string): unknown;
  now(): Instant;
}>;

/**
 * A cookie that no script and no other site can use: signed, HttpOnly and, because it must come along when Constant
 * Contact sends the browser back, SameSite=Lax. A form of another site is posted without it.
 */
export function keep(reply: FastifyReply, step: Kept, { publicUrl, seal, now }: CookieOptions): void {
  const path = `${basePathOf(publicUrl)}/connect`;
  const value = seal(step, now() + LIFETIME_MS);
  const attributes = `Path=${path}; Max-Age=${LIFETIME_MS / SECOND_MS}; ${guardedCookie(publicUrl)}`;
  reply.header('set-cookie', `${NAME}=${value}; ${attributes}`);
}

/** Null for a browser that is in the middle of nothing. */
export function kept(request: FastifyRequest, { unseal }: Pick<CookieOptions, 'unseal'>): Kept | null {
  const text = cookieOf(request, NAME);
  const parsed = keptSchema.safeParse(text === null ? null : unseal(text));
  return parsed.success ? parsed.data : null;
}
