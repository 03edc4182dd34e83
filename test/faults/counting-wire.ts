import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** The network between the program and a server, which counts what the server says. */
export type CountingWire = Readonly<{
  port: number;
  /** Counts from here on; the n-th answer, 0: none, passes when `hold` has come to its end. */
  arm(nth: number, hold: () => Promise<void>): void;
  counted(): number;
  close(): Promise<void>;
}>;

/** Leads from a port of its own to a server's, both on loopback. */
export async function startCountingWire(serverPort: number): Promise<CountingWire> {
  const sockets = new Set<Socket>();
  let armed = { nth: 0, hold: async () => {} };
  let count = 0;

  async function passed(): Promise<void> {
    count += 1;
    if (count === armed.nth) await armed.hold();
  }

  const server = createServer((near) => {
    const far = connect(serverPort, '127.0.0.1');
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy()).on('close', () => sockets.delete(socket));
    }
    near.on('close', () => far.destroy()).pipe(far);
    void passOn(far, near, passed);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    arm(nth, hold) {
      armed = { nth, hold };
      count = 0;
    },
    counted: () => count,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Piece by piece, each when it may. */
async function passOn(from: Socket, to: Socket, passed: () => Promise<void>): Promise<void> {
  try {
    for await (const piece of from) {
      await passed();
      to.write(piece);
    }
    to.end();
  } catch {
    to.destroy();
  }
}
