import { describe, expect } from '@jest/globals';
import { DAY_MS, MINUTE_MS } from '../../src/domain/model/time.ts';
import type { RoundAnswer } from '../support/program-answers.ts';
import { tenantAt } from '../support/program-connections.ts';
import { story } from '../support/program-story.ts';

const RECHECK_AFTER_MS = 15 * MINUTE_MS;
const ONE_SENT = { mail: { sent: 1, pending: 0, held: 0, failed: 0 } };
const NONE_SENT = { mail: { sent: 0, pending: 0, held: 0, failed: 0 } };

describe('when we lose our access', () => {
  story(
    'asks the owner once to authorise again, polls no more, and thanks for the new grant',
    { database: 'SQLite', settings: { GROUP_WAIT: '0s' } },
    async (world) => {
      const { control, json, letTimePass, mails } = world;
      const poll = () => json<RoundAnswer>(['poll']);
      const owner = tenantAt(control, 0);
      const [id = ''] = await world.importTenants();
      await poll();

      control.revoke(owner.id);
      expect(await poll()).toMatchObject({ polled: 2, failed: 1, changes: [], ...ONE_SENT });
      expect(mails()).toMatchObject([
        { to: [owner.contactEmail], subject: `Linkwatch needs your permission again for ${owner.name}` },
      ]);
      expect(await json(['tenant', 'show', id])).toMatchObject({ state: 'reauthorize', nextPollAt: null });
      control.resetCounters();
      await letTimePass(RECHECK_AFTER_MS);
      expect(await poll()).toMatchObject({ polled: 1, failed: 0, changes: [], ...NONE_SENT });
      expect(control.counters().connectionsByTenant).not.toHaveProperty(owner.id);
      await letTimePass(2 * DAY_MS);
      expect(await poll()).toMatchObject({ polled: 1, ...ONE_SENT });
      expect(mails()[1]?.text).toContain('still needs your permission');
      expect(await json(['tenant', 'show', id])).toMatchObject({ state: 'reauthorize', health: 'unobserved' });

      const { refreshToken } = control.authorise(owner.id);
      await json(['tenant', 'update', id, '--refresh-token', '-'], { stdin: `${refreshToken}\n` });
      expect(await poll()).toMatchObject({ polled: 2, failed: 0, changes: [], ...NONE_SENT });
      await letTimePass(RECHECK_AFTER_MS);
      expect(await poll()).toMatchObject({ polled: 2, failed: 0, incidents: { opened: 0, closed: 1 }, ...ONE_SENT });
      expect(mails()[2]?.text).toContain('can see your social accounts again');
      expect(await json(['tenant', 'show', id])).toMatchObject({ state: 'active', health: 'healthy' });
      expect(mails()).toHaveLength(3);
    },
  );

  story(
    'says which privilege is missing, once that is certain, and goes on asking',
    { database: 'PostgreSQL', settings: { GROUP_WAIT: '0s' } },
    async (world) => {
      const { control, json, letTimePass, mails } = world;
      const poll = () => json<RoundAnswer>(['poll']);
      const owner = tenantAt(control, 0);
      const [id = ''] = await world.importTenants();
      await poll();

      control.setPrivileges(owner.id, ['campaign:create', 'account:read']);
      expect(await poll()).toMatchObject({ polled: 2, failed: 1, changes: [], ...NONE_SENT });
      await letTimePass(RECHECK_AFTER_MS);
      expect(await poll()).toMatchObject({ polled: 2, failed: 1, changes: [], ...ONE_SENT });
      expect(await json(['mail', 'list'])).toMatchObject({ mail: [{ kind: 'access_denied', state: 'sent' }] });
      expect(await json(['tenant', 'show', id])).toMatchObject({ state: 'access_denied' });
      expect(await poll()).toMatchObject({ polled: 2, failed: 1, ...NONE_SENT });

      control.setPrivileges(owner.id, ['campaign:create', 'campaign:read', 'account:read']);
      await letTimePass(RECHECK_AFTER_MS);
      expect(await poll()).toMatchObject({ polled: 2, failed: 0, changes: [], ...NONE_SENT });
      await letTimePass(RECHECK_AFTER_MS);
      expect(await poll()).toMatchObject({ polled: 2, failed: 0, ...ONE_SENT });
      expect(mails().map(({ to }) => to)).toEqual(Array(2).fill([owner.contactEmail]));
      expect(await json(['tenant', 'show', id])).toMatchObject({ state: 'active', health: 'healthy' });
    },
  );
});
