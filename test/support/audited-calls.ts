import { z } from 'zod';
import type { AuditEntry } from '../../src/domain/model/audit.ts';
import type { Application } from '../../src/monitoring/application.ts';
import { operator, type Viewer } from '../../src/monitoring/viewer.ts';
import { aGrant, anApiKey, anApplication } from './builders.ts';
import { aDevice, returned, tomorrow } from './call-arguments.ts';
import type { Call, Named } from './every-call.ts';
import { aNewTenant } from './store-records.ts';
import { aPermission } from './use-case-authorizer.ts';
import type { World } from './use-case-world.ts';

export const byKey = {
  kind: 'key',
  keyId: 'key',
  role: 'admin',
  tenantId: null,
  from: '192.0.2.1',
} as const satisfies Viewer;
export const contact = {
  kind: 'contact',
  tenantId: 'bakery',
  contactId: 'owner-of-bakery',
  from: '192.0.2.2',
} as const satisfies Viewer;
export const guest: Viewer = { ...contact, kind: 'guest' };
export const invited: Viewer = { ...contact, kind: 'invited', signedAt: tomorrow };

export const key = { kind: 'key', id: 'key' } as const;
const user = { kind: 'command_line', id: 'operator-of-test' } as const;
const person = (kind: 'contact' | 'guest' | 'invited') => ({ kind, id: 'owner-of-bakery' }) as const;

export const anyTenant = { tenantId: null, name: 'New', owner: 'new@new.example' };

type Written = Pick<AuditEntry, 'actor' | 'action'> & Partial<AuditEntry>;

/** A call that changes something, by whom, and the one entry that it leaves. */
export type Changing = Readonly<{
  by: Viewer;
  call: Call;
  leaves(named: Named, answer: unknown): Written;
  before?(world: World, named: Named): Promise<unknown>;
}>;

export const mailOf = ({ mailId }: Named) => ({ kind: 'ids', ids: [mailId, 'no-mail'] }) as const;
const holdMail = (world: World, named: Named) => world.app.mail.hold(operator, mailOf(named));
const ofMail = (action: AuditEntry['action'], { mailId }: Named): Written => ({
  actor: key,
  action,
  subjects: [mailId],
  count: 1,
  tenantId: null,
});
const ofBakery = (action: AuditEntry['action'], given: Partial<Written> = {}): Written => ({
  actor: key,
  action,
  tenantId: 'bakery',
  subjects: [],
  count: 1,
  ...given,
});
const ofWebhook = (action: AuditEntry['action'], { webhookId }: Named) => ofBakery(action, { subjects: [webhookId] });
const ofApplication = (action: AuditEntry['action'], id: string) =>
  ({ actor: key, action, tenantId: null, subjects: [id] }) as const;
const ofIncident = (action: AuditEntry['action'], { incidentId }: Named) =>
  ofBakery(action, { subjects: [incidentId] });

/** Every call there is: a new one does not compile before it stands here. Null: it only reads. */
const table: {
  readonly [Group in keyof Application]: { readonly [Name in keyof Application[Group]]: Changing | null };
} = {
  tenants: {
    add: {
      by: byKey,
      call: async (app, viewer) =>
        await app.tenants.add(
          viewer,
          ['a', 'b'].map((n) => aNewTenant({ name: n, grant: aGrant({ refreshToken: n }) })),
        ),
      leaves: (_, answer) => ({ actor: key, action: 'tenant.add', tenantId: null, subjects: idsIn(answer), count: 2 }),
    },
    addTried: {
      by: byKey,
      call: (app, viewer) => app.tenants.addTried(viewer, aNewTenant()),
      leaves: (_, answer) => ({ actor: key, action: 'tenant.add', tenantId: idIn(answer), count: 1 }),
    },
    list: null,
    find: null,
    names: null,
    count: null,
    counts: null,
    export: null,
    tokenHolders: null,
    update: {
      by: byKey,
      call: (app, viewer) => app.tenants.update(viewer, 'bakery', { name: 'New' }),
      leaves: () => ofBakery('tenant.update'),
    },
    updateSettings: {
      by: byKey,
      call: (app, viewer) =>
        app.tenants.updateSettings(
          viewer,
          ['nowhere', 'bakery', 'mill'].map((id) => ({ id, patch: { name: 'New' } })),
        ),
      leaves: () => ({ ...ofBakery('tenant.update'), tenantId: null, subjects: ['bakery', 'mill'], count: 2 }),
    },
    pause: {
      by: byKey,
      call: (app, viewer) => app.tenants.pause(viewer, 'bakery'),
      leaves: () => ofBakery('tenant.pause'),
    },
    resume: {
      by: { ...byKey, tenantId: 'bakery' },
      before: ({ app }) => app.tenants.pause(operator, 'bakery'),
      call: (app, viewer) => app.tenants.resume(viewer, 'bakery'),
      leaves: () => ofBakery('tenant.resume'),
    },
    act: {
      by: byKey,
      call: (app, viewer) =>
        app.tenants.act(viewer, { kind: 'pause' }, { kind: 'ids', ids: ['mill', 'jane@bakery.example', 'bakery'] }),
      leaves: () => ({ ...ofBakery('tenant.pause'), tenantId: null, subjects: ['mill', 'bakery'], count: 2 }),
    },
    remove: {
      by: operator,
      call: (app, viewer) => app.tenants.remove(viewer, 'bakery', { purge: false }),
      leaves: () => ofBakery('tenant.remove', { actor: user, from: null }),
    },
  },
  health: { status: null, connections: null, banner: null, history: null, tenantOf: null },
  past: { tenants: null, tenant: null, counts: null },
  incidents: {
    list: null,
    find: null,
    acknowledge: {
      by: byKey,
      call: (app, viewer, { incidentId }) => app.incidents.acknowledge(viewer, incidentId),
      leaves: (named) => ofIncident('incident.acknowledge', named),
    },
    snooze: {
      by: byKey,
      call: (app, viewer, { incidentId }) => app.incidents.snooze(viewer, incidentId, tomorrow),
      leaves: (named) => ofIncident('incident.snooze', named),
    },
    close: {
      by: byKey,
      call: (app, viewer, { incidentId }) => app.incidents.close(viewer, incidentId),
      leaves: (named) => ofIncident('incident.close', named),
    },
  },
  mail: {
    list: null,
    find: null,
    explain: null,
    explainContact: null,
    holds: null,
    hold: {
      by: byKey,
      call: (app, viewer, named) => app.mail.hold(viewer, mailOf(named)),
      leaves: (named) => ofMail('mail.hold', named),
    },
    release: {
      by: byKey,
      before: holdMail,
      call: (app, viewer, named) => app.mail.release(viewer, mailOf(named)),
      leaves: (named) => ofMail('mail.release', named),
    },
    discard: {
      by: byKey,
      before: holdMail,
      call: (app, viewer) => app.mail.discard(viewer, { kind: 'tenant', tenantId: 'bakery' }),
      leaves: (named) => ({ ...ofMail('mail.discard', named), tenantId: 'bakery' }),
    },
    preview: null,
    test: {
      by: byKey,
      call: (app, viewer) => app.mail.test(viewer, 'jane@bakery.example'),
      leaves: () => ({ actor: key, action: 'mail.test', tenantId: null, subjects: [] }),
    },
    recordBounce: {
      by: operator,
      before: (world) => world.deliver(),
      call: (app, viewer) => app.mail.recordBounce(viewer, new Uint8Array()),
      leaves: ({ mailId }) => ({ actor: user, action: 'mail.bounce', subjects: [mailId], from: null }),
    },
  },
  rounds: {
    run: {
      by: byKey,
      call: (app, viewer) => app.rounds.run(viewer, { tenants: ['bakery'] }),
      leaves: () => ofBakery('tenant.poll', { subjects: ['bakery'] }),
    },
  },
  events: { read: null },
  fleet: { now: null, people: null, effect: null, plan: null },
  replays: { run: null },
  owner: {
    page: null,
    request: {
      by: contact,
      call: (app, viewer) => app.owner.request(viewer, { kind: 'leave', as: 'unsubscribed' }),
      leaves: () => ofBakery('contact.leave', { actor: person('contact'), from: '192.0.2.2' }),
    },
    checkNow: {
      by: guest,
      call: (app, viewer) => app.owner.checkNow(viewer),
      leaves: () => ofBakery('contact.check', { actor: person('guest'), from: '192.0.2.2' }),
    },
  },
  connecting: {
    invitation: null,
    begin: {
      by: invited,
      call: (app, viewer) => app.connecting.begin(viewer, 'https://linkwatch.example/callback', { prompt: false }),
      leaves: () => ofBakery('tenant.connect_begin', { actor: person('invited'), from: '192.0.2.2' }),
    },
    finish: {
      by: invited,
      before: async (world) => signIn(world, 'bakery'),
      call: (app, viewer) => app.connecting.finish(viewer, returned, { tenantId: null }),
      leaves: () => ofBakery('tenant.connect', { actor: person('invited'), from: '192.0.2.2' }),
    },
    answer: {
      by: operator,
      before: async (world) => signIn(world, 'garage'),
      call: async (app, viewer) => {
        const asked = await app.connecting.finish(viewer, returned, { tenantId: 'bakery' });
        if (asked.outcome !== 'asks') throw new Error(asked.outcome);
        return await app.connecting.answer(viewer, asked.question, true);
      },
      leaves: () => ofBakery('tenant.connect', { actor: user, from: null }),
    },
    beginDevice: null,
    awaitDevice: {
      by: operator,
      before: async (world) => signIn(world, 'new'),
      call: (app, viewer) => app.connecting.awaitDevice(viewer, aDevice, anyTenant, new AbortController().signal),
      leaves: (_, answer) => ({
        actor: user,
        action: 'tenant.connect',
        tenantId: idIn(z.object({ tenant: z.unknown() }).parse(answer).tenant),
        from: null,
      }),
    },
    invite: {
      by: operator,
      call: (app, viewer) => app.connecting.invite(viewer, { email: 'owner@bakery.example', tenantId: 'bakery' }),
      leaves: () => ofBakery('tenant.invite', { actor: user, from: null }),
    },
  },
  apiKeys: {
    signInLink: {
      by: operator,
      call: (app, viewer) => app.apiKeys.signInLink(viewer),
      leaves: () => ({ actor: user, action: 'api_key.sign_in_link', tenantId: null, subjects: [], from: null }),
    },
    create: {
      by: byKey,
      call: (app, viewer) => app.apiKeys.create(viewer, { tenantId: 'bakery', name: 'of Jane' }),
      leaves: (_, answer) =>
        ofBakery('api_key.create', { subjects: [idIn(z.object({ key: z.unknown() }).parse(answer).key)] }),
    },
    list: null,
    revoke: {
      by: byKey,
      before: ({ store }) => store.apiKeys.add(anApiKey({ id: 'old-key' }), 'hash'),
      call: (app, viewer) => app.apiKeys.revoke(viewer, 'old-key'),
      leaves: () => ({ actor: key, action: 'api_key.revoke', tenantId: null, subjects: ['old-key'] }),
    },
  },
  applications: {
    list: null,
    find: null,
    add: {
      by: byKey,
      call: (app, viewer) => app.applications.add(viewer, { name: 'Other', clientId: 'other-key' }),
      leaves: (_, answer) =>
        ofApplication('application.add', idIn(z.object({ application: z.unknown() }).parse(answer).application)),
    },
    update: {
      by: byKey,
      before: ({ store }) => store.applications.add(anApplication()),
      call: (app, viewer) => app.applications.update(viewer, 'brand', { requestsPerDay: 5 }),
      leaves: () => ofApplication('application.update', 'brand'),
    },
    remove: {
      by: byKey,
      before: ({ store }) => store.applications.add(anApplication()),
      call: (app, viewer) => app.applications.remove(viewer, 'brand'),
      leaves: () => ofApplication('application.remove', 'brand'),
    },
  },
  webhooks: {
    add: {
      by: byKey,
      call: (app, viewer) => app.webhooks.add(viewer, { url: 'https://shop.example/', tenantId: 'bakery' }),
      leaves: (_, answer) =>
        ofBakery('webhook.add', { subjects: [idIn(z.object({ webhook: z.unknown() }).parse(answer).webhook)] }),
    },
    list: null,
    find: null,
    update: {
      by: byKey,
      call: (app, viewer, { webhookId }) => app.webhooks.update(viewer, webhookId, { types: ['tenant.paused'] }),
      leaves: (named) => ofWebhook('webhook.update', named),
    },
    enable: {
      by: byKey,
      before: ({ app }, { webhookId }) => app.webhooks.disable(operator, webhookId),
      call: (app, viewer, { webhookId }) => app.webhooks.enable(viewer, webhookId),
      leaves: (named) => ofWebhook('webhook.enable', named),
    },
    disable: {
      by: byKey,
      call: (app, viewer, { webhookId }) => app.webhooks.disable(viewer, webhookId),
      leaves: (named) => ofWebhook('webhook.disable', named),
    },
    remove: {
      by: byKey,
      call: (app, viewer, { webhookId }) => app.webhooks.remove(viewer, webhookId),
      leaves: (named) => ({ ...ofWebhook('webhook.remove', named), tenantId: null }),
    },
    rotate: {
      by: byKey,
      call: (app, viewer, { webhookId }) => app.webhooks.rotate(viewer, webhookId),
      leaves: (named) => ({ ...ofWebhook('webhook.rotate', named), tenantId: null }),
    },
    test: {
      by: byKey,
      call: (app, viewer, { webhookId }) => app.webhooks.test(viewer, webhookId),
      leaves: (named) => ({ ...ofWebhook('webhook.test', named), tenantId: null }),
    },
    redeliver: {
      by: byKey,
      before: async ({ app, send }) => {
        await app.tenants.pause(operator, 'bakery');
        await send();
      },
      call: (app, viewer, { webhookId }) => app.webhooks.redeliver(viewer, webhookId, { kind: 'since', since: 0 }),
      // What was found and confirmed before, and the pause.
      leaves: (named) => ({ ...ofWebhook('webhook.redeliver', named), tenantId: null, count: 4 }),
    },
    attempts: null,
  },
  audit: { list: null },
  operations: {
    start: null,
    doctor: null,
    monitor: null,
    workers: null,
    rotateKeys: {
      by: operator,
      call: (app, viewer) => app.operations.rotateKeys(viewer, () => undefined),
      leaves: () => ({ actor: user, action: 'key.rotate', tenantId: null, count: 5, from: null }),
    },
    migrate: null,
    backUp: {
      by: operator,
      call: (app, viewer) => app.operations.backUp(viewer, { file: '/copies/a.db', replace: false }),
      leaves: () => ({ actor: user, action: 'db.backup', tenantId: null, from: null }),
    },
    restore: {
      by: operator,
      call: (app, viewer) => app.operations.restore(viewer, { file: '/copies/a.db', replace: false }),
      leaves: () => ({ actor: user, action: 'db.restore', tenantId: null, count: 2, from: null }),
    },
    move: null,
    close: null,
  },
};

/** The calls that change something, by name. */
export const changing = namedCalls().flatMap(([name, one]) => (one === null ? [] : [[name, one] as const]));
/** The names of the others. */
export const reading = namedCalls().flatMap(([name, one]) => (one === null ? [name] : []));

function namedCalls(): readonly (readonly [string, Changing | null])[] {
  return Object.entries(table).flatMap(([group, ofGroup]) =>
    Object.entries<Changing | null>(ofGroup).map(([name, one]) => [`${group}.${name}`, one] as const),
  );
}

/** The next to come back from Constant Contact's page has signed in to the account of that name. */
function signIn({ constantContact, authorizer }: World, name: string): void {
  const account = { accountId: `id-of-${name}`, name, contactEmail: `owner@${name}.example`, timezone: 'US/Eastern' };
  constantContact.isAccount(name, account);
  authorizer.answers({ outcome: 'agreed', permission: aPermission(name) });
}

/** Answers are told apart by their tests; here an id is all that is wanted of one. */
function idsIn(answer: unknown): readonly string[] {
  return z.object({ ids: z.array(z.string()) }).parse(answer).ids;
}

function idIn(answer: unknown): string {
  return z.object({ id: z.string() }).parse(answer).id;
}
