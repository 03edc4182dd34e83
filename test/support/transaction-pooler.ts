import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A pooler in front of a PostgreSQL server, in PgBouncer's session or transaction mode. */
export type Pooler = Readonly<{ port: number; close(): Promise<void> }>;

/** A client's way to the server. In transaction mode it is lent, from one ReadyForQuery outside a transaction to the next. */
type Backend = Readonly<{ socket: Socket; use(client: Socket, onIdle: () => void): void }>;

const READY_FOR_QUERY = 0x5a;
const TERMINATE = 0x58;
const IDLE = 0x49;

/**
 * Each client logs in to a connection of its own to the server, which then belongs to all: a transaction is given the one
 * that was free last, as PgBouncer does.
 */
export async function startTransactionPooler(serverPort: number): Promise<Pooler> {
  const [sockets, free]: [Set<Socket>, Backend[]] = [new Set(), []];
  const server = createServer((client) => {
    const backend = openBackend(serverPort);
    for (const socket of [client, backend.socket]) sockets.add(socket.on('error', () => socket.destroy()));
    let current: Backend | null = backend;
    const release = () => {
      if (current !== null) free.push(current);
      current = null;
    };
    backend.use(client, release);
    client.on('data', (chunk) => {
      if (chunk[0] === TERMINATE && current === null) return;
      if (current === null) {
        current = free.pop() ?? null;
        current?.use(client, release);
      }
      current?.socket.write(chunk);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function openBackend(port: number): Backend {
  const socket = connect(port, '127.0.0.1');
  let user: Readonly<{ client: Socket; onIdle: () => void }> | null = null;
  let unread = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    unread = Buffer.concat([unread, chunk]);
    // Type, then a length that counts itself.
    for (let end = endOf(unread); end !== null; end = endOf(unread)) {
      const message = unread.subarray(0, end);
      unread = unread.subarray(end);
      user?.client.write(message);
      if (message[0] === READY_FOR_QUERY && message[5] === IDLE) user?.onIdle();
    }
  });
  return {
    socket,
    use: (client, onIdle) => {
      user = { client, onIdle };
    },
  };
}

function endOf(bytes: Buffer): number | null {
  if (bytes.length < 5) return null;
  const end = 1 + bytes.readUInt32BE(1);
  return bytes.length < end ? null : end;
}
