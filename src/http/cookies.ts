import type { FastifyRequest } from 'fastify';

/** Null when the browser has sent no cookie of that name. */
export function cookieOf({ headers }: Pick<FastifyRequest, 'headers'>, name: string): string | null {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? null;
}

/**
 * The attributes of a cookie that no script and no other site can use; `Secure` where the pages are served by HTTPS.
 */
export function guardedCookie(publicUrl: string): string {
  const secure = new URL(publicUrl).protocol === 'https:' ? '; Secure' : '';
  return `HttpOnly; SameSite=Lax${secure}`;
}
