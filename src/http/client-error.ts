import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { PROBLEM_TYPE, problemDocument, titleOf } from './problem-document.ts';

const UNREADABLE = { status: 400, detail: 'This is no valid HTTP request.' };

const refusals: Readonly<Record<string, typeof UNREADABLE>> = {
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, detail: 'The request did not come in time.' },
  HPE_HEADER_OVERFLOW: { status: 431, detail: 'The headers of the request are too large.' },
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
  const { status, detail } = refusals[code] ?? UNREADABLE;
  const body = JSON.stringify(problemDocument({ status, detail, requestId: randomUUID() }));
  const head = [
    `HTTP/1.1 ${status} ${titleOf(status)}`,
    `content-type: ${PROBLEM_TYPE}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}
