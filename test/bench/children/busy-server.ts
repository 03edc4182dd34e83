/**
 * A server that does nothing but compute, for as many ms as `/?ms=` says, and then answers: what the machine adds to such a
 * time is no fault of the program that is measured. Prints its address, and ends when stdin does.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const BASE = 'http://127.0.0.1';

const server = createServer((request, response) => {
  const ms = Number(new URL(request.url ?? '/', BASE).searchParams.get('ms'));
  const beganAt = performance.now();
  while (performance.now() - beganAt < ms);
  response.end();
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${BASE}:${(server.address() as AddressInfo).port}\n`));
process.stdin.resume().on('end', () => process.exit());
