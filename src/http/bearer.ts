import type { FastifyRequest } from 'fastify';

/** The secret that a request shows; null without one. */
export function bearerOf({ headers: { authorization = '' } }: Pick<FastifyRequest, 'headers'>): string | null {
  const [, secret] = /^Bearer +([\x21-\x7e]{1,200})$/i.exec(authorization) ?? [];
  return secret ?? null;
}
