import { describe, expect, it } from '@jest/globals';
import type { EventsOutcome, EventsRequest } from '../../../src/monitoring/application.ts';
import { MOST_WAITING } from '../../../src/monitoring/events/await-events.ts';
import { InvalidCursor } from '../../../src/monitoring/pages.ts';
import { operator, type Viewer } from '../../../src/monitoring/viewer.ts';
import { anEvent, anUpdate, NOW } from '../../support/builders.ts';
import { save } from '../../support/store-records.ts';
import { settled } from '../../support/use-case-clock.ts';
import { aWorld, type World } from '../../support/use-case-world.ts';

const WAIT_MS = 25_000;

describe('The feed of events', () => {
  it('begins at its oldest event, and goes on behind the cursor', async () => {
    const world = await aWorldWith('a', 'b', 'c');
    const first = await read(world, { after: null, limit: 2 });
    expect(idsOf(first)).toEqual(['a', 'b']);
    expect(idsOf(await read(world, { after: first.nextCursor }))).toEqual(['c']);
  });

  it('has a cursor at its end too, from which a later event is found', async () => {
    const world = await aWorldWith('a');
    const { nextCursor } = await read(world, { after: null });
    expect(await read(world, { after: nextCursor })).toEqual({ outcome: 'events', items: [], nextCursor });
    await tell(world, 'b');
    expect(idsOf(await read(world, { after: nextCursor }))).toEqual(['b']);
  });

  it('can be followed from now on', async () => {
    const world = await aWorldWith('a');
    const latest = await read(world, { after: 'latest' });
    expect(idsOf(latest)).toEqual([]);
    await tell(world, 'b');
    expect(idsOf(await read(world, { after: latest.nextCursor }))).toEqual(['b']);
  });

  it('shows a key its tenant alone, and goes past the others', async () => {
    const world = await aWorldWith('a');
    await tell(world, 'of-mill', 'mill');
    const viewer: Viewer = { kind: 'key', keyId: 'key', tenantId: 'bakery', role: 'read' };
    const seen = await read(world, { after: null }, viewer);
    expect(idsOf(seen)).toEqual(['a']);
    expect(seen.nextCursor).toEqual((await read(world, { after: null })).nextCursor);
    expect(idsOf(await read(world, { after: null, tenantId: 'mill' }, viewer))).toEqual([]);
  });

  it.each(['contact', 'guest'] as const)('shows nothing to a %s', async (kind) => {
    const viewer: Viewer = { kind, tenantId: 'bakery', contactId: 'owner-of-bakery' };
    expect(idsOf(await read(await aWorldWith('a'), { after: null, waitMs: WAIT_MS }, viewer))).toEqual([]);
  });

  it.each(['nonsense', '', 'ZXZlbnRz', Buffer.from('0 tenant-1').toString('base64url'), cursorAt(2 ** 31)])(
    'refuses what is no cursor of it: %j',
    async (after) => {
      await expect(read(await aWorldWith('a'), { after })).rejects.toThrow(InvalidCursor);
    },
  );
});

describe('A cursor to which the feed does not reach', () => {
  it('is gone when what follows it was erased, and says where to begin again', async () => {
    const world = await aWorldWith('a', 'b', 'c');
    const [first, second] = [
      await read(world, { after: null, limit: 1 }),
      await read(world, { after: null, limit: 2 }),
    ];
    await world.store.retention.prune({ pollsBefore: NOW + 1, historyBefore: 0, writesBefore: 0 });
    await tell(world, 'd');
    expect(await read(world, { after: first.nextCursor })).toEqual({
      outcome: 'gone',
      nextCursor: (await read(world, { after: 'latest' })).nextCursor,
    });
    expect((await read(world, { after: second.nextCursor })).outcome).toBe('gone');
    expect(idsOf(await read(world, { after: null }))).toEqual(['d']);
  });

  it('is gone, too, when the feed was empty then', async () => {
    const world = await aWorldWith();
    const { nextCursor } = await read(world, { after: 'latest' });
    expect(await read(world, { after: nextCursor })).toMatchObject({ outcome: 'events', items: [] });
    await tell(world, 'a');
    await world.store.retention.prune({ pollsBefore: NOW + 1, historyBefore: 0, writesBefore: 0 });
    expect((await read(world, { after: nextCursor })).outcome).toBe('gone');
  });

  it('is not gone when only what lies before it was erased', async () => {
    const world = await aWorldWith('a');
    const { nextCursor } = await read(world, { after: null });
    await world.store.retention.prune({ pollsBefore: NOW + 1, historyBefore: 0, writesBefore: 0 });
    expect(await read(world, { after: nextCursor })).toMatchObject({ outcome: 'events', items: [] });
  });

  it('is gone in a backup that had not come so far', async () => {
    const { nextCursor } = await read(await aWorldWith('a', 'b'), { after: null });
    expect((await read(await aWorldWith('a'), { after: nextCursor })).outcome).toBe('gone');
  });

  it('is gone in a backup that has gone another way since', async () => {
    const { nextCursor } = await read(await aWorldWith('a', 'b'), { after: null });
    expect((await read(await aWorldWith('a', 'other', 'c'), { after: nextCursor })).outcome).toBe('gone');
  });
});

describe('Waiting for the next event', () => {
  it('ends at once with what this process writes', async () => {
    const world = await aWorldWith();
    const waiting = read(world, { after: 'latest' }).then(({ nextCursor }) =>
      read(world, { after: nextCursor, waitMs: WAIT_MS }),
    );
    await settled();
    await world.app.tenants.pause(operator, 'bakery');
    expect(await waiting).toMatchObject({ items: [{ type: 'tenant.paused', data: { tenant: { id: 'bakery' } } }] });
    expect(world.clock.now()).toBe(NOW);
  });

  it('ends within a second with what another process writes', async () => {
    const world = await aWorldWith();
    const waiting = read(world, { after: null, waitMs: WAIT_MS });
    await settled();
    await tell(world, 'a');
    await world.clock.advance(1000);
    expect(idsOf(await waiting)).toEqual(['a']);
  });

  it('goes on past what the reader did not ask for', async () => {
    const world = await aWorldWith();
    const waiting = read(world, { after: null, waitMs: WAIT_MS, tenantId: 'mill' });
    await tell(world, 'a');
    await world.clock.advance(1000);
    await tell(world, 'b', 'mill');
    await world.clock.advance(1000);
    expect(idsOf(await waiting)).toEqual(['b']);
  });

  it('ends with nothing when the time is over, with a cursor past what was left out', async () => {
    const world = await aWorldWith();
    const waiting = read(world, { after: null, waitMs: WAIT_MS, tenantId: 'mill' });
    await tell(world, 'a');
    await world.clock.advance(WAIT_MS);
    const page = await waiting;
    expect(idsOf(page)).toEqual([]);
    expect(page.nextCursor).toBe((await read(world, { after: 'latest' })).nextCursor);
    expect(world.clock.sleepers()).toBe(0);
  });

  it('ends with nothing when the reader goes', async () => {
    const world = await aWorldWith();
    const reader = new AbortController();
    const waiting = read(world, { after: null, waitMs: WAIT_MS, signal: reader.signal });
    await settled();
    reader.abort();
    expect(idsOf(await waiting)).toEqual([]);
    await settled();
    expect(world.clock.sleepers()).toBe(0);
  });

  it('is not for more readers than there may be: a further one is answered at once', async () => {
    const world = await aWorldWith();
    const readers = new AbortController();
    const request = { after: null, waitMs: WAIT_MS, signal: readers.signal };
    const waiting = Array.from({ length: MOST_WAITING }, () => read(world, request));
    await settled();
    expect(idsOf(await read(world, request))).toEqual([]);
    readers.abort();
    expect((await Promise.all(waiting)).flatMap(idsOf)).toEqual([]);
  });

  it('asks the database as often for many readers as for one', async () => {
    const world = await aWorldWith();
    let asked = 0;
    const end = () => {
      asked += 1;
      return world.store.events.end();
    };
    const { app } = world.restarted((port) => ('end' in port && 'read' in port ? { ...port, end } : port));
    const readers = new AbortController();
    const all = { after: null, limit: 10, types: null, tenantId: null, waitMs: WAIT_MS, signal: readers.signal };
    const waiting = Array.from({ length: 50 }, () => app.events.read(operator, all));
    await settled();
    const before = asked;
    await world.clock.advance(5000);
    expect(asked - before).toBe(10);
    readers.abort();
    await Promise.all(waiting);
  });

  it('ends with the trouble of a feed that cannot be read', async () => {
    const world = await aWorldWith();
    const end = () => Promise.reject(new Error('no database'));
    const { app } = world.restarted((port) => ('end' in port && 'read' in port ? { ...port, end } : port));
    const all = { after: null, limit: 10, types: null, tenantId: null, waitMs: WAIT_MS };
    await expect(app.events.read(operator, all)).rejects.toThrow('no database');
  });
});

function cursorAt(position: number): string {
  return Buffer.from(`events ${position} a`).toString('base64url');
}

/** With the tenants `bakery` and `mill`, and events of the first. */
async function aWorldWith(...ids: readonly string[]): Promise<World> {
  const world = await aWorld({ tenants: ['bakery', 'mill'] });
  for (const id of ids) await tell(world, id);
  return world;
}

/** As another process does. */
async function tell({ store }: World, id: string, tenantId = 'bakery'): Promise<void> {
  await save(store, anUpdate({ tenantId, events: [anEvent({ id, tenantId })] }));
}

async function read(
  { app }: World,
  request: Partial<EventsRequest>,
  viewer: Viewer = operator,
): Promise<EventsOutcome> {
  return await app.events.read(viewer, { after: null, limit: 100, types: null, tenantId: null, waitMs: 0, ...request });
}

function idsOf(outcome: EventsOutcome): readonly string[] {
  if (outcome.outcome === 'gone') throw new Error('the cursor is gone');
  return outcome.items.map(({ id }) => id);
}
