import got from 'got';
import type { Heartbeat, Log } from '../monitoring/ports.ts';

const TIMEOUT_MS = 10_000;

/** Calls a dead-man's switch. That it cannot be reached is logged: the switch itself is what raises the alarm. */
export function createHeartbeat(url: string | null, log: Log): Heartbeat {
  if (url === null) return async () => undefined;
  return async () => {
    try {
      await got(url, { timeout: { request: TIMEOUT_MS }, retry: { limit: 0 } });
    } catch (error) {
      log.warn({ code: error instanceof Error && 'code' in error ? error.code : undefined }, 'heartbeat not delivered');
    }
  };
}
