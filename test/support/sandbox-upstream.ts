import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';

export type Upstream = Readonly<{ apiUrl: string; authUrl: string; origin: string }>;

/** Runs a test against a server that answers as told: what the sandbox would never do. */
export async function withHttp<T>(listener: RequestListener, test: (upstream: Upstream) => Promise<T>): Promise<T> {
  const server = createHttpServer(listener);
  return serve(server, 'http', test).finally(() => server.closeAllConnections());
}

export async function withHttps<T>(
  { cert, key, listener }: Readonly<{ cert: string; key: string; listener: RequestListener }>,
  test: (upstream: Upstream) => Promise<T>,
): Promise<T> {
  const server = createHttpsServer({ cert, key }, listener);
  return serve(server, 'https', test).finally(() => server.closeAllConnections());
}

/** Bytes instead of HTTP. */
export async function withTcp<T>(
  onConnection: (socket: Socket) => void,
  test: (upstream: Upstream) => Promise<T>,
  scheme: 'http' | 'https' = 'http',
): Promise<T> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    onConnection(socket);
  });
  return serve(server, scheme, test).finally(() => {
    for (const socket of sockets) socket.destroy();
  });
}

/** A port on which nobody listens. */
export async function refusedPort(): Promise<number> {
  const server = createTcpServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function serve<T>(server: Server, scheme: string, test: (upstream: Upstream) => Promise<T>): Promise<T> {
  const origin = `${scheme}://127.0.0.1:${await listen(server)}`;
  try {
    return await test({ origin, apiUrl: `${origin}/v3`, authUrl: `${origin}/oauth2/default/v1` });
  } finally {
    server.close();
  }
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
