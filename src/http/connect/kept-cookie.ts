import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Instant, MINUTE_MS } from '../../domain/model/time.ts';

/** Long enough to find a password, short enough for a browser that others use. */
const LIFETIME_MS = 30 * MINUTE_MS;
const NAME = 'linkwatch_connect';

/** What this browser is in the middle of. */
const keptSchema = z.discriminatedUnion('step', [
  /** It shows the page of the link, so a form may come from it. */
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
export function keep(reply: FastifyReply, kept: Kept, options: CookieOptions): void {
  setCookie(reply, options.seal(kept, options.now() + LIFETIME_MS), LIFETIME_MS / 1000, options);
}

export function forget(reply: FastifyReply, options: CookieOptions): void {
  setCookie(reply, '', 0, options);
}

/** Null for a browser that is in the middle of nothing, or of another step. */
export function keptAt<Step extends Kept['step']>(
  { headers }: FastifyRequest,
  step: Step,
  { unseal }: CookieOptions,
): Extract<Kept, { step: Step }> | null {
  const text = (headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${NAME}=`))
    ?.slice(NAME.length + 1);
  const parsed = keptSchema.safeParse(text === undefined ? null : unseal(text));
  return parsed.success && isAt(parsed.data, step) ? parsed.data : null;
}

function isAt<Step extends Kept['step']>(kept: Kept, step: Step): kept is Extract<Kept, { step: Step }> {
  return kept.step === step;
}

function setCookie(reply: FastifyReply, value: string, maxAgeS: number, { publicUrl }: CookieOptions): void {
  const { protocol, pathname } = new URL(publicUrl);
  const path = `${pathname.replace(/\/+$/, '')}/connect`;
  const secure = protocol === 'https:' ? '; Secure' : '';
  reply.header('set-cookie', `${NAME}=${value}; Path=${path}; Max-Age=${maxAgeS}; HttpOnly; SameSite=Lax${secure}`);
}
