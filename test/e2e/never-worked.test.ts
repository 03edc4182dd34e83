import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from '@jest/globals';
import { HOUR_MS, MINUTE_MS } from '../../src/domain/model/time.ts';
import type { RoundAnswer } from '../support/program-answers.ts';
import { tenantAt } from '../support/program-connections.ts';
import { story } from '../support/program-story.ts';

describe('a tenant whose access has never worked', () => {
  story(
    'is told the operator in one mail for all of them, and no owner, until a good poll',
    { database: 'PostgreSQL', tenants: 3, settings: { RECHECK_AFTER: '1m', DIGEST_AT: 'off' } },
    async (world) => {
      const { control, json, letTimePass, mails, env } = world;
      const poll = () => json<RoundAnswer>(['poll']);
      const [first, second, third] = [0, 1, 2].map((index) => tenantAt(control, index));
      const [id = ''] = await world.importTenants();
      for (const dead of [first, second]) control.revoke(dead?.id ?? '');
      control.setPrivileges(third?.id ?? '', ['campaign:create', 'account:read']);

      expect(await poll()).toMatchObject({ polled: 3, failed: 3, mail: { sent: 0 } });
      await letTimePass(2 * MINUTE_MS);
      expect(await poll()).toMatchObject({ polled: 1, failed: 1, mail: { sent: 0 } });
      await letTimePass(2 * MINUTE_MS);
      expect(await poll()).toMatchObject({ mail: { sent: 1 } });
      await letTimePass(72 * HOUR_MS);
      await poll();
      expect(mails()).toMatchObject([
        { to: [env.OPERATOR_EMAIL], subject: 'The access to 3 new accounts has never worked' },
      ]);
      for (const tenant of [first, second, third]) expect(mails()[0]?.text).toContain(tenant?.name);
      expect(await json(['tenant', 'show', id])).toMatchObject({ state: 'reauthorize', firstGoodPollAt: null });
      expect((await world.run(['status'])).stdout).toContain('has never worked: give it another token');

      const { refreshToken } = control.authorise(first?.id ?? '');
      expect(await json(['tenant', 'update', id, '--refresh-token', '-'], { stdin: `${refreshToken}\n` })).toEqual({
        id,
        untried: null,
      });
      await poll();
      expect(await json(['tenant', 'show', id])).toMatchObject({
        state: 'active',
        firstGoodPollAt: expect.any(String),
      });
      control.revoke(first?.id ?? '');
      control.expireAccessTokens(first?.id ?? '');
      await poll();
      await letTimePass(3 * MINUTE_MS);
      await poll();
      expect(mails().slice(1)).toMatchObject([{ to: [first?.contactEmail] }]);
    },
  );

  story(
    'is an error of the command where Constant Contact can say so',
    { database: 'SQLite', tenants: 3 },
    async (world) => {
      const { control, json, run, folder } = world;
      const tokenOf = (index: number) => tenantAt(control, index).tokens.refreshToken;
      const add = (name: string, index: number, env = {}) =>
        run(['tenant', 'add', '--name', name, '--owner', 'o@shop.example', '--refresh-token', '-'], {
          stdin: `${tokenOf(index)}\n`,
          env,
        });
      control.revoke(tenantAt(control, 0).id);

      expect(await add('Dead', 0)).toMatchObject({
        exitCode: 1,
        stderr: expect.stringContaining('refuses this refresh token'),
      });
      expect(await json(['tenant', 'list'])).toEqual({ tenants: [] });
      expect(await add('Good', 1)).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Its token works.') });
      const unreachable = { CONSTANT_CONTACT_AUTH_URL: 'http://127.0.0.1:1' };
      expect(await add('Unknown', 0, unreachable)).toMatchObject({
        exitCode: 0,
        stdout: expect.stringContaining('Its token was not tried'),
      });

      const file = join(folder, 'more.csv');
      const lines = [`Bad,bad@shop.example,wrong-token`, `Fine,fine@shop.example,${tokenOf(2)}`];
      writeFileSync(file, ['name,owner,refresh_token', ...lines].join('\n'));
      const { exitCode, stdout } = await run(['tenant', 'import', file, '--check', '--json']);
      expect({ exitCode, ...JSON.parse(stdout) }).toMatchObject({
        exitCode: 1,
        imported: 1,
        untried: [],
        errors: [{ line: 2, problems: [{ field: 'refresh_token' }] }],
      });
      expect(await json(['poll'])).toMatchObject({ polled: 3, failed: 1 });
    },
  );
});
