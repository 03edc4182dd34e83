import type { Server } from 'node:http';
import type { Socket } from 'node:net';

type ConnectionBounds = Readonly<{
  /** Connections on which no request is being answered: nothing sent yet, half a request, or kept alive. */
  quiet: number;
  /** Connections of any kind; above it a new one is closed at once. */
  all: number;
}>;

/**
 * Bounds the number of connections. Whoever opens them and sends nothing would otherwise keep everybody else out, the
 * health checks included, so a new connection takes the place of the one that has been quiet for longest.
 */
export function boundConnections(server: Server, { quiet, all }: ConnectionBounds): void {
  server.maxConnections = all;
  // A set remembers the order in which its members came.
  const quietSockets = new Set<Socket>();
  const nowQuiet = (socket: Socket) => {
    if (!socket.writableEnded) quietSockets.add(socket);
    const [longest] = quietSockets;
    if (quietSockets.size > quiet) longest?.destroy();
  };
  server.on('connection', (socket: Socket) => {
    socket.once('close', () => quietSockets.delete(socket));
    nowQuiet(socket);
  });
  server.on('request', ({ socket }, response) => {
    quietSockets.delete(socket);
    response.once('close', () => nowQuiet(socket));
  });
}
