import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect } from '@jest/globals';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/model/time.ts';
import type { RoundAnswer } from '../support/program-answers.ts';
import { tenantAt } from '../support/program-connections.ts';
import { OPERATOR } from '../support/program-places.ts';
import { story } from '../support/program-story.ts';

const settings = { GROUP_WAIT: '0s', DIGEST_AT: '00:00' };

describe('a paused tenant', () => {
  story(
    'keeps its permission for as long as it is paused',
    { database: 'SQLite', tenants: 2, settings },
    async (world) => {
      const { control, json, run, letTimePass, mails } = world;
      const [id = '', other = ''] = await world.importTenants();
      await json(['poll']);
      for (const each of [id, other]) await json(['tenant', 'pause', each]);
      control.resetCounters();
      for (const days of [89, 1, 90]) {
        await letTimePass(days * DAY_MS);
        await json(['poll']);
      }
      expect(control.counters().requests).toMatchObject({ token: 4, connections: 0 });
      expect((await run(['status'])).stdout).not.toContain('permission');

      // What only a refresh can tell is said, though no poll is made, and no owner is mailed.
      control.revoke(tenantAt(control, 0).id);
      await letTimePass(91 * DAY_MS);
      await json(['poll']);
      const { stdout } = await run(['status']);
      expect(stdout).toContain('the permission of 1 tenant that is paused is refused');
      expect((await run(['doctor'])).stdout).toContain('the permission of 1 tenant that is paused is refused');
      expect(mails().filter(({ to }) => !to.includes(OPERATOR))).toEqual([]);
      await json(['tenant', 'resume', other]);
      expect(await json<RoundAnswer>(['poll'])).toMatchObject({ polled: 1, failed: 0 });
    },
  );
});

describe('refreshes that fail, but for a dead grant', () => {
  story(
    'are told the operator when five in a row have failed for a day, and end by themselves',
    { database: 'SQLite', tenants: 4, settings: { ...settings, DIGEST_AT: 'off' } },
    async (world) => {
      const { control, json, run, letTimePass, mails } = world;
      const [id = ''] = await world.importTenants();
      await json(['poll']);
      const { id: account } = tenantAt(control, 0);
      control.expireAccessTokens(account);
      await world.database.raw.db.credential.updateMany({ where: { tenantId: id }, data: { expiresAt: new Date(0) } });
      control.script({ tenantId: account, route: 'token', answer: { kind: 'status', status: 503 } });
      const kindNow = async () =>
        (await json<{ failing: { kind: string } | null }>(['tenant', 'show', id])).failing?.kind ?? null;
      const kinds: (string | null)[] = [];
      for (let poll = 0; poll < 6; poll += 1) {
        await letTimePass(6 * HOUR_MS);
        await json(['poll']);
        kinds.push(await kindNow());
      }
      expect(kinds).toEqual(['server', 'server', 'server', 'server', 'refresh_failed', 'refresh_failed']);
      expect((await run(['status'])).stdout).toContain('could not be refreshed, five times in a row');
      expect(mails()).toEqual([]);
      await run(['poll', '--json'], { env: { DIGEST_AT: '00:00' } });
      expect(mails()).toMatchObject([{ to: [OPERATOR], text: expect.stringContaining('could not be refreshed') }]);

      control.clearScript();
      await letTimePass(HOUR_MS);
      await json(['poll']);
      expect(await json(['tenant', 'show', id])).toMatchObject({ state: 'active', failing: null });
      expect((await run(['status'])).stdout).not.toContain('could not be refreshed');
    },
  );
});

describe('a database that was restored from a backup', () => {
  story(
    'whose refresh tokens have been replaced since says so',
    { database: 'SQLite', tenants: 3, settings: { ...settings, DIGEST_AT: 'off' } },
    async (world) => {
      const { control, json, run, letTimePass, mails, database, folder } = world;
      await world.importTenants();
      await json(['poll']);
      const backup = join(folder, 'backup.db');
      const file = fileURLToPath(database.url);
      await database.raw.db.$queryRawUnsafe('PRAGMA wal_checkpoint(TRUNCATE)');
      copyFileSync(file, backup);

      // The tokens are replaced, and the day's work is lost with the database.
      control.expireAccessTokens();
      await json(['poll', '--tenant', tenantAt(control, 0).name, '--tenant', tenantAt(control, 1).name]);
      await database.raw.db.$disconnect();
      for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
      copyFileSync(backup, file);
      await letTimePass(5 * HOUR_MS);

      expect(await json<RoundAnswer>(['poll'])).toMatchObject({ polled: 3, failed: 2 });
      await letTimePass(MINUTE_MS);
      for (const command of ['status', 'doctor']) {
        expect((await run([command])).stdout).toContain('if the database was restored from a backup');
      }
      await run(['poll'], { env: { DIGEST_AT: '00:00' } });
      const digest = mails().find(({ to }) => to.includes(OPERATOR));
      expect(digest?.text.replaceAll(/\s+/g, ' ')).toContain('if the database was restored from a backup');
    },
  );
});
