import http from 'node:http';
import https from 'node:https';
import got from 'got';
import type { Heartbeat, Log } from '../monitoring/ports.ts';

const TIMEOUT_MS = 10_000;

/**
 * Calls a dead-man's switch, through a proxy where the variables for Node.js name one. A failure is only logged: the
 * switch itself is what raises the alarm.
 */
export function createHeartbeat(url: string, log: Log, proxyEnv: Readonly<Record<string, string>> = {}): Heartbeat {
  const agent = { http: new http.Agent({ proxyEnv }), https: new https.Agent({ proxyEnv }) };
  return async () => {
    try {
      await got(url, { agent, timeout: { request: TIMEOUT_MS }, retry: { limit: 0 } });
    } catch (error) {
      log.warn({ code: error instanceof Error && 'code' in error ? error.code : undefined }, 'heartbeat not delivered');
    }
  };
}
