import type { Application } from '../../src/monitoring/application.ts';
import type { Viewer } from '../../src/monitoring/viewer.ts';
import { aGrant, aWebhook, NOW } from './builders.ts';
import { aDevice, returned, tomorrow } from './call-arguments.ts';
import { aNewTenant, firstPage } from './store-records.ts';
import { withAlertsDue, withOperatorMail } from './use-case-alerts.ts';
import type { World } from './use-case-world.ts';

/** The ids that a call names. */
export type Named = Readonly<{
  tenantId: string;
  contactId: string;
  incidentId: string;
  mailId: string;
  webhookId: string;
}>;

export type Call = (app: Application, viewer: Viewer, named: Named) => Promise<unknown>;

const aCopy = { file: '/copies/linkwatch.db', replace: false };

/** Every call there is: a new one does not compile before it stands here. */
const calls: { readonly [Group in keyof Application]: { readonly [Name in keyof Application[Group]]: Call } } = {
  tenants: {
    add: (app, viewer) => app.tenants.add(viewer, []),
    addTried: (app, viewer) => app.tenants.addTried(viewer, aNewTenant()),
    list: (app, viewer) => app.tenants.list(viewer, firstPage),
    find: (app, viewer, { tenantId }) => app.tenants.find(viewer, tenantId),
    names: async (app, viewer, { tenantId }) => [...(await app.tenants.names(viewer, [tenantId])).values()],
    count: (app, viewer) => app.tenants.count(viewer),
    counts: (app, viewer) => app.tenants.counts(viewer),
    export: (app, viewer) => app.tenants.export(viewer, firstPage),
    tokenHolders: (app, viewer) => app.tenants.tokenHolders(viewer, [aGrant().refreshToken]),
    update: (app, viewer, { tenantId }) => app.tenants.update(viewer, tenantId, { name: 'Taken', grant: aGrant() }),
    updateSettings: (app, viewer, { tenantId }) =>
      app.tenants.updateSettings(viewer, [{ id: tenantId, patch: { name: 'Taken' } }]),
    pause: (app, viewer, { tenantId }) => app.tenants.pause(viewer, tenantId),
    resume: (app, viewer, { tenantId }) => app.tenants.resume(viewer, tenantId),
    act: async (app, viewer, { tenantId }) => [
      await app.tenants.act(viewer, { kind: 'pause' }, { kind: 'ids', ids: [tenantId] }),
      await app.tenants.act(viewer, { kind: 'snooze', until: tomorrow }, { kind: 'ids', ids: [tenantId] }),
      await app.tenants.act(viewer, { kind: 'release' }, { kind: 'ids', ids: [tenantId] }),
      await app.tenants.act(viewer, { kind: 'poll' }, { kind: 'filter', filter: { search: tenantId } }),
    ],
    remove: async (app, viewer, { tenantId }) => [
      await app.tenants.remove(viewer, tenantId, { purge: false }),
      await app.tenants.remove(viewer, tenantId, { purge: true }),
    ],
  },
  health: {
    tenantOf: (app, viewer) => app.health.tenantOf(viewer, 'no-connection'),
    status: (app, viewer, { tenantId }) => app.health.status(viewer, tenantId),
    connections: (app, viewer) => app.health.connections(viewer, firstPage),
    banner: (app, viewer, { tenantId }) => app.health.banner(viewer, tenantId),
    history: (app, viewer, { tenantId }) =>
      app.health.history(viewer, { tenantId, connection: null, from: 0, to: tomorrow }),
  },
  past: {
    tenants: (app, viewer) => app.past.tenants(viewer, { cursor: null, limit: 100, at: NOW }),
    tenant: (app, viewer, { tenantId }) => app.past.tenant(viewer, tenantId, NOW),
    counts: (app, viewer) => app.past.counts(viewer, { at: NOW }),
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
    explain: (app, viewer, { tenantId }) => app.mail.explain(viewer, { tenantId, from: 0 }),
    holds: (app, viewer) => app.mail.holds(viewer),
    explainContact: (app, viewer, { tenantId }) =>
      app.mail.explainContact(viewer, { ...firstPage, address: `owner@${tenantId}.example`, from: 0 }),
    hold: (app, viewer, named) => bySelection((selection) => app.mail.hold(viewer, selection), named),
    release: (app, viewer, named) => bySelection((selection) => app.mail.release(viewer, selection), named),
    discard: (app, viewer, named) => bySelection((selection) => app.mail.discard(viewer, selection), named),
    preview: (app, viewer) => app.mail.preview(viewer, 'alert', 'en'),
    test: (app, viewer) => app.mail.test(viewer, 'somebody@mill.example'),
    recordBounce: (app, viewer) => app.mail.recordBounce(viewer, new Uint8Array()),
  },
  fleet: {
    now: (app, viewer) => app.fleet.now(viewer),
    people: (app, viewer) => app.fleet.people(viewer, firstPage),
    effect: (app, viewer) => app.fleet.effect(viewer),
    plan: (app, viewer) => app.fleet.plan(viewer, { tenants: 3 }),
  },
  events: {
    read: async (app, viewer, { tenantId }) => {
      const all = { limit: 100, types: null, waitMs: 0 };
      return [
        await app.events.read(viewer, { ...all, after: null, tenantId }),
        await app.events.read(viewer, { ...all, after: null, tenantId: null }),
      ];
    },
  },
  rounds: {
    run: async (app, viewer, { tenantId }) => {
      const run = (tenants: 'due' | 'all' | readonly string[]) => app.rounds.run(viewer, { tenants });
      return [await run([tenantId]), await run('due'), await run('all')];
    },
  },
  replays: {
    run: async (app, viewer, { tenantId }) => {
      const range = { from: 0, to: tomorrow };
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
    beginDevice: (app, viewer) => app.connecting.beginDevice(viewer, {}),
    invite: (app, viewer, { tenantId }) => app.connecting.invite(viewer, { email: 'jane@mill.example', tenantId }),
    awaitDevice: (app, viewer, { tenantId }) =>
      app.connecting.awaitDevice(viewer, aDevice, { tenantId }, AbortSignal.abort()),
  },
  apiKeys: {
    signInLink: (app, viewer) => app.apiKeys.signInLink(viewer),
    create: (app, viewer, { tenantId }) => app.apiKeys.create(viewer, { tenantId }),
    list: (app, viewer) => app.apiKeys.list(viewer, firstPage),
    revoke: (app, viewer) => app.apiKeys.revoke(viewer, 'a-key'),
  },
  applications: {
    list: (app, viewer) => app.applications.list(viewer),
    find: (app, viewer) => app.applications.find(viewer, 'brand'),
    add: (app, viewer) => app.applications.add(viewer, { name: 'other', clientId: 'other-key' }),
    update: (app, viewer) => app.applications.update(viewer, 'an-application', { requestsPerDay: 1 }),
    remove: (app, viewer) => app.applications.remove(viewer, 'an-application'),
  },
  webhooks: {
    add: (app, viewer, { tenantId }) => app.webhooks.add(viewer, { url: 'https://new.example/', tenantId }),
    list: async (app, viewer, { tenantId }) => [
      await app.webhooks.list(viewer, { ...firstPage, tenantId }),
      await app.webhooks.list(viewer, { ...firstPage, tenantId: null }),
    ],
    find: (app, viewer, { webhookId }) => app.webhooks.find(viewer, webhookId),
    update: (app, viewer, { webhookId }) => app.webhooks.update(viewer, webhookId, { url: 'https://taken.example/' }),
    enable: (app, viewer, { webhookId }) => app.webhooks.enable(viewer, webhookId),
    disable: (app, viewer, { webhookId }) => app.webhooks.disable(viewer, webhookId),
    remove: (app, viewer, { webhookId }) => app.webhooks.remove(viewer, webhookId),
    rotate: (app, viewer, { webhookId }) => app.webhooks.rotate(viewer, webhookId),
    test: (app, viewer, { webhookId }) => app.webhooks.test(viewer, webhookId),
    redeliver: (app, viewer, { webhookId }) => app.webhooks.redeliver(viewer, webhookId, { kind: 'since', since: 0 }),
    attempts: (app, viewer, { webhookId }) => app.webhooks.attempts(viewer, webhookId, firstPage),
  },
  audit: { list: (app, viewer, { tenantId }) => app.audit.list(viewer, { ...firstPage, tenantId }) },
  operations: {
    start: (app, viewer) => app.operations.start(viewer, { signal: AbortSignal.abort(), onListening: () => undefined }),
    doctor: (app, viewer) => app.operations.doctor(viewer),
    monitor: (app, viewer) => app.operations.monitor(viewer),
    workers: (app, viewer) => app.operations.workers(viewer, firstPage),
    rotateKeys: (app, viewer) => app.operations.rotateKeys(viewer, () => undefined),
    migrate: (app, viewer) => app.operations.migrate(viewer),
    backUp: (app, viewer) => app.operations.backUp(viewer, aCopy),
    restore: (app, viewer) => app.operations.restore(viewer, aCopy),
    move: (app, viewer) =>
      app.operations.move(viewer, { url: 'postgresql://server/name', onProgress: () => undefined }),
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

export const everyCall = Object.entries(calls).flatMap(([group, ofGroup]) =>
  Object.entries<Call>(ofGroup).map(([name, call]) => [`${group}.${name}`, call] as const),
);

/** Both have a broken connection, and its alert is due; the operator has mail too. */
export async function aWorldOfTwo(): Promise<World> {
  const world = await withAlertsDue(['bakery', 'mill']);
  await withOperatorMail(world);
  for (const tenantId of ['bakery', 'mill', null])
    await world.store.webhooks.add(aWebhook({ id: `webhook-of-${tenantId}`, tenantId }), 'whsec_c2VjcmV0');
  return world;
}

export function idsOf({ store }: World, tenantId: string): Named {
  const { incidents, notifications } = store.memory.state;
  const idOf = (rows: Iterable<Readonly<{ id: string; tenantId: string | null }>>) =>
    [...rows].find((row) => row.tenantId === tenantId)?.id ?? 'none';
  return {
    tenantId,
    contactId: `owner-of-${tenantId}`,
    incidentId: idOf(incidents.values()),
    mailId: idOf(notifications.values()),
    webhookId: `webhook-of-${tenantId}`,
  };
}
