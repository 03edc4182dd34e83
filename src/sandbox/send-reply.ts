import type { ServerResponse } from 'node:http';
import type { Reply } from './reply.ts';

/** Writes a reply after its delay, unless the connection has closed by then. */
export function sendReply(response: ServerResponse, reply: Reply): void {
  if (reply.delayMs === undefined) {
    write(response, reply);
    return;
  }
  const timer = setTimeout(() => write(response, reply), reply.delayMs);
  response.once('close', () => clearTimeout(timer));
}

function write(response: ServerResponse, reply: Reply): void {
  if (response.destroyed) return;
  switch (reply.kind) {
    case 'send':
      response.writeHead(reply.status, { ...reply.headers, 'content-length': Buffer.byteLength(reply.body) });
      response.end(reply.body);
      break;
    case 'hang':
      break;
    case 'reset':
      reset(response, reply.sendFirst);
  }
}

function reset(response: ServerResponse, sendFirst: string | null): void {
  const drop = () => {
    response.socket?.resetAndDestroy();
  };
  if (sendFirst === null) {
    drop();
    return;
  }
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': sendFirst.length + 1000 });
  // A reset throws away what the other side has not read yet, so the part gets a moment to arrive.
  response.write(sendFirst, () => setTimeout(drop, 20));
}
