import {
  copyFileSync,
  existsSync,
  linkSync,
  readdirSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect } from '@jest/globals';
import { HOUR_MS } from '../../src/domain/model/time.ts';
import { fileOf } from '../../src/store/database.ts';
import type { MailAnswer } from '../support/program-answers.ts';
import { breakConnection, tenantAt } from '../support/program-connections.ts';
import { story } from '../support/program-story.ts';
import { type Daemon, hasty, type World } from '../support/program-world.ts';
import { until } from '../support/until.ts';

type StatusAnswer = Readonly<{ monitor: { problems: readonly { what: string; detail: string; remedy: string }[] } }>;

describe('a copy of the database', () => {
  story(
    'is made while the daemon polls, and sends nothing twice when it is restored',
    { database: 'SQLite', tenants: 3, settings: { ...hasty, GROUP_WAIT: '25s' }, ownProcesses: true },
    async (world) => {
      const { control, mails, json } = world;
      const copy = join(world.folder, 'copy.db');
      await world.importTenants();
      const first = await world.daemon();
      await polledAnew(world, 6);
      breakConnection(control, tenantAt(control, 0));
      await until('an alert waits', async () => (await mailIn(world, 'pending')).length === 1);

      expect(await json(['db', 'backup', 'copy.db'])).toMatchObject({ file: copy, bytes: expect.any(Number) });
      expect(statSync(copy).mode & 0o777).toBe(0o600);
      await polledAnew(world, 3);
      expect(await world.run(['db', 'restore', 'copy.db', '--replace'])).toMatchObject({
        exitCode: 1,
        stderr: expect.stringContaining('is in use: Linkwatch'),
      });

      await until('the alert arrives', () => mails().length === 1);
      // Found and told after the copy was made.
      breakConnection(control, tenantAt(control, 1));
      await until('the next alert arrives', () => mails().length === 2);
      await stop(first);

      expect(await world.run(['db', 'restore', 'copy.db'])).toMatchObject({
        exitCode: 1,
        stderr: expect.stringContaining('holds 3 tenants, and is not replaced'),
      });
      expect(await json(['db', 'restore', 'copy.db', '--replace'])).toMatchObject({ tenants: 3, held: 1 });
      const second = await world.daemon();
      await until('what may have been told is held', async () => (await mailIn(world, 'held')).length === 2);
      await polledAnew(world, 6);
      expect(mails()).toHaveLength(2);
      expect((await mailIn(world, 'held')).map(({ reason }) => reason)).toEqual(['held_restored', 'held_restored']);
      const { monitor } = await json<StatusAnswer>(['status']);
      expect(monitor.problems.find(({ what }) => what === 'hold')?.detail).toMatch(/restored, and knows nothing from/);

      breakConnection(control, tenantAt(control, 2));
      await until('what broke since then is told', () => mails().length === 3);
      expect(await json(['mail', 'discard', '--all'])).toMatchObject({
        changed: [expect.any(String), expect.any(String)],
      });
      expect((await json<StatusAnswer>(['status'])).monitor.problems.filter(({ what }) => what === 'hold')).toEqual([]);
      await stop(second);
    },
  );

  story(
    'that is damaged, or none of ours, leaves the database as it was',
    { database: 'SQLite', ownProcesses: true },
    async (world) => {
      await world.importTenants();
      await world.run(['db', 'backup', 'copy.db']);
      const [copy, torn, text] = ['copy.db', 'torn.db', 'text.db'].map((name) => join(world.folder, name)) as [
        string,
        string,
        string,
      ];
      copyFileSync(copy, torn);
      truncateSync(torn, Math.floor(statSync(torn).size / 2));
      writeFileSync(text, 'no database at all '.repeat(100));
      for (const file of [torn, text, `${copy}-none`]) {
        expect(await world.run(['db', 'restore', file, '--replace'])).toMatchObject({ exitCode: 1 });
      }
      expect(await world.json(['tenant', 'list'])).toMatchObject({ tenants: [{}, {}] });
      expect(readdirSync(dirname(fileOf(world.database.url))).filter((name) => /restor|replaced/.test(name))).toEqual(
        [],
      );
    },
  );

  story(
    'takes the place of a file alone, and never of the database',
    { database: 'SQLite', ownProcesses: true },
    async (world) => {
      await world.importTenants();
      const database = fileOf(world.database.url);
      const [folder, file] = [dirname(database), basename(database)];
      const linked = join(world.folder, 'linked');
      symlinkSync(folder, linked);
      linkSync(database, join(folder, 'same-file'));
      symlinkSync('/dev/null', join(world.folder, 'device'));
      const ours = ['', '-wal', '-shm', '-journal'].map((suffix) => join(folder, `${file}${suffix}`));
      for (const target of [...ours, join(linked, file), join(folder, 'same-file')]) {
        expect({ target, ...(await world.run(['db', 'backup', target, '--replace'])) }).toMatchObject({
          target,
          exitCode: 1,
          stderr: expect.stringContaining('is the database itself, or a part of it'),
        });
      }
      for (const target of [folder, 'device']) {
        expect({ target, ...(await world.run(['db', 'backup', target, '--replace'])) }).toMatchObject({
          target,
          exitCode: 1,
          stderr: expect.stringContaining('is no regular file'),
        });
      }
      expect(await world.run(['db', 'restore', database, '--replace'])).toMatchObject({
        exitCode: 1,
        stderr: expect.stringContaining('is the database itself'),
      });
      expect(await world.json(['tenant', 'list'])).toMatchObject({ tenants: [{}, {}] });
    },
  );

  story(
    'leaves nothing unfinished behind, is restored without being erased, and with a word about a key that is missing',
    { database: 'SQLite', ownProcesses: true },
    async (world) => {
      await world.importTenants();
      const besides = `${fileOf(world.database.url)}.restored`;
      await world.run(['db', 'backup', besides]);
      expect(await world.run(['db', 'restore', besides, '--replace'])).toMatchObject({
        exitCode: 1,
        stderr: expect.stringContaining('has a name that restoring itself uses'),
      });
      const copy = join(world.folder, 'copy.db');
      // No process has a number as large as that.
      const left = ['', '-journal'].map((suffix) => `${copy}.99999999.partial${suffix}`);
      const others = [`${copy}.${process.pid}.partial`, `${copy}.old`];
      const growing = `${copy}.99999998.partial`;
      for (const file of [...left, ...others, growing]) writeFileSync(file, 'unfinished');
      const longAgo = new Date(Date.now() - HOUR_MS);
      for (const file of [...left, ...others]) utimesSync(file, longAgo, longAgo);
      await world.run(['db', 'backup', copy]);
      expect([...left, ...others, growing].filter((file) => existsSync(file))).toEqual([...others, growing]);
      const restore = ['db', 'restore', copy, '--replace'];
      const kept = [await world.json<Restored>(restore), await world.json<Restored>(restore)];
      expect(new Set(kept.map(({ keptAs }) => keptAs)).size).toBe(2);
      expect(kept.map(({ lackingKeys }) => lackingKeys)).toEqual([null, null]);
      const { stdout } = await world.run(restore, { env: { ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64') } });
      expect(stdout).toMatch(/Of its secrets 2 were sealed with key \w+, which ENCRYPTION_KEY does not have/);
    },
  );
});

type Restored = Readonly<{ keptAs: string | null; lackingKeys: string | null }>;

async function mailIn({ json }: World, state: string) {
  const { mail } = await json<MailAnswer>(['mail', 'list']);
  return mail.filter((one) => one.state === state);
}

async function polledAnew({ control }: World, polls: number): Promise<void> {
  const before = control.counters().requests.connections;
  await until('tenants are asked', () => control.counters().requests.connections >= before + polls);
}

async function stop(daemon: Daemon): Promise<void> {
  daemon.kill('SIGTERM');
  expect(await daemon.ended).toMatchObject({ exitCode: 0 });
}
