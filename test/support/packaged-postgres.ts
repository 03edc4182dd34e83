import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../src/store/database.ts';
import type { DatabaseServer } from './database-server.ts';
import { freePort } from './free-port.ts';
import { until } from './until.ts';

/** As Debian's packages lay them, a folder for each version. */
const PACKAGES = '/usr/lib/postgresql';

/** Where the programs of a packaged server are, `pg_dump` of the same version among them; null without such a package. */
export function packagedPostgres(): string | null {
  if (!existsSync(PACKAGES)) return null;
  const folders = readdirSync(PACKAGES).map((version) => join(PACKAGES, version, 'bin'));
  const programs = ['initdb', 'postgres', 'pg_dump', 'pg_restore'];
  return folders.find((folder) => programs.every((name) => existsSync(join(folder, name)))) ?? null;
}

/** A server of its own, beside the one that most tests use: that one is newer than any package of `pg_dump`. */
export async function startPackagedPostgres(programs: string): Promise<DatabaseServer> {
  const folder = mkdtempSync(join(tmpdir(), 'linkwatch-packaged-'));
  const user = userOf(folder);
  execFileSync(join(programs, 'initdb'), ['-D', join(folder, 'data'), '-U', 'linkwatch', '-A', 'trust', '-E', 'UTF8'], {
    stdio: 'pipe',
    cwd: folder,
    ...user,
  });
  const port = await freePort();
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'fsync=off', `unix_socket_directories=${folder}`];
  const server = spawn(
    join(programs, 'postgres'),
    ['-D', join(folder, 'data'), ...settings.flatMap((setting) => ['-c', setting])],
    { stdio: 'ignore', cwd: folder, ...user },
  );
  const url = `postgresql://linkwatch:unused@127.0.0.1:${port}/postgres`;
  await until('the server answers', async () => {
    const { db } = openDatabase(url);
    return await db.$queryRawUnsafe('SELECT 1').then(
      async () => {
        await db.$disconnect();
        return true;
      },
      () => false,
    );
  });
  return {
    url,
    stop: async () => {
      server.kill('SIGINT');
      await once(server, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root: then as the user that its package has made. */
function userOf(folder: string): Readonly<{ uid?: number; gid?: number }> {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] = ['-u', '-g'].map((which) => Number(execFileSync('id', [which, 'postgres'], { encoding: 'utf8' })));
  if (uid === undefined || gid === undefined) return {};
  chownSync(folder, uid, gid);
  return { uid, gid };
}
