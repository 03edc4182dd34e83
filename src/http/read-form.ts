import type { FastifyInstance, FastifyRequest } from 'fastify';

/** The fields of a form; what is no form has none. */
export type Fields = Readonly<{
  get(name: string): unknown;
  getAll(name: string): readonly unknown[];
  keys(): Iterable<string>;
}>;

const FORM_LIMIT_BYTES = 16 * 1024;

/** Bodies are forms, of either kind, and nothing else. */
export function acceptForms(routes: FastifyInstance): void {
  routes.removeAllContentTypeParsers();
  routes.addContentTypeParser(
    ['application/x-www-form-urlencoded', 'multipart/form-data'],
    { parseAs: 'buffer', bodyLimit: FORM_LIMIT_BYTES },
    async (_request: FastifyRequest, body: Buffer) => body,
  );
}

/** What cannot be read as a form has no fields. */
export async function readForm({ body, headers }: FastifyRequest): Promise<Fields> {
  if (!Buffer.isBuffer(body)) return new FormData();
  try {
    const contentType = headers['content-type'] ?? '';
    return await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
  } catch {
    return new FormData();
  }
}
