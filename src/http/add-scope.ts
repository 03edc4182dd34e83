import type { FastifyInstance } from 'fastify';
import fastifyPlugin from 'fastify-plugin';

/**
 * A scope within another one: its hooks, parsers and handlers are for its own routes alone. Fastify's errors say its
 * name; a scope without a name would be looked for in every module that is loaded.
 */
export function addScope<Scope extends object>(
  parent: Scope,
  name: string,
  add: (scope: Scope) => Promise<void>,
  options: Readonly<{ prefix?: string }> = {},
): PromiseLike<unknown> {
  // Fastify makes the scope from its parent, so it has the parent's type.
  const plugin = fastifyPlugin(async (scope) => await add(scope as unknown as Scope), { name, encapsulate: true });
  return (parent as unknown as FastifyInstance).register(plugin, options);
}
