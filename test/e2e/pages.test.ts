import { describe, expect } from '@jest/globals';
import { DAY_MS, MINUTE_MS } from '../../src/domain/model/time.ts';
import { connectionOf, tenantAt } from '../support/program-connections.ts';
import { pagesOf } from '../support/program-pages.ts';
import { story } from '../support/program-story.ts';
import type { World } from '../support/program-world.ts';

const lostPages = ["Jane's Bakery", "Jane's Catering", 'Cakes', 'Bread'].map((name) => ({ name, accessible: false }));
const NAMES = /It concerns these pages: Jane.s Bakery, Jane.s Catering, Cakes, and 1 more page\./;

describe('pages that can no longer be posted to', () => {
  story(
    'are named in the mail, on the page and in the answer, and nowhere once they are back',
    { database: 'PostgreSQL' },
    async (world) => {
      const owner = tenantAt(world.control, 0);
      const [tenantId = ''] = await world.importTenants();
      await world.json(['poll']);
      world.control.setPages(owner.id, connectionOf(owner), [...lostPages, { name: 'Tea', accessible: true }]);
      await world.letTimePass(DAY_MS);
      await pollUntilTold(world);

      const [mail] = world.mails();
      expect(mail).toMatchObject({
        to: [owner.contactEmail],
        subject: expect.stringMatching(/^Check the pages of Facebook/),
      });
      expect(mail?.text).toMatch(NAMES);
      expect(await everyOwnersPage(world)).toMatch(NAMES);
      const pages = { named: lostPages.slice(0, 3).map(({ name }) => name), more: 1 };
      expect(await brokenOf(tenantId, world)).toMatchObject([
        { conditions: ['page_unreachable'], action: 'choose_profile', pages },
      ]);

      world.control.setPages(owner.id, connectionOf(owner), [{ name: 'Tea', accessible: true }]);
      await pollUntilTold(world);
      expect(world.mails()[1]?.subject).toMatch(/works again$/);
      expect(await everyOwnersPage(world)).not.toMatch(/It concerns/);
      expect(await brokenOf(tenantId, world)).toEqual([]);
    },
  );
});

/** The first look, the second one, and the mail. */
async function pollUntilTold({ json, letTimePass }: World): Promise<void> {
  await json(['poll']);
  await letTimePass(15 * MINUTE_MS);
  await json(['poll']);
  await letTimePass(2 * MINUTE_MS);
  await json(['poll']);
}

async function everyOwnersPage(world: World): Promise<string> {
  const daemon = await world.daemon({ POLL_SCHEDULE: '0 0 1 1 *' });
  const answers = await Promise.all((await pagesOf(world)).map((path) => daemon.request(path)));
  daemon.kill('SIGTERM');
  await daemon.ended;
  return answers.map(({ body }) => body.replaceAll('&#39;', "'")).join('\n');
}

async function brokenOf(tenantId: string, { json }: World): Promise<readonly unknown[]> {
  type Status = { connections: readonly { health: string }[] };
  const { connections } = await json<Status>(['status', '--tenant', tenantId]);
  return connections.filter(({ health }) => health === 'broken');
}
