import { describe, expect, it } from '@jest/globals';
import { keyRoles, roleIncludes } from '../../src/domain/model/api-key.ts';
import type { Application } from '../../src/monitoring/application.ts';
import { NotAllowed, operator, type Viewer } from '../../src/monitoring/viewer.ts';
import { aWorldOfTwo, type Call, everyCall, idsOf } from '../support/every-call.ts';
import type { World } from '../support/use-case-world.ts';

/** The least role of a key of all tenants that may make the call; `none`: no key may. */
type Needed = 'read' | 'operate' | 'admin' | 'none';

/** Every call there is: a new one does not compile before it stands here. */
const needed: { readonly [Group in keyof Application]: { readonly [Name in keyof Application[Group]]: Needed } } = {
  tenants: {
    add: 'operate',
    addTried: 'operate',
    list: 'read',
    find: 'read',
    names: 'read',
    count: 'read',
    counts: 'read',
    export: 'read',
    tokenHolders: 'operate',
    update: 'operate',
    updateSettings: 'operate',
    pause: 'operate',
    resume: 'operate',
    act: 'operate',
    // It purges as well; without that, see below.
    remove: 'admin',
  },
  health: { status: 'read', connections: 'read', banner: 'read', history: 'read', tenantOf: 'read' },
  past: { tenants: 'read', tenant: 'read', counts: 'read' },
  incidents: { list: 'read', find: 'read', acknowledge: 'operate', snooze: 'operate', close: 'operate' },
  mail: {
    list: 'read',
    find: 'read',
    explain: 'read',
    explainContact: 'read',
    holds: 'read',
    hold: 'operate',
    release: 'operate',
    discard: 'operate',
    preview: 'read',
    test: 'operate',
    recordBounce: 'operate',
  },
  events: { read: 'read' },
  fleet: { now: 'read', people: 'read', effect: 'read', plan: 'read' },
  rounds: { run: 'operate' },
  replays: { run: 'read' },
  // A key is no contact: it is answered with null.
  owner: { page: 'read', request: 'read', checkNow: 'read' },
  connecting: {
    invitation: 'none',
    begin: 'none',
    finish: 'none',
    answer: 'none',
    beginDevice: 'none',
    awaitDevice: 'none',
    invite: 'operate',
  },
  apiKeys: { create: 'admin', list: 'admin', signInLink: 'none', revoke: 'admin' },
  webhooks: {
    add: 'admin',
    list: 'read',
    find: 'read',
    update: 'admin',
    enable: 'operate',
    disable: 'operate',
    remove: 'admin',
    rotate: 'admin',
    test: 'operate',
    redeliver: 'operate',
    attempts: 'read',
  },
  applications: { list: 'admin', find: 'admin', add: 'admin', update: 'admin', remove: 'admin' },
  audit: { list: 'admin' },
  operations: {
    start: 'none',
    doctor: 'operate',
    monitor: 'read',
    workers: 'read',
    rotateKeys: 'none',
    migrate: 'none',
    backUp: 'none',
    restore: 'none',
    move: 'none',
    close: 'none',
  },
};

const everyCallAndRole = Object.entries(needed).flatMap(([group, ofGroup]) =>
  Object.entries<Needed>(ofGroup).flatMap(([name, least]) =>
    keyRoles.map((role) => {
      const isAllowed = least !== 'none' && roleIncludes(role, least);
      return [isAllowed ? 'may' : 'may not', `${group}.${name}`, role, isAllowed] as const;
    }),
  ),
);

const callsByName = new Map<string, Call>(everyCall);

describe('A key of all tenants', () => {
  it.each(everyCallAndRole)('%s call %s with the role "%s"', async (_, name, role, isAllowed) => {
    const world = await aWorldOfTwo();
    const viewer: Viewer = { kind: 'key', keyId: 'key', role, tenantId: null };
    const before = structuredClone(world.store.memory.state);
    const { error } = await callBy(name, world, viewer);
    expect(error instanceof NotAllowed).toBe(!isAllowed);
    // Only the removal without a purge comes before what is refused.
    if (!isAllowed && name !== 'tenants.remove') expect(world.store.memory.state).toEqual(before);
  });

  it.each(keyRoles)(
    'removes a tenant with the role "%s" unless it may only look, and purges none but as admin',
    async (role) => {
      const viewer: Viewer = { kind: 'key', keyId: 'key', role, tenantId: null };
      for (const purge of [false, true]) {
        const { app } = await aWorldOfTwo();
        const isDone = await app.tenants
          .remove(viewer, 'mill', { purge })
          .catch((error: unknown) => (error instanceof NotAllowed ? 'not allowed' : error));
        expect(isDone).toBe(roleIncludes(role, purge ? 'admin' : 'operate') ? true : 'not allowed');
      }
    },
  );
});

describe('The operator', () => {
  it.each(everyCallAndRole.filter(([, , role]) => role === 'read').map(([, name]) => name))(
    'may call %s',
    async (name) => {
      expect((await callBy(name, await aWorldOfTwo(), operator)).error).not.toBeInstanceOf(NotAllowed);
    },
  );
});

/** The error that the call ended with, which in this world may be another than `NotAllowed`; null without one. */
async function callBy(name: string, world: World, viewer: Viewer) {
  const call = callsByName.get(name);
  if (call === undefined) throw new Error(`there is no call ${name}`);
  try {
    await call(world.app, viewer, idsOf(world, 'mill'));
    return { error: null };
  } catch (error) {
    return { error };
  }
}
