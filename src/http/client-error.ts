import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';

const statusOf: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

const details: Readonly<Record<number, string>> = {
  400: 'This is no valid HTTP request.',
  408: 'The request did not come in time.',
  431: 'The headers of the request are too large.',
};

/**
 * Answers what Node.js refuses before it is a request, with a problem document as well. The connection ends at once, in
 * both directions: what the client still sends must not be carried out after this answer, nor keep the server from
 * closing.
 */
export function answerClientError({ code = '' }: Readonly<{ code?: string | undefined }>, socket: Socket): void {
  if (code !== 'ECONNRESET' && socket.writable && !hasBegun(socket)) socket.write(answerTo(code));
  socket.destroy();
}

/**
 * An answer is under way on this connection (see the event `clientError` of node:http): another text would be part of
 * it.
 */
function hasBegun(socket: Socket & { _httpMessage?: Readonly<{ headersSent: boolean }> }): boolean {
  return socket._httpMessage?.headersSent === true;
}

function answerTo(code: string): string {
  const status = statusOf[code] ?? 400;
  const title = STATUS_CODES[status] ?? 'Error';
  const body = JSON.stringify({
    type: 'about:blank',
    title,
    status,
    detail: details[status],
    requestId: randomUUID(),
  });
  const head = [
    `HTTP/1.1 ${status} ${title}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}
