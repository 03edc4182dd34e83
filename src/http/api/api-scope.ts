import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Application } from '../../monitoring/application.ts';
import type { KeyViewer } from '../../monitoring/keys/check-key.ts';
import type { InputRules } from '../../monitoring/tenants/tenant-input.ts';

/** Routes whose bodies, queries and answers are zod schemas. */
export type ApiScope = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** What the routes ask. */
export type ApiPorts = Readonly<{
  application: Application;
  rules: () => InputRules;
  /** Aborted when the process is to end. A poll whose client has gone is finished all the same. */
  signal: AbortSignal;
}>;

const viewers = new WeakMap<FastifyRequest['raw'], KeyViewer>();

export function rememberViewer({ raw }: Pick<FastifyRequest, 'raw'>, viewer: KeyViewer): void {
  viewers.set(raw, viewer);
}

/** The viewer whose key the request came with; every route of the API has one. */
export function viewerOf({ raw }: Pick<FastifyRequest, 'raw'>): KeyViewer {
  const viewer = viewers.get(raw);
  if (viewer === undefined) throw new Error('This route is answered without a key.');
  return viewer;
}
