import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** The network between the program and a server, which can fail while the server goes on. */
export type Wire = Readonly<{
  port: number;
  /** Nobody listens there any more, and every connection is cut. */
  cut(): Promise<void>;
  /** From now on nothing passes, and nobody is told: connections stay, and new ones are made. */
  freeze(): void;
  /** The same port leads to the server again. */
  mend(): Promise<void>;
  /** From now on such an answer, and all after it, never arrive; resolves when the server has given the first. */
  lose(answer: RegExp): Promise<void>;
  close(): Promise<void>;
}>;

type Loss = Readonly<{ answer: RegExp; happened: () => void }>;

/** Leads from a port of its own to a server's, both on loopback. */
export async function startWire(serverPort: number): Promise<Wire> {
  const sockets = new Set<Socket>();
  let loss: Loss | null = null;
  let isFrozen = false;
  const server = createServer((near) => {
    const far = connect(serverPort, '127.0.0.1');
    for (const socket of [near, far]) sockets.add(socket.on('close', () => sockets.delete(socket)));
    join(near, far, () => (isFrozen ? 'all' : loss));
  });
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  const cut = async () => {
    const closed = server.listening ? once(server, 'close') : null;
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    cut,
    freeze: () => {
      isFrozen = true;
    },
    mend: async () => {
      loss = null;
      // What was lost in between would be missing from every connection that is left.
      if (isFrozen) await cut();
      isFrozen = false;
      if (!server.listening) await listen(port);
    },
    lose: (answer) =>
      new Promise((happened) => {
        loss = { answer, happened };
      }),
    close: cut,
  };
}

function join(near: Socket, far: Socket, lossNow: () => Loss | 'all' | null): void {
  near.on('data', (chunk) => lossNow() === 'all' || far.write(chunk));
  far.on('data', (chunk) => {
    const loss = lossNow();
    if (loss === 'all') return;
    if (loss?.answer.test(chunk.toString('latin1'))) {
      loss.happened();
      far.removeAllListeners('data').resume();
    } else {
      near.write(chunk);
    }
  });
  for (const [socket, other] of [
    [near, far],
    [far, near],
  ] as const) {
    const close = () => lossNow() === 'all' || other.destroy();
    socket.on('error', close).on('close', close);
  }
}
