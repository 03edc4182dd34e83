import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { createHeartbeat } from '../../../src/queue/heartbeat.ts';
import { collectingLog } from '../../support/use-case-log.ts';

describe('The heartbeat', () => {
  it('calls the dead-man’s switch', async () => {
    const calls: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      calls.push(request.url);
      response.end('ok');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await createHeartbeat(`http://127.0.0.1:${port}/ping/secret`, collectingLog())();
    server.closeAllConnections();
    server.close();
    expect(calls).toEqual(['/ping/secret']);
  });

  it('survives a switch that is away, and says so without its address', async () => {
    const log = collectingLog();
    await createHeartbeat('http://127.0.0.1:1/ping/secret', log)();
    expect(log.entries.map(({ message }) => message)).toEqual(['heartbeat not delivered']);
    expect(JSON.stringify(log.entries)).not.toContain('secret');
  });
});
