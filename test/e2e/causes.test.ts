import { describe, expect } from '@jest/globals';
import { MINUTE_MS } from '../../src/domain/model/time.ts';
import { tenantAt } from '../support/program-connections.ts';
import { OPERATOR } from '../support/program-places.ts';
import { story } from '../support/program-story.ts';
import type { World } from '../support/program-world.ts';
import type { DatabaseName } from '../support/store-fixtures.ts';

/** Every tenant is due again. */
const INTERVAL_MS = 61 * MINUTE_MS;
const settings = { GROUP_WAIT: '0s', DIGEST_AT: 'off', OUTAGE_AFTER: '10m', FLEET_MIN: '5' };

type Cause = Readonly<{
  cause: string;
  begin(world: World, tenantId: string): void;
  state: string;
  failing: string;
  /** In `linkwatch status`. */
  says: string;
  mail: RegExp;
}>;

/** One tenant has each of these, and its owner alone is told. */
const ownersMatters: readonly Cause[] = [
  {
    cause: 'a dead grant',
    begin: ({ control }, id) => control.revoke(id),
    state: 'reauthorize',
    failing: 'invalid_grant',
    says: 'the owner must authorise again',
    mail: /when a permission has expired/,
  },
  {
    cause: 'a missing privilege',
    begin: ({ control }, id) => control.setPrivileges(id, ['campaign:create', 'account:read']),
    state: 'access_denied',
    failing: 'missing_privilege',
    says: 'lacks the privilege campaign:read',
    mail: /does not have the privilege to view campaigns there \(campaign:read\)/,
  },
  {
    cause: 'a refusal that nothing explains',
    begin: ({ control }, id) => {
      control.script({ tenantId: id, route: 'connections', answer: { kind: 'status', status: 403 } });
      control.script({ tenantId: id, route: 'privileges', answer: { kind: 'status', status: 404 } });
    },
    state: 'access_denied',
    failing: 'forbidden',
    says: 'a privilege or a scope is missing',
    mail: /has a different role there now/,
  },
  {
    cause: 'a missing scope',
    // It was given without the scope: see below.
    begin: () => {},
    state: 'reauthorize',
    failing: 'missing_scope',
    says: 'the permission lacks a scope',
    mail: /leaves out a part that Linkwatch needs: campaigns[\s\S]*please allow everything on the list/,
  },
];

describe('each cause for which Linkwatch cannot look', () => {
  story(
    'that is one tenant’s has its own state and words, and its owner alone is told',
    { database: 'PostgreSQL', tenants: 5, settings },
    async (world) => {
      const { control, json, run, letTimePass, mails } = world;
      const tenants = ownersMatters.map((_, index) => tenantAt(control, index));
      const ids = await world.importTenants();
      await json(['poll']);
      const [scopeless = ''] = [ids[3]];
      const { refreshToken } = control.authorise(tenants[3]?.id ?? '', ['offline_access', 'account_read']);
      await json(['tenant', 'update', scopeless, '--refresh-token', '-'], { stdin: `${refreshToken}\n` });
      for (const [index, { begin }] of ownersMatters.entries()) begin(world, tenants[index]?.id ?? '');

      await letTimePass(INTERVAL_MS);
      await json(['poll']);
      await letTimePass(INTERVAL_MS);
      await json(['poll']);
      const status = (await run(['status'])).stdout;
      for (const [index, { cause, state, failing, says, mail }] of ownersMatters.entries()) {
        const shown = await json(['tenant', 'show', ids[index] ?? '']);
        expect({ cause, shown }).toMatchObject({ cause, shown: { state, failing: { kind: failing } } });
        expect({ cause, status }).toMatchObject({ cause, status: expect.stringContaining(says) });
        const told = mails().filter(({ to }) => to.includes(tenants[index]?.contactEmail ?? ''));
        expect({ cause, told: told.map(({ text }) => text.replaceAll(/\s+/g, ' ')) }).toEqual({
          cause,
          told: [expect.stringMatching(mail)],
        });
      }
      expect(mails()).toHaveLength(ownersMatters.length);
    },
  );

  const fleets: readonly (Omit<Cause, 'state'> & Readonly<{ database: DatabaseName }>)[] = [
    {
      cause: 'a deactivated application',
      database: 'SQLite',
      begin: ({ control }) => control.configure({ isApplicationDeactivated: true }),
      failing: 'application_deactivated',
      says: 'the application is refused, though no scope and no privilege is missing',
      mail: /a deactivated one is refused everywhere/,
    },
    {
      cause: 'our own client secret',
      database: 'PostgreSQL',
      begin: ({ control }) => {
        control.configure({ isSecretRegenerated: true });
        control.expireAccessTokens();
      },
      failing: 'invalid_client',
      says: 'key or secret was refused',
      mail: /CONSTANT_CONTACT_CLIENT_SECRET/,
    },
    {
      cause: 'an outage',
      database: 'SQLite',
      begin: ({ control }) => control.script({ answer: { kind: 'status', status: 503 } }),
      failing: 'server',
      says: 'Constant Contact failed',
      mail: /errors on Constant Contact’s side/,
    },
  ];

  for (const { cause, database, begin, failing, says, mail } of fleets) {
    story(
      `that is all tenants’ (${cause}) is told the operator alone, once, and changes no tenant’s state, on ${database}`,
      { database, tenants: 3, settings },
      async (world) => {
        const { json, run, letTimePass, mails } = world;
        const ids = await world.importTenants();
        await json(['poll']);
        begin(world, '');
        await letTimePass(INTERVAL_MS);
        for (let round = 0; round < 2; round += 1) {
          await json(['poll']);
          await letTimePass(INTERVAL_MS);
        }
        await json(['poll']);
        for (const id of ids) {
          expect(await json(['tenant', 'show', id])).toMatchObject({ state: 'active', failing: { kind: failing } });
        }
        expect((await run(['status'])).stdout).toContain(says);
        expect(mails().map(({ to }) => to)).toEqual([[OPERATOR]]);
        expect(mails()[0]?.text.replaceAll(/\s+/g, ' ')).toMatch(mail);
      },
    );
  }
});
