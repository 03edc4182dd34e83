import { describe, expect } from '@jest/globals';
import { MINUTE_MS, SECOND_MS } from '../../src/domain/model/time.ts';
import { breakConnection, tenantAt } from '../support/program-connections.ts';
import { storyOnBoth } from '../support/program-story.ts';
import { hasty, type World } from '../support/program-world.ts';
import { storedPolls } from '../support/stored-polls.ts';
import { until } from '../support/until.ts';

/** What a dead process had taken is free again after this. */
const CLAIM_MS = 10 * MINUTE_MS;
const MAIL_LEASE_MS = 30 * SECOND_MS;

describe('after `kill -9` and a restart', () => {
  storyOnBoth(
    'goes on in the middle of a round, with no poll and no alert lost',
    { tenants: 4, settings: hasty },
    async (world) => {
      const { control, mails } = world;
      await world.importTenants();
      const first = await world.daemon();
      await until('every tenant has been polled', async () => (await world.database.raw.db.connection.count()) === 12);
      breakConnection(control, tenantAt(control, 0));
      await until('the break is suspected', async () => (await world.database.raw.db.incident.count()) === 1);
      await stopInMidRound(world, first);
      const recorded = await polls(world);

      await world.letTimePass(CLAIM_MS);
      await world.daemon();
      await until('the alert arrives', () => mails().length > 0);
      await until('every tenant has been polled again', () => everyTenantPolledSince(world, recorded));
      await until('no mail is left', () => noMailLeft(world));
      expect(mails()).toMatchObject([{ to: [tenantAt(control, 0).contactEmail] }]);
      expect((await polls(world)).slice(0, recorded.length).map(({ row }) => row)).toEqual(
        recorded.map(({ row }) => row),
      );
    },
  );

  storyOnBoth(
    'repeats at most the mail that was in flight, with its Message-ID',
    { settings: hasty },
    async (world) => {
      const { control, mails } = world;
      await world.importTenants();
      const first = await world.daemon();
      await until('every tenant has been polled', async () => (await world.database.raw.db.connection.count()) === 6);
      const answerLost = world.mailRoute.lose(/^250 .*queued/m);
      breakConnection(control, tenantAt(control, 0));
      await answerLost;
      first.kill('SIGKILL');
      await first.ended;
      expect(mails()).toHaveLength(1);

      await world.mailRoute.mend();
      await world.letTimePass(MAIL_LEASE_MS);
      await world.daemon();
      await until('the mail arrives again', () => mails().length === 2);
      await until('no mail is left', () => noMailLeft(world));
      const [before, after] = mails();
      expect(messageIdOf(after?.source)).toBe(messageIdOf(before?.source));
      expect(after).toMatchObject({ to: before?.to, subject: before?.subject });
    },
  );
});

async function stopInMidRound({ control }: World, daemon: { kill(signal: 'SIGKILL'): void; ended: Promise<unknown> }) {
  control.script({ route: 'connections', answer: { kind: 'usual', delayMs: 3_000 } });
  const asked = () => control.counters().requests.connections;
  const before = asked();
  await until('a round waits for answers', () => asked() > before);
  daemon.kill('SIGKILL');
  await daemon.ended;
  control.clearScript();
}

function polls({ database }: World) {
  return storedPolls(database.raw);
}

async function everyTenantPolledSince(world: World, recorded: readonly unknown[]): Promise<boolean> {
  const since = (await polls(world)).slice(recorded.length);
  return new Set(since.map(({ tenantId }) => tenantId)).size === 4;
}

async function noMailLeft({ database }: World): Promise<boolean> {
  return (await database.raw.db.notification.count({ where: { state: 'pending' } })) === 0;
}

function messageIdOf(source = ''): string {
  const [, id = 'none'] = /^Message-ID: (.*)$/im.exec(source) ?? [];
  return id;
}
