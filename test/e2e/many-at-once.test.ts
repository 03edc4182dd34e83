import { describe, expect } from '@jest/globals';
import { MINUTE_MS } from '../../src/domain/model/time.ts';
import type { RoundAnswer, TenantsAnswer } from '../support/program-answers.ts';
import { breakConnection, repairConnection } from '../support/program-connections.ts';
import { storyOnBoth } from '../support/program-story.ts';
import { hasty, type World } from '../support/program-world.ts';
import { until } from '../support/until.ts';

const RECHECK_AFTER_MS = 15 * MINUTE_MS;
const TENANTS = 12;

describe('several processes at once', () => {
  // A spent refresh token that comes again ends the grant here, as it may upstream.
  storyOnBoth(
    'refresh every grant once and double no mail, as three `poll` commands',
    // All of them break at once, which is not to be taken for the network's doing here.
    { tenants: TENANTS, sandbox: { reuseRevokes: true }, settings: { FLEET_MIN: '100' }, ownProcesses: true },
    async (world) => {
      const { control, json, letTimePass, mails } = world;
      const poll = () => json<RoundAnswer>(['poll'], { env: { GROUP_WAIT: '0s' } });
      const three = () => Promise.all([poll(), poll(), poll()]);
      await world.importTenants();
      await three();
      await expectWholeFleet(world);

      for (const tenant of control.tenants()) breakConnection(control, tenant);
      control.expireAccessTokens();
      await three();
      await letTimePass(RECHECK_AFTER_MS);
      control.expireAccessTokens();
      const rounds = await three();

      expect(rounds.map(({ polled, failed }) => [polled, failed])).toEqual(Array(3).fill([TENANTS, 0]));
      expect(rounds.reduce((sum, { mail }) => sum + mail.sent, 0)).toBe(TENANTS);
      expect(
        mails()
          .map(({ to }) => to[0])
          .toSorted(),
      ).toEqual(
        control
          .tenants()
          .map(({ contactEmail }) => contactEmail)
          .toSorted(),
      );
      expect(control.counters()).toMatchObject({ reusedRefreshTokens: 0, refreshes: 3 * TENANTS });
      await expectWholeFleet(world);
    },
  );

  storyOnBoth('send every mail once, as two daemons', { tenants: 4, settings: hasty }, async (world) => {
    const { control, mails } = world;
    await world.importTenants();
    const daemons = await Promise.all([world.daemon(), world.daemon()]);
    await until('every tenant has been polled', async () => (await world.database.raw.db.connection.count()) === 12);
    for (const tenant of control.tenants()) breakConnection(control, tenant);
    await until('every owner is told', () => mails().length >= 4);
    for (const tenant of control.tenants()) repairConnection(control, tenant);
    await until('every owner is thanked', () => mails().length >= 8);

    for (const daemon of daemons) daemon.kill('SIGTERM');
    for (const daemon of daemons) expect(await daemon.ended).toMatchObject({ exitCode: 0 });
    const subjects = mails().map(({ to, source }) => `${to} ${/^Message-ID: .*$/im.exec(source)}`);
    expect(new Set(subjects).size).toBe(8);
    expect(mails()).toHaveLength(8);
    expect(control.counters().reusedRefreshTokens).toBe(0);
  });
});

async function expectWholeFleet({ json, database }: World): Promise<void> {
  const { tenants } = await json<TenantsAnswer>(['tenant', 'list']);
  expect(tenants.map(({ state }) => state)).toEqual(Array(TENANTS).fill('active'));
  expect(await database.raw.db.connection.count()).toBe(3 * TENANTS);
  expect(await database.raw.db.poll.count({ where: { outcome: 'failed' } })).toBe(0);
}
