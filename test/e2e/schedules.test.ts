import { describe, expect } from '@jest/globals';
import { DAY_MS, MINUTE_MS } from '../../src/domain/model/time.ts';
import type { RoundAnswer } from '../support/program-answers.ts';
import { story } from '../support/program-story.ts';
import { hasty } from '../support/program-world.ts';
import { storedPolls } from '../support/stored-polls.ts';
import { until } from '../support/until.ts';

const UNREADABLE = '0 0 30 2 *';

describe('a stored schedule that cannot be read', () => {
  story(
    'harms nobody, and is named with what to do',
    { database: 'PostgreSQL', tenants: 3, settings: hasty },
    async (world) => {
      const { database, json, run } = world;
      const [id = ''] = await world.importTenants();
      await database.raw.db.tenant.update({ where: { id }, data: { schedule: UNREADABLE } });

      expect(await json<RoundAnswer>(['poll'])).toMatchObject({ polled: 3, failed: 0 });
      const daemon = await world.daemon();
      const countPolls = async () => (await storedPolls(database.raw)).filter(({ tenantId }) => tenantId === id).length;
      await until('the tenant is polled over and over', async () => (await countPolls()) >= 4);
      expect((await daemon.request('/readyz')).status).toBe(200);
      daemon.kill('SIGTERM');
      await daemon.ended;

      const warnings = daemon
        .stderr()
        .split('\n')
        .filter((line) => line.includes('cannot be read'));
      expect(warnings).toHaveLength(1);
      expect(warnings[0]).toContain(id);
      const { stdout } = await run(['doctor']);
      expect(stdout).toContain(`“${UNREADABLE}” of ${id}`);
      expect((await run(['tenant', 'show', id])).stdout).toContain('polled as all');
    },
  );
});

describe('a daemon that begins with another schedule than polls were planned by', () => {
  story(
    'answers and polls although a tenant cannot be planned anew, and does so once it can',
    { database: 'PostgreSQL', tenants: 3, settings: hasty },
    async (world) => {
      const { db } = world.database.raw;
      const [kept = '', ...others] = await world.importTenants();
      await db.tenant.update({ where: { id: kept }, data: { nextPollAt: new Date(Date.now() + 7 * DAY_MS) } });
      const { promise: isOver, resolve: giveBack } = Promise.withResolvers<void>();
      const keeping = db.$transaction(
        async (held) => {
          await held.$executeRaw`SELECT 1 FROM "Tenant" WHERE "id" = ${kept} FOR UPDATE`;
          await isOver;
        },
        { timeout: 10 * MINUTE_MS },
      );
      const polledIds = async () => new Set((await storedPolls(world.database.raw)).map(({ tenantId }) => tenantId));

      const daemon = await world.daemon();
      expect((await daemon.request('/livez')).status).toBe(200);
      await until('all others are polled', async () => (await polledIds()).size === others.length);
      expect(await polledIds()).not.toContain(kept);

      giveBack();
      await keeping;
      await until('the tenant is polled, days before it was due', async () => (await polledIds()).has(kept));
    },
  );
});
