import { expect, it } from '@jest/globals';
import { SECOND_MS } from '../../src/domain/model/time.ts';
import { lockFile } from '../support/locked-file.ts';
import { startWire } from '../support/program-wire.ts';
import { type Daemon, hasty, type World, withWorld } from '../support/program-world.ts';
import { until } from '../support/until.ts';

const LOCKED = 'the database is locked: another program has been writing to it for too long';

it('a frozen PostgreSQL makes the daemon not ready within seconds, and all goes on when it answers again', async () => {
  await withWorld({ database: 'PostgreSQL', settings: hasty }, async (world) => {
    const direct = new URL(world.database.url);
    const wire = await startWire(Number(direct.port));
    direct.port = `${wire.port}`;
    try {
      await world.importTenants();
      const daemon = await world.daemon({ DATABASE_URL: direct.href });
      await until('the daemon is ready', async () => (await readyz(daemon)).status === 200);

      wire.freeze();
      const began = Date.now();
      const frozen = await until('the daemon is not ready', async () => {
        const answer = await readyz(daemon);
        expect(answer.tookMs).toBeLessThan(6 * SECOND_MS);
        return answer.status === 503 && answer;
      });
      expect(Date.now() - began).toBeLessThan(10 * SECOND_MS);
      expect(frozen.body).toContain('"database":"it has not answered within 3 s"');
      expect((await timed(daemon, '/livez')).tookMs).toBeLessThan(SECOND_MS);

      await wire.mend();
      await expectRoundsToGoOn(world);
      await until('the daemon is ready again', async () => (await readyz(daemon)).status === 200);
    } finally {
      await wire.close();
    }
  });
});

it('a locked SQLite file keeps nobody waiting, is named in plain words, and all goes on when it is free', async () => {
  await withWorld({ database: 'SQLite', settings: hasty }, async (world) => {
    const [id = ''] = await world.importTenants();
    const daemon = await world.daemon();
    await until('the daemon polls', () => world.control.counters().requests.connections > 2);
    const lock = lockFile(world.database.url);
    try {
      const lockedUntil = Date.now() + 12 * SECOND_MS;
      let stalledMs = 0;
      while (Date.now() < lockedUntil) {
        const { tookMs } = await timed(daemon, '/livez');
        if (tookMs > SECOND_MS) stalledMs += tookMs;
      }
      // A busy machine keeps an answer now and then; a daemon that waits for the lock with all its work, for 5 s each time.
      expect(stalledMs).toBeLessThan(4 * SECOND_MS);
      const began = Date.now();
      expect(await world.run(['status'])).toMatchObject({ exitCode: 0 });
      expect(Date.now() - began).toBeLessThan(10 * SECOND_MS);

      const paused = await world.run(['tenant', 'pause', id]);
      expect(paused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(`error: ${LOCKED}.`) });
      const polled = await world.run(['poll'], { env: { LOG_FORMAT: 'json' } });
      expect(polled.exitCode).toBe(1);
      expect(logged(polled.stderr, LOCKED)).toHaveLength(1);
      expect(paused.stderr + polled.stderr).not.toMatch(/prisma|node_modules|timed out/i);
    } finally {
      lock.release();
    }
    expect(logged(daemon.stderr(), LOCKED).length).toBeLessThan(12);
    expect(daemon.stderr()).not.toMatch(/prisma|node_modules|timed out|a scheduled job was missed/i);
    await expectRoundsToGoOn(world);
  });
});

async function timed(daemon: Daemon, path: string) {
  const began = performance.now();
  const answer = await daemon.request(path);
  return { ...answer, tookMs: performance.now() - began };
}

function logged(stderr: string, text: string): readonly string[] {
  return stderr.split('\n').filter((line) => line.startsWith('{') && line.includes(text));
}

const readyz = (daemon: Daemon) => timed(daemon, '/readyz');

async function expectRoundsToGoOn({ control }: World): Promise<void> {
  const before = control.counters().requests.connections;
  const began = Date.now();
  await until('tenants are asked again', () => control.counters().requests.connections >= before + 4);
  expect(Date.now() - began).toBeLessThan(40 * SECOND_MS);
}
