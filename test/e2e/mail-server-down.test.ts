import { describe, expect } from '@jest/globals';
import { MINUTE_MS, SECOND_MS } from '../../src/domain/model/time.ts';
import type { MailAnswer, RoundAnswer } from '../support/program-answers.ts';
import { breakConnection, tenantAt } from '../support/program-connections.ts';
import { story, storyOnBoth } from '../support/program-story.ts';
import { hasty, type World } from '../support/program-world.ts';
import { until } from '../support/until.ts';

const RECHECK_AFTER_MS = 15 * MINUTE_MS;
const MISTYPED = 'mistyped-password-0815';
/** 30 s, and up to a fifth more by chance. */
const FIRST_RETRY_MS = 36 * SECOND_MS;

describe('mail that no server takes', () => {
  storyOnBoth('arrives once the mail server that was down is back', { settings: hasty }, async (world) => {
    const { control, mailRoute, mails, letTimePass } = world;
    await world.importTenants();
    await mailRoute.cut();
    const daemon = await world.daemon();
    await until('every tenant has been polled', async () => (await world.database.raw.db.connection.count()) === 6);
    breakConnection(control, tenantAt(control, 0));
    await until('the alert has been tried', async () => await theMail(world, { attempts: 1, leaseUntil: null }));

    await mailRoute.mend();
    await letTimePass(FIRST_RETRY_MS);
    await until('the alert arrives', () => mails().length > 0);
    await until('the alert is marked sent', () => theMail(world, { state: 'sent', attempts: 2 }));
    daemon.kill('SIGTERM');
    expect(await daemon.ended).toMatchObject({ exitCode: 0 });
    expect(mails()).toHaveLength(1);
  });

  story(
    'waits while our password is refused, and is delivered when it is put right',
    { database: 'PostgreSQL', settings: { GROUP_WAIT: '0s' }, secrets: [MISTYPED] },
    async (world) => {
      const { control, json, letTimePass, mails } = world;
      const wrong = { SMTP_URL: (world.env.SMTP_URL ?? '').replace(/:[^:@]+@/, `:${MISTYPED}@`) };
      const poll = (env = {}) => json<RoundAnswer>(['poll'], { env });
      await world.importTenants();
      await poll();
      breakConnection(control, tenantAt(control, 0));
      await poll();
      await letTimePass(RECHECK_AFTER_MS);

      expect(await poll(wrong)).toMatchObject({ mail: { sent: 0, pending: 1, failed: 0 } });
      expect(await world.run(['doctor'], { env: wrong })).toMatchObject({ exitCode: 1 });
      await letTimePass(FIRST_RETRY_MS);
      expect(await poll(wrong)).toMatchObject({ mail: { sent: 0, pending: 1, failed: 0 } });
      expect(await json<MailAnswer>(['mail', 'list'])).toMatchObject({
        mail: [{ kind: 'alert', state: 'pending', attempts: 2, response: expect.stringContaining('535') }],
      });

      await letTimePass(2 * FIRST_RETRY_MS);
      expect(await poll()).toMatchObject({ mail: { sent: 1, pending: 0, failed: 0 } });
      expect(mails()).toHaveLength(1);
    },
  );
});

async function theMail({ database }: World, where: object): Promise<boolean> {
  return (await database.raw.db.notification.count({ where })) === 1;
}
