import { describe, expect } from '@jest/globals';
import { SECOND_MS } from '../../src/domain/model/time.ts';
import type { RoundAnswer, TenantsAnswer } from '../support/program-answers.ts';
import { tenantAt } from '../support/program-connections.ts';
import { withOutage } from '../support/program-outage.ts';
import { OPERATOR } from '../support/program-places.ts';
import { story, storyOnBoth } from '../support/program-story.ts';
import { type Daemon, hasty, type World } from '../support/program-world.ts';
import { until } from '../support/until.ts';

/** A spent refresh token that comes again ends the grant here, as it may upstream. */
const sandbox = { reuseRevokes: true };
const WAITS = 'a new grant waits to be stored';
const IS_STORED = 'the new grant that waited is stored';

describe('the database is away while grants are refreshed', () => {
  const tenants = 6;

  storyOnBoth('and no grant is lost, and no owner mailed', { tenants, sandbox, settings: hasty }, async (world) => {
    await withOutage(world, async (outage) => {
      await world.importTenants();
      answerTokensLate(world, { ms: 2 * SECOND_MS, times: tenants });
      const daemon = await world.daemon(outage.env);
      await everyTokenPresented(world, tenants);
      const backAt = Date.now() + (outage.env.DATABASE_URL === undefined ? 25 : 8) * SECOND_MS;
      await outage.begin();
      await until('the outage has lasted long', () => Date.now() > backAt);
      await outage.end();

      // A stop waits for the grants that are still to be stored, however slowly the database takes them.
      daemon.kill('SIGTERM');
      expect(await daemon.ended).toMatchObject({ exitCode: 0 });
      expect(count(daemon, 'may have to authorise again')).toBe(0);
      await expectEveryGrantToWork(world, tenants);
    });
  });

  storyOnBoth('and a stop waits for it', { sandbox, settings: hasty }, async (world) => {
    await withOutage(world, async (outage) => {
      await world.importTenants();
      answerTokensLate(world, { ms: 2 * SECOND_MS, times: 2 });
      const daemon = await world.daemon(outage.env);
      await everyTokenPresented(world, 2);
      await outage.begin();
      await until('every new grant waits', () => count(daemon, WAITS) === 2);
      daemon.kill('SIGTERM');
      await until('the daemon stops', () => count(daemon, 'stopping') === 1);
      await outage.end();

      expect(await daemon.ended).toMatchObject({ exitCode: 0 });
      expect(count(daemon, IS_STORED)).toBe(2);
      await expectEveryGrantToWork(world, 2);
    });
  });

  storyOnBoth('and a stop that waits in vain names the tenants', { sandbox, settings: hasty }, async (world) => {
    await withOutage(world, async (outage) => {
      const ids = await world.importTenants();
      answerTokensLate(world, { ms: 2 * SECOND_MS, times: 2 });
      const daemon = await world.daemon(outage.env);
      await everyTokenPresented(world, 2);
      await outage.begin();
      await until('every new grant waits', () => count(daemon, WAITS) === 2);
      daemon.kill('SIGTERM');

      expect(await daemon.ended).toMatchObject({ exitCode: 0 });
      const [line = '{}'] = linesWith(daemon, 'may have to authorise again');
      const { level, notStored } = JSON.parse(line);
      expect({ level, notStored: notStored?.toSorted() }).toEqual({ level: 'error', notStored: ids.toSorted() });
    });
  });
});

describe('a refresh token that one tenant has', () => {
  story(
    'is refused for another one, before and after its first refresh',
    { database: 'PostgreSQL', sandbox },
    async (world) => {
      const { control, run, json } = world;
      const { tokens } = tenantAt(control, 0);
      const [id, other = ''] = await world.importTenants();
      const twin = ['tenant', 'add', '--name', 'Twin', '--owner', 'twin@shop.example', '--refresh-token', '-'];
      const expectRefused = async (args: readonly string[]) => {
        const { exitCode, stderr } = await run(args, { stdin: `${tokens.refreshToken}\n` });
        expect({ exitCode, stderr }).toMatchObject({
          exitCode: 1,
          stderr: expect.stringContaining(`that of tenant ${id}`),
        });
      };
      await expectRefused(twin);
      expect(await json<RoundAnswer>(['poll'])).toMatchObject({ polled: 2, failed: 0 });
      await expectRefused(twin);
      await expectRefused(['tenant', 'update', other, '--refresh-token', '-']);
      await expectEveryGrantToWork(world, 2);
    },
  );
});

describe('an answer that comes later than REQUEST_TIMEOUT', () => {
  story('is stored by a `poll` that has told its failure by then', { database: 'SQLite', sandbox }, async (world) => {
    await world.importTenants();
    answerTokensLate(world, { ms: 3_000, times: 2 });
    const impatient = { env: { REQUEST_TIMEOUT: '500ms' } };
    expect(await world.json<RoundAnswer>(['poll'], impatient)).toMatchObject({ polled: 2, failed: 2 });
    expect(await world.json<RoundAnswer>(['poll'])).toMatchObject({ polled: 2, failed: 0 });
    expect(world.control.counters().refreshes).toBe(2);
    await expectEveryGrantToWork(world, 2);
  });

  story('is stored by a `poll` that is told to stop', { database: 'PostgreSQL', sandbox }, async (world) => {
    await world.importTenants();
    answerTokensLate(world, { ms: 1_500, times: 2 });
    const poll = world.begin(['poll']);
    await everyTokenPresented(world, 2);
    poll.kill('SIGTERM');

    const { exitCode, stderr } = await poll.ended;
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('stopped before its end'),
    });
    expect(await world.json<RoundAnswer>(['poll'])).toMatchObject({ polled: 2, failed: 0 });
    expect(world.control.counters().refreshes).toBe(2);
    await expectEveryGrantToWork(world, 2);
  });
});

function answerTokensLate({ control }: World, { ms, times }: Readonly<{ ms: number; times: number }>): void {
  control.script({ route: 'token', times, answer: { kind: 'usual', delayMs: ms } });
}

async function everyTokenPresented({ control }: World, tenants: number): Promise<void> {
  await until('every refresh token is presented', () => control.counters().requests.token === tenants);
}

/** The grants that are stored can be refreshed once more; nothing was ever presented twice. */
async function expectEveryGrantToWork({ control, json, mails }: World, tenants: number): Promise<void> {
  control.expireAccessTokens();
  expect(await json<RoundAnswer>(['poll'])).toMatchObject({ polled: tenants, failed: 0 });
  const listed = await json<TenantsAnswer>(['tenant', 'list']);
  expect(listed.tenants.map(({ state }) => state)).toEqual(Array(tenants).fill('active'));
  expect(control.counters().reusedRefreshTokens).toBe(0);
  expect(mails().filter(({ to }) => !to.includes(OPERATOR))).toEqual([]);
}

function count(daemon: Daemon, message: string): number {
  return linesWith(daemon, message).length;
}

function linesWith(daemon: Daemon, message: string): readonly string[] {
  return daemon
    .stderr()
    .split('\n')
    .filter((line) => line.includes(message));
}
