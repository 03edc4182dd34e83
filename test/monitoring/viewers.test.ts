import { describe, expect, it } from '@jest/globals';
import { DAY_MS } from '../../src/domain/model/time.ts';
import type { ContactRequest } from '../../src/domain/owner/contact-request.ts';
import type { Application } from '../../src/monitoring/application.ts';
import { NotAllowed, type Viewer } from '../../src/monitoring/viewer.ts';
import { aGrant, NOW } from '../support/builders.ts';
import { aNewTenant, firstPage } from '../support/store-records.ts';
import { withAlertsDue, withOperatorMail } from '../support/use-case-alerts.ts';
import type { World } from '../support/use-case-world.ts';

/** The ids that a call names. */
type Named = Readonly<{ tenantId: string; contactId: string; incidentId: string; mailId: string }>;

type Call = (app: Application, viewer: Viewer, named: Named) => Promise<unknown>;

const tomorrow = NOW + DAY_MS;

const returned = { redirectUri: 'https://linkwatch.example/callback', state: 'state', verifier: 'v', query: {} };
const aDevice = { deviceCode: 'device', userCode: 'ABCDEFGH', verificationUri: '', expiresAt: 0, intervalMs: 0 };

/** Every call there is: a new one does not compile before it stands here. */
const calls: { readonly [Group in keyof Application]: { readonly [Name in keyof Application[Group]]: Call } } = {
  tenants: {
    add: (app, viewer) => app.tenants.add(viewer, []),
    addTried: (app, viewer) => app.tenants.addTried(viewer, aNewTenant()),
    list: (app, viewer) => app.tenants.list(viewer, firstPage),
    find: (app, viewer, { tenantId }) => app.tenants.find(viewer, tenantId),
    count: (app, viewer) => app.tenants.count(viewer),
    export: (app, viewer) => app.tenants.export(viewer, firstPage),
    tokenHolders: (app, viewer) => app.tenants.tokenHolders(viewer, [aGrant().refreshToken]),
    update: (app, viewer, { tenantId }) => app.tenants.update(viewer, tenantId, { name: 'Taken', grant: aGrant() }),
    updateSettings: (app, viewer, { tenantId }) =>
      app.tenants.updateSettings(viewer, [{ id: tenantId, patch: { name: 'Taken' } }]),
    pause: (app, viewer, { tenantId }) => app.tenants.pause(viewer, tenantId),
    resume: (app, viewer, { tenantId }) => app.tenants.resume(viewer, tenantId),
    act: async (app, viewer, { tenantId }) => [
      await app.tenants.act(viewer, 'pause', { kind: 'ids', ids: [tenantId] }),
      await app.tenants.act(viewer, 'poll', { kind: 'filter', filter: { search: tenantId } }),
    ],
    remove: async (app, viewer, { tenantId }) => [
      await app.tenants.remove(viewer, tenantId, { purge: false }),
      await app.tenants.remove(viewer, tenantId, { purge: true }),
    ],
  },
  health: {
    tenantOf: (app, viewer) => app.health.tenantOf(viewer, 'no-connection'),
    status: (app, viewer, { tenantId }) => app.health.status(viewer, tenantId),
    history: (app, viewer, { tenantId }) =>
      app.health.history(viewer, { tenantId, connection: null, from: 0, to: tomorrow }),
  },
  incidents: {
    list: async (app, viewer, { tenantId }) => [
      await app.incidents.list(viewer, { ...firstPage, tenantId }),
      await app.incidents.list(viewer, firstPage),
    ],
    find: (app, viewer, { incidentId }) => app.incidents.find(viewer, incidentId),
    acknowledge: (app, viewer, { incidentId }) => app.incidents.acknowledge(viewer, incidentId),
    snooze: (app, viewer, { incidentId }) => app.incidents.snooze(viewer, incidentId, tomorrow),
    close: (app, viewer, { incidentId }) => app.incidents.close(viewer, incidentId),
  },
  mail: {
    list: async (app, viewer, { tenantId }) => [
      await app.mail.list(viewer, { ...firstPage, tenantId }),
      await app.mail.list(viewer, firstPage),
    ],
    find: (app, viewer, { mailId }) => app.mail.find(viewer, mailId),
    hold: (app, viewer, named) => bySelection((selection) => app.mail.hold(viewer, selection), named),
    release: (app, viewer, named) => bySelection((selection) => app.mail.release(viewer, selection), named),
    discard: (app, viewer, named) => bySelection((selection) => app.mail.discard(viewer, selection), named),
    preview: (app, viewer) => app.mail.preview(viewer, 'alert', 'en'),
    test: (app, viewer) => app.mail.test(viewer, 'somebody@mill.example'),
    recordBounce: (app, viewer) => app.mail.recordBounce(viewer, new Uint8Array()),
  },
  rounds: {
    run: async (app, viewer, { tenantId }) => {
      const run = (tenants: 'due' | 'all' | readonly string[]) =>
        app.rounds.run(viewer, { tenants, onProgress: () => undefined });
      return [await run([tenantId]), await run('due'), await run('all')];
    },
  },
  replays: {
    run: async (app, viewer, { tenantId }) => {
      const range = { from: 0, to: tomorrow, onProgress: () => undefined };
      return [
        await app.replays.run(viewer, { ...range, tenantIds: [tenantId] }),
        await app.replays.run(viewer, { ...range, tenantIds: null }),
      ];
    },
  },
  owner: {
    page: (app, viewer, named) => app.owner.page(asNamed(viewer, named)),
    request: (app, viewer, named) => app.owner.request(asNamed(viewer, named), { kind: 'leave', as: 'not_mine' }),
    checkNow: (app, viewer, named) => app.owner.checkNow(asNamed(viewer, named)),
  },
  connecting: {
    invitation: (app, viewer, named) => app.connecting.invitation(asNamed(viewer, named)),
    begin: (app, viewer) => app.connecting.begin(viewer, 'https://linkwatch.example/callback', { prompt: false }),
    finish: (app, viewer, named) =>
      app.connecting.finish(asNamed(viewer, named), returned, { tenantId: named.tenantId }),
    answer: (app, viewer) => app.connecting.answer(viewer, 'no question', true),
    beginDevice: (app, viewer) => app.connecting.beginDevice(viewer),
    invite: (app, viewer, { tenantId }) => app.connecting.invite(viewer, { email: 'jane@mill.example', tenantId }),
    awaitDevice: (app, viewer, { tenantId }) =>
      app.connecting.awaitDevice(viewer, aDevice, { tenantId }, AbortSignal.abort()),
  },
  apiKeys: {
    create: (app, viewer, { tenantId }) => app.apiKeys.create(viewer, { tenantId }),
    list: (app, viewer) => app.apiKeys.list(viewer, firstPage),
    revoke: (app, viewer) => app.apiKeys.revoke(viewer, 'a-key'),
  },
  audit: { list: (app, viewer, { tenantId }) => app.audit.list(viewer, { ...firstPage, tenantId }) },
  operations: {
    start: (app, viewer) => app.operations.start(viewer, { signal: AbortSignal.abort(), onListening: () => undefined }),
    doctor: (app, viewer) => app.operations.doctor(viewer),
    monitor: (app, viewer) => app.operations.monitor(viewer),
    rotateKeys: (app, viewer) => app.operations.rotateKeys(viewer, () => undefined),
    migrate: (app, viewer) => app.operations.migrate(viewer),
    close: (app, viewer) => app.operations.close(viewer),
  },
};

/** A contact names no id but its own: one of them is another tenant's. */
function asNamed(viewer: Viewer, { contactId }: Named): Viewer {
  const isReader = viewer.kind === 'contact' || viewer.kind === 'guest' || viewer.kind === 'invited';
  return isReader ? { ...viewer, contactId } : viewer;
}

async function bySelection<T>(
  act: (selection: Parameters<Application['mail']['hold']>[1]) => Promise<T>,
  { mailId, tenantId }: Named,
): Promise<readonly T[]> {
  return [
    await act({ kind: 'ids', ids: [mailId] }),
    await act({ kind: 'tenant', tenantId }),
    await act({ kind: 'all' }),
  ];
}

const everyCall = Object.entries(calls).flatMap(([group, ofGroup]) =>
  Object.entries<Call>(ofGroup).map(([name, call]) => [`${group}.${name}`, call] as const),
);

const strangers: readonly Viewer[] = [
  { kind: 'key', keyId: 'admin-key', tenantId: 'bakery', role: 'admin' },
  { kind: 'key', keyId: 'key', tenantId: 'bakery', role: 'operate' },
  { kind: 'key', keyId: 'read-key', tenantId: 'bakery', role: 'read' },
  { kind: 'contact', tenantId: 'bakery', contactId: 'owner-of-bakery' },
  { kind: 'guest', tenantId: 'bakery', contactId: 'owner-of-bakery' },
  { kind: 'invited', tenantId: 'bakery', contactId: 'owner-of-bakery', signedAt: NOW },
];

const nowhere: Named = { tenantId: 'nowhere', contactId: 'nobody', incidentId: 'nothing', mailId: 'no-mail' };

describe.each(everyCall)('%s', (_, call) => {
  it.each(strangers)('shows nothing of another tenant, and changes nothing of it, for %j', async (viewer) => {
    const world = await aWorldOfTwo();
    const before = rowsOf(world, 'mill');
    const answer = await answerTo(call, world, viewer, idsOf(world, 'mill'));

    expect(answer).not.toMatch(/mill/);
    expect(rowsOf(world, 'mill')).toEqual(before);
    // The answer is the same as for ids that do not exist, so that it betrays none.
    expect(answer).toEqual(await answerTo(call, await aWorldOfTwo(), viewer, nowhere));
  });

  it.each(strangers.slice(2))('changes nothing of its own tenant for %j, but on the own page', async (viewer) => {
    const world = await aWorldOfTwo();
    const before = rowsOf(world, 'bakery');
    await answerTo(call, world, viewer, { ...idsOf(world, 'bakery'), contactId: 'owner-of-mill' });
    expect(rowsOf(world, 'bakery')).toEqual(before);
  });
});

describe('The code of a device', () => {
  it.each(strangers)('is made and waited for by the operator alone, not by %j', async (viewer) => {
    const { app, constantContact } = await aWorldOfTwo();
    const asked = constantContact.requests.length;
    const wish = { tenantId: 'bakery' };
    await expect(app.connecting.beginDevice(viewer)).rejects.toThrow(NotAllowed);
    await expect(app.connecting.awaitDevice(viewer, aDevice, wish, AbortSignal.abort())).rejects.toThrow(NotAllowed);
    expect(constantContact.requests).toHaveLength(asked);
  });
});

describe('A viewer that may look and change nothing', () => {
  const viewer: Viewer = { kind: 'key', keyId: 'key', tenantId: 'bakery', role: 'read' };

  it.each(['bakery', 'mill', 'nowhere'])('is refused in the same way whatever it names: %s', async (tenantId) => {
    const { app } = await aWorldOfTwo();
    await expect(app.tenants.pause(viewer, tenantId)).rejects.toThrow('This viewer may look, and change nothing.');
  });

  it('sees its own tenant', async () => {
    const world = await aWorldOfTwo();
    expect(await world.app.tenants.list(viewer, firstPage)).toMatchObject({
      items: [{ id: 'bakery' }],
      nextCursor: null,
    });
    expect(await world.app.mail.find(viewer, idsOf(world, 'bakery').mailId)).toMatchObject({ tenantId: 'bakery' });
    expect((await world.app.incidents.list(viewer, firstPage)).items).toHaveLength(1);
  });
});

describe('A key of one tenant that may change it', () => {
  const viewer: Viewer = { kind: 'key', keyId: 'key', tenantId: 'bakery', role: 'operate' };

  it('changes its own tenant, and by "all" that one alone', async () => {
    const world = await aWorldOfTwo();
    expect(await world.app.mail.hold(viewer, { kind: 'all' })).toMatchObject({
      changed: [idsOf(world, 'bakery').mailId],
    });
    expect(world.store.memory.state.holds.size).toBe(0);
    expect(await world.app.tenants.pause(viewer, 'bakery')).toBe(true);
  });

  it('polls its own tenant, and learns nothing of the requests and the mail of the others', async () => {
    const { app, constantContact } = await aWorldOfTwo();
    const asked = constantContact.requests.length;
    const summary = await app.rounds.run(viewer, { tenants: 'all', onProgress: () => undefined });
    expect(summary).toMatchObject({ polled: 1, requests: null, mail: { sent: 0, pending: 1 } });
    expect(constantContact.requests.slice(asked)).toHaveLength(1);
  });
});

describe('A guest of a contact', () => {
  const guest: Viewer = { kind: 'guest', tenantId: 'bakery', contactId: 'owner-of-bakery' };

  it('sees the page, has the account checked, and is granted no request', async () => {
    const world = await aWorldOfTwo();
    const { contacts } = world.store.memory.state;
    const before = structuredClone([...contacts.values()]);
    expect(await world.app.owner.page(guest)).toMatchObject({ tenant: { id: 'bakery' } });
    expect(await world.app.owner.checkNow(guest)).toBe('needs_you');
    const requests: readonly ContactRequest[] = [
      { kind: 'snooze', length: 'day' },
      { kind: 'leave', as: 'unsubscribed' },
      { kind: 'leave', as: 'not_mine' },
      { kind: 'return' },
      { kind: 'prefer', locale: 'fr', wantsReminders: false },
    ];
    for (const request of requests) expect(await world.app.owner.request(guest, request)).toBeNull();
    expect([...contacts.values()]).toEqual(before);
  });
});

/** Both have a broken connection, and its alert is due; the operator has mail too. */
async function aWorldOfTwo(): Promise<World> {
  const world = await withAlertsDue(['bakery', 'mill']);
  await withOperatorMail(world);
  return world;
}

function idsOf({ store }: World, tenantId: string): Named {
  const { incidents, notifications } = store.memory.state;
  const idOf = (rows: Iterable<Readonly<{ id: string; tenantId: string | null }>>) =>
    [...rows].find((row) => row.tenantId === tenantId)?.id ?? 'none';
  return {
    tenantId,
    contactId: `owner-of-${tenantId}`,
    incidentId: idOf(incidents.values()),
    mailId: idOf(notifications.values()),
  };
}

/** The answer as text, with the ids that were named taken out, as the asker knew them before. */
async function answerTo(call: Call, world: World, viewer: Viewer, named: Named): Promise<string> {
  const answer = await call(world.app, viewer, named).catch((error: unknown) => String(error));
  return Object.values(named).reduce(
    (text, id) => text.replaceAll(`"${id}"`, '"named"'),
    JSON.stringify(answer, (_, value) => (value instanceof Map ? [...value] : value)),
  );
}

/** Everything that is stored of a tenant, of the operator, and of the whole fleet, but for the requests of the day. */
function rowsOf({ store }: World, tenantId: string): string {
  const { days: _, ...state } = store.memory.state;
  const other = tenantId === 'mill' ? 'bakery' : 'mill';
  const connections = [...state.connections.values()].filter((connection) => connection.tenantId === other);
  const marks = [other, ...connections.map(({ id }) => `"connectionId":"${id}"`)];
  const own = ([, row]: readonly [unknown, unknown]) => !marks.some((mark) => JSON.stringify(row).includes(mark));
  return JSON.stringify(Object.values(state).map((table: Map<unknown, unknown>) => [...table].filter(own)));
}
