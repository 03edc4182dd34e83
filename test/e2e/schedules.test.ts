import { describe, expect } from '@jest/globals';
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
