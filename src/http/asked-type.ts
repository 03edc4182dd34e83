import type { FastifyRequest } from 'fastify';

/**
 * The first of these media types that the client asks for (`Accept`); null when it asks for none, or for JSON as well.
 */
export function askedType<Type extends string>(
  { headers: { accept = '' } }: Pick<FastifyRequest, 'headers'>,
  types: readonly Type[],
): Type | null {
  const isAsked = (type: string) => new RegExp(`\\b${type}\\b`, 'i').test(accept);
  return isAsked('application/json') ? null : (types.find(isAsked) ?? null);
}
