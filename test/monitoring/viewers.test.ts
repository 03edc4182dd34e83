import { describe, expect, it } from '@jest/globals';
import type { ContactRequest } from '../../src/domain/owner/contact-request.ts';
import { NotAllowed, type Viewer } from '../../src/monitoring/viewer.ts';
import { NOW } from '../support/builders.ts';
import { aDevice } from '../support/call-arguments.ts';
import { aWorldOfTwo, type Call, everyCall, idsOf, type Named } from '../support/every-call.ts';
import { firstPage } from '../support/store-records.ts';
import type { World } from '../support/use-case-world.ts';

const strangers: readonly Viewer[] = [
  { kind: 'key', keyId: 'admin-key', tenantId: 'bakery', role: 'admin' },
  { kind: 'key', keyId: 'key', tenantId: 'bakery', role: 'operate' },
  { kind: 'key', keyId: 'read-key', tenantId: 'bakery', role: 'read' },
  { kind: 'contact', tenantId: 'bakery', contactId: 'owner-of-bakery' },
  { kind: 'guest', tenantId: 'bakery', contactId: 'owner-of-bakery' },
  { kind: 'invited', tenantId: 'bakery', contactId: 'owner-of-bakery', signedAt: NOW },
  { kind: 'badge', tenantId: 'bakery' },
];

const nowhere: Named = {
  tenantId: 'nowhere',
  contactId: 'nobody',
  incidentId: 'nothing',
  mailId: 'no-mail',
  webhookId: 'no-webhook',
};

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
    // Without its text, whose links act in the name of its reader.
    const { mailId } = idsOf(world, 'bakery');
    expect(await world.app.mail.find(viewer, mailId)).toMatchObject({ tenantId: 'bakery', text: null, html: null });
    const { text } = (await world.app.mail.find({ ...viewer, role: 'operate' }, mailId)) ?? {};
    expect(text).toEqual(expect.any(String));
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
    const summary = await app.rounds.run(viewer, { tenants: 'all' });
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

describe("The holder of a badge's address", () => {
  it('is shown the banner of that tenant, and nothing else', async () => {
    const { app } = await aWorldOfTwo();
    const badge: Viewer = { kind: 'badge', tenantId: 'bakery' };
    expect(await app.health.banner(badge, 'bakery')).toMatchObject({ health: 'broken', action: 'reconnect' });
    expect(await app.health.banner(badge, 'mill')).toBeNull();
    expect(await app.health.status(badge, 'bakery')).toBeNull();
    expect(await app.tenants.find(badge, 'bakery')).toBeNull();
  });
});

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
  // The audit tells what was done with the tenant, and changes nothing of it.
  const { days: _, feed: __, audit: ___, ...state } = store.memory.state;
  const other = tenantId === 'mill' ? 'bakery' : 'mill';
  const connections = [...state.connections.values()].filter((connection) => connection.tenantId === other);
  const marks = [other, ...connections.map(({ id }) => `"connectionId":"${id}"`)];
  const own = ([, row]: readonly [unknown, unknown]) => !marks.some((mark) => JSON.stringify(row).includes(mark));
  return JSON.stringify(Object.values(state).map((table: Map<unknown, unknown>) => [...table].filter(own)));
}
