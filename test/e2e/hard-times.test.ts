import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect } from '@jest/globals';
import { HOUR_MS, SECOND_MS } from '../../src/domain/model/time.ts';
import type { MailAnswer } from '../support/program-answers.ts';
import { breakConnection, repairConnection, tenantAt } from '../support/program-connections.ts';
import { story, storyOnBoth } from '../support/program-story.ts';
import { startWire } from '../support/program-wire.ts';
import { type Daemon, hasty, type World } from '../support/program-world.ts';
import { clockOffBy } from '../support/shifted-clock.ts';
import { makeSmallDisk } from '../support/small-disk.ts';
import { until } from '../support/until.ts';

/** `MANY_TENANTS=100000 npm test -- test/e2e/hard-times.test.ts` adds as many as are promised; fewer keep the suite short. */
const MANY = Number(process.env.MANY_TENANTS ?? 3_000);
/** `AWAY_MS=300000` keeps the database away for the five minutes that are promised. */
const AWAY_MS = Number(process.env.AWAY_MS ?? 20 * SECOND_MS);

/** More than the megabytes below which a disk counts as full. */
const disk = makeSmallDisk(24);
afterAll(() => disk?.remove());

(disk === null ? describe.skip : describe)('A disk that is full', () => {
  const DATABASE_URL = `file:${join(disk?.folder ?? '', 'linkwatch.db')}`;
  story(
    'is named within seconds, loses nothing, and all goes on by itself when there is room',
    { database: 'SQLite', settings: { ...hasty, DATABASE_URL } },
    async (world) => {
      const { control, mails } = world;
      await world.importTenants();
      const daemon = await world.daemon();
      await polledAnew(world);
      await until('it is ready', async () => (await daemon.request('/readyz')).status === 200);
      disk?.fill();
      await until('it is not ready', async () => (await daemon.request('/readyz')).status === 503);
      expect((await daemon.request('/readyz')).body).toMatch(/disk of the database is full|are left on the disk/);
      expect((await daemon.request('/livez')).status).toBe(200);
      // What breaks meanwhile cannot be stored yet.
      breakConnection(control, tenantAt(control, 0));
      expect((await daemon.request('/readyz')).status).toBe(503);
      expect(mails()).toEqual([]);

      disk?.makeRoom();
      await until('the owner is told', () => mails().length === 1);
      await until('it is ready again', async () => (await daemon.request('/readyz')).status === 200);
      expect((await world.json<MailAnswer>(['mail', 'list'])).mail).toMatchObject([{ kind: 'alert', state: 'sent' }]);
      expect(daemon.isRunning()).toBe(true);
    },
  );
});

describe('A database that is gone for minutes', () => {
  story(
    'keeps the daemon alive and not ready; what broke meanwhile is told once it is back',
    { database: 'PostgreSQL', settings: hasty },
    async (world) => {
      const { control, mails } = world;
      const direct = new URL(world.database.url);
      const wire = await startWire(Number(direct.port));
      direct.port = `${wire.port}`;
      try {
        await world.importTenants();
        const daemon = await world.daemon({ DATABASE_URL: direct.href });
        await polledAnew(world);
        await wire.cut();
        const until503 = async () => (await daemon.request('/readyz')).status === 503;
        await until('it is not ready', until503);
        breakConnection(control, tenantAt(control, 0));
        for (const backAt = Date.now() + AWAY_MS; Date.now() < backAt; ) {
          expect((await daemon.request('/livez')).status).toBe(200);
          await until('a moment has passed', until503);
        }
        await wire.mend();
        await until('the owner is told', () => mails().length === 1);
        await until('it is ready again', async () => (await daemon.request('/readyz')).status === 200);
        expect(daemon.stderr()).toContain('the database cannot be reached');
        expect(daemon.isRunning()).toBe(true);
      } finally {
        await wire.close();
      }
    },
  );
});

describe('A clock that was an hour off', () => {
  for (const [which, offMs] of [
    ['ahead', HOUR_MS],
    ['behind', -HOUR_MS],
  ] as const) {
    storyOnBoth(
      `${which}, and is put right, loses no break and tells none twice`,
      { settings: hasty },
      async (world) => {
        const { control, mails } = world;
        await world.importTenants();
        const wrong = await world.daemon(clockOffBy(offMs, world.folder));
        await polledAnew(world);
        breakConnection(control, tenantAt(control, 0));
        await until('the owner is told by the wrong clock', () => mails().length === 1);
        await stop(wrong);

        const right = await world.daemon();
        await polledAnew(world);
        breakConnection(control, tenantAt(control, 1));
        await until('another owner is told by the right clock', () => mails().length === 2);
        repairConnection(control, tenantAt(control, 0));
        await until('the first is thanked', () => mails().length === 3);
        expect(mails().map(({ to }) => to[0])).toEqual([0, 1, 0].map((index) => tenantAt(control, index).contactEmail));
        await stop(right);
      },
    );
  }
});

describe('Very many tenants at once', () => {
  story(
    'are taken in while the daemon polls, which stays ready and goes on asking',
    // As it is by default; who has a token is to wait for no other's.
    { database: 'SQLite', settings: { ...hasty, CONSTANT_CONTACT_TOKEN_REQUESTS_PER_SECOND: '1' } },
    async (world) => {
      await world.importTenants();
      const daemon = await world.daemon();
      await polledAnew(world);
      const file = join(world.folder, 'many.csv');
      const lines = Array.from(
        { length: MANY },
        (_, n) => `Shop ${n},owner${n}@shop${n}.example,customer-${n},token-${n}`,
      );
      writeFileSync(file, ['name,owner,external_id,refresh_token', ...lines].join('\n'));
      const importing = world.run(['tenant', 'import', file, '--json']);
      let isDone = false;
      void importing.then(() => {
        isDone = true;
      });
      while (!isDone) {
        expect((await daemon.request('/livez')).status).toBe(200);
        await polledAnew(world);
      }
      const { exitCode, stdout } = await importing;
      expect({ exitCode, imported: JSON.parse(stdout).imported }).toEqual({ exitCode: 0, imported: MANY });
      await polledAnew(world);
      await stop(daemon);
      rmSync(file);
    },
  );
});

async function polledAnew({ control }: World): Promise<void> {
  const before = control.counters().requests.connections;
  await until('tenants are asked', () => control.counters().requests.connections >= before + 2);
}

async function stop(daemon: Daemon): Promise<void> {
  daemon.kill('SIGTERM');
  expect(await daemon.ended).toMatchObject({ exitCode: 0 });
}
