import { describe, expect } from '@jest/globals';
import { breakConnection } from '../support/program-connections.ts';
import { OPERATOR } from '../support/program-places.ts';
import { storyOnBoth } from '../support/program-story.ts';
import { hasty } from '../support/program-world.ts';
import { until } from '../support/until.ts';

const TENANTS = 60;
const BRAKE = 20;
const PROCESSES = 5;

describe('more mail in an hour than MAIL_BRAKE', () => {
  storyOnBoth(
    'is held beyond exactly that, however many processes send at once',
    { tenants: TENANTS, settings: { ...hasty, MAIL_BRAKE: String(BRAKE), FLEET_MIN: '1000' } },
    async (world) => {
      const { control, mails, database } = world;
      await world.importTenants();
      await Promise.all(Array.from({ length: PROCESSES }, () => world.daemon()));
      const { db } = database.raw;
      await until('every tenant has been polled', async () => (await db.connection.count()) === 3 * TENANTS);
      for (const tenant of control.tenants()) breakConnection(control, tenant);

      const decided = { state: { in: ['sent', 'held'] }, contactId: { not: null } };
      await until(
        'every alert is sent or held',
        async () => (await db.notification.count({ where: decided })) === TENANTS,
      );
      expect(mails().filter(({ to }) => !to.includes(OPERATOR))).toHaveLength(BRAKE);
      await until('the operator is told', () => mails().some(({ to }) => to.includes(OPERATOR)));
      expect(await db.notification.count({ where: { state: 'held', reason: 'held_brake' } })).toBe(TENANTS - BRAKE);
      expect(await db.hold.count()).toBe(1);
    },
  );
});
