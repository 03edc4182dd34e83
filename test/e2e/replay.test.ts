import { describe, expect } from '@jest/globals';
import { MINUTE_MS } from '../../src/domain/model/time.ts';
import type { ReplayAnswer } from '../support/program-answers.ts';
import { breakConnection, connectionOf, repairConnection, tenantAt } from '../support/program-connections.ts';
import { storedRows } from '../support/program-secrets.ts';
import { story } from '../support/program-story.ts';
import type { World } from '../support/program-world.ts';

describe('`replay`', () => {
  story(
    'shows what other rules would have sent, and changes and sends nothing',
    { database: 'SQLite' },
    async (world) => {
      const owner = tenantAt(world.control, 0);
      const [tenantId = ''] = await world.importTenants();
      await pollAfter(world, 0);
      breakConnection(world.control, owner);
      for (const minutes of [0, 15, 2]) await pollAfter(world, minutes);
      repairConnection(world.control, owner);
      for (const minutes of [15, 15, 2]) await pollAfter(world, minutes);
      expect(world.mails()).toHaveLength(2);
      const before = await storedRows(world.database.raw);

      const about = [{ network: 'facebook', accountId: connectionOf(owner).accountId, action: 'reconnect' }];
      const told = ['alert', 'recovered'].map((kind) => ({
        kind,
        to: [owner.contactEmail],
        about,
        difference: 'none',
      }));
      expect(await replay(world)).toMatchObject({
        settings: {},
        totals: { alert: { would: 1, was: 1 }, recovered: { would: 1, was: 1 } },
        tenants: [{ id: tenantId, name: owner.name, would: told, was: told }],
      });
      const unsent = told.map((mail) => ({ ...mail, difference: 'only_was', otherAt: null }));
      expect(await replay(world, '--set', 'CONFIRM_POLLS=4')).toMatchObject({
        settings: { CONFIRM_POLLS: '4' },
        totals: { alert: { would: 0, was: 1 }, recovered: { would: 0, was: 1 } },
        tenants: [{ id: tenantId, would: [], was: unsent }],
      });
      expect(await storedRows(world.database.raw)).toEqual(before);
      expect(world.mails()).toHaveLength(2);
    },
  );
});

async function pollAfter(world: World, minutes: number): Promise<void> {
  await world.letTimePass(minutes * MINUTE_MS);
  await world.json(['poll']);
}

function replay(world: World, ...args: readonly string[]): Promise<ReplayAnswer> {
  return world.json<ReplayAnswer>(['replay', ...args]);
}
