import { describe, expect } from '@jest/globals';
import { MINUTE_MS } from '../../src/domain/model/time.ts';
import type { RoundAnswer } from '../support/program-answers.ts';
import { breakConnection } from '../support/program-connections.ts';
import { OPERATOR } from '../support/program-places.ts';
import { story } from '../support/program-story.ts';
import { until } from '../support/until.ts';

const TENANTS = 60;
const BRAKE = 20;
const PROCESSES = 3;
const RECHECK_AFTER_MS = 15 * MINUTE_MS;
const GROUP_WAIT_MS = 2 * MINUTE_MS;

describe('more mail in an hour than MAIL_BRAKE', () => {
  // One database after the other: three daemons at a time are enough for a small machine.
  for (const database of ['SQLite', 'PostgreSQL'] as const) {
    const settings = { MAIL_BRAKE: String(BRAKE), FLEET_MIN: '1000', DIGEST_AT: 'off' };
    const name = `is held beyond exactly that, however many processes send at once, on ${database}`;
    story(name, { database, tenants: TENANTS, settings }, async (world) => {
      const { control, mails, json, letTimePass } = world;
      await world.importTenants();
      await json(['poll']);
      for (const tenant of control.tenants()) breakConnection(control, tenant);
      await json(['poll']);
      await letTimePass(RECHECK_AFTER_MS);
      expect(await json<RoundAnswer>(['poll'])).toMatchObject({ mail: { sent: 0, pending: TENANTS } });

      await Promise.all(Array.from({ length: PROCESSES }, () => world.daemon()));
      await letTimePass(GROUP_WAIT_MS);
      const { db } = world.database.raw;
      const owners = { contactId: { not: null } };
      const undecided = { ...owners, state: 'pending' };
      await until('every alert is sent or held', async () => (await db.notification.count({ where: undecided })) === 0);
      const held = { ...owners, state: 'held', reason: 'held_brake' };
      expect(await db.notification.count({ where: held })).toBe(TENANTS - BRAKE);
      await until('the operator is told', () => mails().some(({ to }) => to.includes(OPERATOR)));
      expect(mails().filter(({ to }) => !to.includes(OPERATOR))).toHaveLength(BRAKE);
      expect(await db.hold.count()).toBe(1);
    });
  }
});
