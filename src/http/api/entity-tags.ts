import etag from '@fastify/etag';
import type { ApiScope } from './api-scope.ts';

const reads = ['GET', 'HEAD'];

/**
 * Adds an `ETag` to the answers of reads, and leaves out what the program has already (`If-None-Match`, RFC 9110
 * 13.1.2). The answer to a write is no version of anything that a read gives.
 */
export async function addEntityTags(api: ApiScope): Promise<void> {
  await api.register(etag, { replyWith304: false });
  api.addHook('onSend', async ({ method, headers }, reply, payload) => {
    if (!reads.includes(method) || reply.statusCode >= 400) {
      reply.removeHeader('etag');
      return payload;
    }
    const tag = reply.getHeader('etag');
    if (typeof tag !== 'string' || !isAmong(tag, headers['if-none-match'] ?? '')) return payload;
    reply.code(304);
    return '';
  });
}

/** `*` means any version; a weak tag means the same as the strong one here. */
function isAmong(tag: string, known: string): boolean {
  const tags = known.split(',').map((each) => each.trim());
  return tags.includes('*') || tags.some((each) => each.replace(/^W\//, '') === tag);
}
