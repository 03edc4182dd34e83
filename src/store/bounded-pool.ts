import { Socket } from 'node:net';
import type { PrismaPg } from '@prisma/adapter-pg';
import type { Waits } from './waits.ts';

type Pool = Exclude<ConstructorParameters<typeof PrismaPg>[0], string>;
type Options = Extract<Pool, { connectionTimeoutMillis?: unknown }>;

/** An idle connection is closed before anybody can take its silence for a frozen one. */
const UNUSED_MS = 10_000;
const KEEP_ALIVE_MS = 10_000;
/** The answer that ends a statement for lack of time needs a moment itself. */
const SLACK_MS = 5_000;

/**
 * Bounds every wait for PostgreSQL where it can be bounded. The server ends statements, waits for locks and idle
 * transactions, and so always gives an answer. Where no answer comes the network or the server is gone, and the
 * connection is given up. What DATABASE_URL says about these times counts.
 */
export function boundedPool(parameters: URLSearchParams, { connectMs, statementMs, lockMs, idleMs }: Waits): Options {
  const ofServer = {
    statement_timeout: statementMs,
    lock_timeout: lockMs,
    idle_in_transaction_session_timeout: idleMs,
  };
  const set = Object.entries(ofServer).filter(([name]) => !parameters.has(name));
  const longestMs = Number(parameters.get('statement_timeout') ?? statementMs);
  return {
    connectionTimeoutMillis: connectMs,
    idleTimeoutMillis: UNUSED_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    stream: () => (longestMs === 0 ? new Socket() : impatientSocket(Math.max(longestMs, idleMs) + SLACK_MS)),
    // By a statement: poolers such as PgBouncer refuse these names when a connection begins.
    onConnect: async (client) => {
      const calls = set.map(([name, ms]) => `set_config('${name}', '${ms}', false)`);
      if (calls.length > 0) await client.query(`SELECT ${calls.join(', ')}`);
    },
  };
}

/** Ends with an error when nothing comes or goes for so long. */
function impatientSocket(silentMs: number): Socket {
  const socket = new Socket();
  return socket.setTimeout(silentMs, () => {
    socket.destroy(new Error(`PostgreSQL has not answered for ${Math.round(silentMs / 1000)} s`));
  });
}
