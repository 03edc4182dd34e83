import { describe, expect, it } from '@jest/globals';
import { type AuditEntry, NAMED_SUBJECTS } from '../../../src/domain/model/audit.ts';
import { HOUR_MS } from '../../../src/domain/model/time.ts';
import { previewContent } from '../../../src/mail/preview-contents.ts';
import type { Application } from '../../../src/monitoring/application.ts';
import { type ApplicationPorts, createApplication } from '../../../src/monitoring/create-application.ts';
import { operator, type Viewer } from '../../../src/monitoring/viewer.ts';
import {
  anyTenant,
  byKey,
  type Changing,
  changing,
  contact,
  guest,
  invited,
  key,
  mailOf,
  reading,
} from '../../support/audited-calls.ts';
import { aGrant } from '../../support/builders.ts';
import { returned } from '../../support/call-arguments.ts';
import { aWorldOfTwo, type Call, everyCall, idsOf, type Named } from '../../support/every-call.ts';
import { aNewTenant } from '../../support/store-records.ts';
import type { World } from '../../support/use-case-world.ts';

const toBakery = { email: 'owner@bakery.example', tenantId: 'bakery' };
const callsByName = new Map<string, Call>(everyCall);

const withExternalId = aNewTenant({ externalId: 'shop-1' });

/** By whom, and what was done before; none of these calls changes anything. */
const unchanged: readonly (readonly [string, Call, Viewer, Changing['before']?])[] = [
  ['no tenant', (app, viewer) => app.tenants.add(viewer, []), operator],
  [
    'an external id that is taken',
    (app, viewer) => app.tenants.add(viewer, [withExternalId]),
    operator,
    (world) => world.app.tenants.add(operator, [withExternalId]),
  ],
  ['an unknown tenant', (app, viewer) => app.tenants.update(viewer, 'nowhere', { name: 'New' }), operator],
  ['an unknown tenant paused', (app, viewer) => app.tenants.pause(viewer, 'nowhere'), operator],
  ['an unknown tenant resumed', (app, viewer) => app.tenants.resume(viewer, 'nowhere'), operator],
  ['an unknown tenant purged', (app, viewer) => app.tenants.remove(viewer, 'nowhere', { purge: true }), operator],
  ['settings of nobody', (app, viewer) => app.tenants.updateSettings(viewer, []), operator],
  ['an unknown incident', (app, viewer) => app.incidents.close(viewer, 'nothing'), operator],
  [
    'an incident that is closed',
    (app, viewer, { incidentId }) => app.incidents.close(viewer, incidentId),
    operator,
    closeIncident,
  ],
  ['unknown mail', (app, viewer) => app.mail.hold(viewer, { kind: 'ids', ids: ['no-mail'] }), operator],
  ['mail that is not held', (app, viewer, named) => app.mail.release(viewer, mailOf(named)), operator],
  ['a bounce of unknown mail', (app, viewer) => app.mail.recordBounce(viewer, new Uint8Array()), operator],
  ['a bounce fed in twice', (app, viewer) => app.mail.recordBounce(viewer, new Uint8Array()), operator, bounceOnce],
  ['a round of nobody', (app, viewer) => app.rounds.run(viewer, { tenants: ['nowhere'] }), byKey],
  [
    'no trouble to snooze',
    (app, viewer) => app.owner.request(viewer, { kind: 'snooze', length: 'day' }),
    contact,
    closeIncident,
  ],
  ['a wish of a guest', (app, viewer) => app.owner.request(viewer, { kind: 'return' }), guest],
  ['a check too soon', (app, viewer) => app.owner.checkNow(viewer), guest, (world) => world.app.owner.checkNow(guest)],
  [
    'a check while it is paused',
    (app, viewer) => app.owner.checkNow(viewer),
    guest,
    (world) => world.app.tenants.pause(operator, 'bakery'),
  ],
  [
    'a permission denied',
    (app, viewer) => app.connecting.finish(viewer, returned, anyTenant),
    invited,
    async ({ authorizer }) => authorizer.answers({ outcome: 'denied' }),
  ],
  ['an answer to no question', (app, viewer) => app.connecting.answer(viewer, 'no question', true), operator],
  [
    'an invitation that waits',
    (app, viewer) => app.connecting.invite(viewer, toBakery),
    operator,
    (world) => world.app.connecting.invite(operator, toBakery),
  ],
  [
    'an invitation to nobody',
    (app, viewer) => app.connecting.invite(viewer, { ...toBakery, email: 'x@y.example' }),
    operator,
  ],
  [
    'an invitation to no tenant',
    (app, viewer) => app.connecting.invite(viewer, { ...toBakery, tenantId: 'nowhere' }),
    operator,
  ],
  ['a key of no tenant', (app, viewer) => app.apiKeys.create(viewer, { tenantId: 'nowhere' }), operator],
  ['an unknown key', (app, viewer) => app.apiKeys.revoke(viewer, 'no-key'), operator],
];

describe('What is done', () => {
  it.each(changing)('is written down once: %s', async (_, { by, before, call, leaves }) => {
    const begun = await aWorldThatBegins(before);
    const { world, named } = begun;
    const began = world.clock.now();
    const answer = await answerTo(call, by, begun);
    expect([began, began + 1]).toContain(entriesOf(world)[0]?.at);
    expect(entriesOf(world)).toEqual([
      {
        tenantId: null,
        subjects: [],
        count: 1,
        from: '192.0.2.1',
        ...leaves(named, answer),
        at: expect.any(Number),
        id: expect.any(String),
      },
    ]);
  });

  it.each(changing)('is done and answered the same when it cannot be written down: %s', async (_, one) => {
    const { by, before, call } = one;
    const well = await aWorldThatBegins(before);
    const ill = await aWorldThatBegins(before, {
      audit: {
        add: async () => Promise.reject(new Error('disk full')),
        list: async () => ({ items: [], nextCursor: null }),
      },
    });
    // Ids are counted, and an entry takes one.
    const shown = (answer: unknown) => JSON.stringify(answer)?.replaceAll(/"id-?\d+"/g, '"id"');
    expect(shown(await answerTo(call, by, ill))).toEqual(shown(await answerTo(call, by, well)));
    const [entry] = entriesOf(well.world);
    const { err, entry: logged } = ill.world.log.fieldsOf('an entry of the audit could not be stored').at(-1) ?? {};
    expect(err).toEqual(new Error('disk full'));
    expect(logged).toMatchObject({ actor: entry?.actor, action: entry?.action, tenantId: entry?.tenantId ?? null });
  });

  it.each(changing)('names nobody, and no address, key or word of anybody: %s', async (_, { by, before, call }) => {
    const begun = await aWorldThatBegins(before);
    await answerTo(call, by, begun);
    const written = JSON.stringify(entriesOf(begun.world));
    expect(written).not.toMatch(/@|Jane|New|secret|unsubscribed/);
  });

  it('is written down as a purge when it was one, and the entry outlives the tenant', async () => {
    const { world, app } = await aWorldThatBegins();
    await app.tenants.remove(byKey, 'bakery', { purge: true });
    expect(entriesOf(world)).toMatchObject([{ actor: key, action: 'tenant.purge', tenantId: 'bakery' }]);
  });

  it('counts all subjects and names a few of them', async () => {
    const { world, app } = await aWorldThatBegins();
    const many = Array.from({ length: NAMED_SUBJECTS + 1 }, (_, n) =>
      aNewTenant({ name: `n${n}`, grant: aGrant({ refreshToken: `token-${n}` }) }),
    );
    await app.tenants.add(operator, many);
    const [entry] = entriesOf(world);
    expect(entry).toMatchObject({ count: NAMED_SUBJECTS + 1 });
    expect(entry?.subjects).toHaveLength(NAMED_SUBJECTS);
  });

  it.each([
    ['due', { subjects: [], count: 2 }],
    ['all', { subjects: [], count: 2 }],
    [['bakery', 'mill'], { subjects: ['bakery', 'mill'], count: 2 }],
    [['bakery', 'jane@bakery.example'], { subjects: [], count: 1 }],
  ] as const)(
    'names of a round the tenants that were asked for, where all of them were polled: %j',
    async (tenants, written) => {
      const { world, app } = await aWorldThatBegins();
      await world.clock.advance(HOUR_MS);
      await app.rounds.run(byKey, { tenants });
      expect(entriesOf(world)).toMatchObject([{ action: 'tenant.poll', tenantId: null, ...written }]);
    },
  );

  it.each(['hold', 'release', 'discard'] as const)(
    'is written down for mail to come: %s all, with none there',
    async (verb) => {
      const { world, app } = await aWorldThatBegins(async (begun) => {
        for (const id of ['bakery', 'mill']) await begun.app.tenants.remove(operator, id, { purge: false });
      });
      await app.mail[verb](byKey, { kind: 'all' });
      expect(entriesOf(world)).toMatchObject([{ action: `mail.${verb}`, subjects: [], count: 0, tenantId: null }]);
      await app.mail[verb]({ ...byKey, tenantId: 'bakery' }, { kind: 'all' });
      expect(entriesOf(world)).toHaveLength(1);
    },
  );
});

describe('Nothing is written down', () => {
  it.each(reading)('of a call that only reads: %s', async (name) => {
    const { world, app, named } = await aWorldThatBegins();
    await callsByName
      .get(name)?.(app, operator, named)
      .catch(() => undefined);
    expect(entriesOf(world)).toEqual([]);
  });

  it.each(unchanged)('when nothing has changed: %s', async (_, call, viewer, before = doNothing) => {
    const { world, app, named } = await aWorldThatBegins(before);
    await call(app, viewer, named);
    expect(entriesOf(world)).toEqual([]);
  });

  it('of what was refused, and the refusal is passed on', async () => {
    const { world, app, named } = await aWorldThatBegins();
    const looking: Viewer = { ...byKey, role: 'read' };
    await expect(app.tenants.pause(looking, 'bakery')).rejects.toThrow('This viewer may look');
    await expect(app.incidents.close(looking, named.incidentId)).rejects.toThrow('This viewer may look');
    expect(entriesOf(world)).toEqual([]);
  });
});

async function doNothing(): Promise<void> {}

async function closeIncident({ app }: World, { incidentId }: Named): Promise<void> {
  await app.incidents.close(operator, incidentId);
}

async function bounceOnce(world: World): Promise<void> {
  await world.deliver();
  await world.app.mail.recordBounce(operator, new Uint8Array());
}

type Begun = Readonly<{ world: World; app: Application; named: Named }>;

/** Two tenants with an alert that is due; the audit is empty after what was done before. */
async function aWorldThatBegins(before?: Changing['before'], other: Partial<ApplicationPorts> = {}): Promise<Begun> {
  const world = await aWorldOfTwo();
  const named = idsOf(world, 'bakery');
  const app = createApplication({ ...world.ports, ...mailTools(named), secrets: fourSecrets, ...other });
  await before?.({ ...world, app }, named);
  world.store.memory.state.audit.clear();
  return { world, app, named };
}

/** A device is asked about after a millisecond. */
async function answerTo(call: Call, viewer: Viewer, { world, app, named }: Begun): Promise<unknown> {
  const answering = call(app, viewer, named);
  await world.clock.advance(1);
  return await answering;
}

/** The mail that comes back is the one that is named. */
function mailTools({ mailId }: Named) {
  const report = { action: 'failed', status: '5.1.1', response: '550 no such user' } as const;
  return {
    previewContent,
    hasReturnPath: true,
    readBounce: async () => ({ kind: 'bounce', report, sentTo: [mailId], messageIds: [] }) as const,
    readReturnAddress: (address: string) => ({ kind: 'valid', notificationId: address }) as const,
  };
}

const fourSecrets = {
  keysInUse: async () => [],
  reseal: async () => ({ resealed: 2, unreadable: 0, last: null }),
  resealAnswers: async () => ({ resealed: 1, unreadable: 0, last: null }),
  resealApplications: async () => ({ resealed: 1, unreadable: 0, last: null }),
  resealWebhooks: async () => ({ resealed: 1, unreadable: 0, last: null }),
};

function entriesOf({ store }: World): readonly AuditEntry[] {
  return [...store.memory.state.audit.values()];
}
