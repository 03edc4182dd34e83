import type { Actor, AuditAction } from '../../domain/model/audit.ts';
import type { Application, MailSelection, MailSelectionOutcome } from '../application.ts';
import { seesAllTenants, type Viewer } from '../viewer.ts';
import type { IncidentOutcome } from '../views.ts';
import { type AuditPorts, writeEntry } from './write-entry.ts';

/** What a call has done. `tenantId` is the viewer's, and `count` 1, unless given. A count of 0 is not written down. */
type Happening = Readonly<{
  action: AuditAction;
  tenantId?: string;
  subjects?: readonly string[];
  count?: number;
  /** For a viewer of all tenants the call applies to what is to come as well: it is written down whatever the count. */
  isStanding?: boolean;
}>;

/** What a call is written down as, unless it changed nothing; `null` for one that only reads. */
type Describe<Call> = Call extends (viewer: Viewer, ...args: infer Args) => Promise<infer Answer>
  ? ((answer: Answer, ...args: Args) => Happening | null) | null
  : never;

/** Every call there is: a new one does not compile before it stands here. */
type Table = { readonly [Group in keyof Application]: GroupTable<Application[Group]> };
type GroupTable<Group> = { readonly [Name in keyof Group]: Describe<Group[Name]> };

const oneOrNone = (isDone: boolean) => (isDone ? 1 : 0);

const ofTenant = (action: AuditAction) => (isDone: boolean, tenantId: string) =>
  ({ action, tenantId, count: oneOrNone(isDone) }) as const;

const ofIncident = (action: AuditAction) => (answer: IncidentOutcome, id: string) =>
  ({
    action,
    ...(answer.outcome === 'done' && { tenantId: answer.incident.tenantId }),
    subjects: [id],
    count: oneOrNone(answer.outcome === 'done'),
  }) as const;

const ofMail = (action: AuditAction) => (answer: MailSelectionOutcome, selection: MailSelection) =>
  ({
    action,
    ...(selection.kind === 'tenant' && { tenantId: selection.tenantId }),
    subjects: answer.changed,
    count: answer.changed.length,
    isStanding: selection.kind === 'all',
  }) as const;

const table: Table = {
  tenants: {
    add: (answer) => (answer.ok ? { action: 'tenant.add', subjects: answer.ids, count: answer.ids.length } : null),
    addTried: (answer) => (answer.outcome === 'added' ? { action: 'tenant.add', tenantId: answer.id } : null),
    list: null,
    find: null,
    names: null,
    count: null,
    counts: null,
    export: null,
    tokenHolders: null,
    update: ({ outcome }, tenantId) => ({ action: 'tenant.update', tenantId, count: oneOrNone(outcome === 'updated') }),
    updateSettings: (answers, updates) => {
      const subjects = updates.filter((_, index) => answers[index]?.outcome === 'updated').map(({ id }) => id);
      return { action: 'tenant.update', subjects, count: subjects.length };
    },
    pause: ofTenant('tenant.pause'),
    resume: ofTenant('tenant.resume'),
    act: (answers, { kind }) => {
      const done = answers.filter(({ outcome }) => outcome === 'done');
      const isOfTenants = kind !== 'snooze' && kind !== 'release';
      const subjects = done.flatMap(({ id, changed }) => (isOfTenants ? [id] : changed));
      const action = isOfTenants ? (`tenant.${kind}` as const) : kind === 'snooze' ? 'incident.snooze' : 'mail.release';
      return { action, subjects, count: subjects.length };
    },
    remove: (isDone, tenantId, { purge }) => ofTenant(purge ? 'tenant.purge' : 'tenant.remove')(isDone, tenantId),
  },
  health: { status: null, connections: null, banner: null, history: null, tenantOf: null },
  past: { tenants: null, tenant: null, counts: null },
  incidents: {
    list: null,
    find: null,
    acknowledge: ofIncident('incident.acknowledge'),
    snooze: ofIncident('incident.snooze'),
    close: ofIncident('incident.close'),
  },
  mail: {
    list: null,
    find: null,
    explain: null,
    explainContact: null,
    holds: null,
    hold: ofMail('mail.hold'),
    release: ofMail('mail.release'),
    discard: ofMail('mail.discard'),
    preview: null,
    test: ({ outcome }) => (outcome === 'no_address' ? null : { action: 'mail.test' }),
    recordBounce: (answer) => {
      const isNews = answer.outcome === 'soft' || (answer.outcome === 'recorded' && !answer.isRepeated);
      return isNews ? { action: 'mail.bounce', subjects: [answer.id] } : null;
    },
  },
  events: { read: null },
  fleet: { now: null, people: null, effect: null, plan: null },
  rounds: {
    run: ({ polled }, { tenants }) => {
      // What was named and not polled may be no id at all, and is not written down.
      const subjects = typeof tenants !== 'string' && tenants.length === polled ? tenants : [];
      const [tenantId] = subjects;
      const isOne = tenantId !== undefined && subjects.length === 1;
      return { action: 'tenant.poll', ...(isOne && { tenantId }), subjects, count: polled };
    },
  },
  replays: { run: null },
  owner: {
    page: null,
    request: (outcome, { kind }) =>
      outcome === null || outcome === 'nothing_to_snooze' ? null : { action: `contact.${kind}` },
    checkNow: (outcome) =>
      outcome === null || outcome === 'asked_just_now' || outcome === 'paused' ? null : { action: 'contact.check' },
  },
  connecting: {
    invitation: null,
    begin: () => ({ action: 'tenant.connect_begin' }),
    finish: (answer) => connected(answer),
    answer: (answer) => connected(answer),
    beginDevice: null,
    awaitDevice: (answer) => connected(answer),
    invite: (answer) => (answer.outcome === 'invited' ? { action: 'tenant.invite', tenantId: answer.tenant.id } : null),
  },
  apiKeys: {
    signInLink: () => ({ action: 'api_key.sign_in_link' }),
    create: (answer) =>
      answer.outcome === 'created'
        ? { ...ofKey(answer.key.tenantId), action: 'api_key.create', subjects: [answer.key.id] }
        : null,
    list: null,
    revoke: (isDone, id) => ({ action: 'api_key.revoke', subjects: [id], count: oneOrNone(isDone) }),
  },
  applications: {
    list: null,
    find: null,
    add: (answer) =>
      answer.outcome === 'stored' ? ofApplication('application.add', answer.application.id ?? '') : null,
    update: ({ outcome }, id) => (outcome === 'stored' ? ofApplication('application.update', id) : null),
    remove: ({ outcome }, id) => (outcome === 'removed' ? ofApplication('application.remove', id) : null),
  },
  webhooks: {
    add: (answer) => (answer.outcome === 'added' ? ofWebhook('webhook.add', answer.webhook) : null),
    list: null,
    find: null,
    update: (answer) => (answer.outcome === 'updated' ? ofWebhook('webhook.update', answer.webhook) : null),
    enable: (answer) => (answer === null ? null : ofWebhook('webhook.enable', answer)),
    disable: (answer) => (answer === null ? null : ofWebhook('webhook.disable', answer)),
    remove: (isDone, id) => ({ action: 'webhook.remove', subjects: [id], count: oneOrNone(isDone) }),
    rotate: (answer) => (answer === null ? null : { action: 'webhook.rotate', subjects: [answer.id] }),
    test: (answer, id) => (answer === null ? null : { action: 'webhook.test', subjects: [id] }),
    redeliver: (answer) =>
      answer === null ? null : { action: 'webhook.redeliver', subjects: [answer.id], count: answer.redelivered },
    attempts: null,
  },
  audit: { list: null },
  operations: {
    start: null,
    doctor: null,
    monitor: null,
    workers: null,
    rotateKeys: ({ resealed }) => ({ action: 'key.rotate', count: resealed }),
    migrate: null,
    backUp: () => ({ action: 'db.backup' }),
    restore: ({ tenants }) => ({ action: 'db.restore', count: tenants, isStanding: true }),
    // Its entry would go into the SQLite file that has just been left.
    move: null,
    close: null,
  },
};

function ofApplication(action: AuditAction, id: string): Happening {
  return { action, subjects: [id] };
}

function ofWebhook(
  action: AuditAction,
  { id, tenantId }: Readonly<{ id: string; tenantId: string | null }>,
): Happening {
  return { ...(tenantId !== null && { tenantId }), action, subjects: [id] };
}

function ofKey(tenantId: string | null): Partial<Happening> {
  return tenantId === null ? {} : { tenantId };
}

function connected(answer: Awaited<ReturnType<Application['connecting']['finish']>>): Happening | null {
  return answer.outcome === 'connected' ? { action: 'tenant.connect', tenantId: answer.tenant.id } : null;
}

/** `userName`: of whoever gives the commands on this machine; null where the system tells none. */
export type WithAuditPorts = AuditPorts & Readonly<{ userName: string | null }>;

type Call = (viewer: Viewer, ...args: readonly unknown[]) => Promise<unknown>;
type AnyDescribe = ((answer: unknown, ...args: readonly unknown[]) => Happening | null) | null;

/** The application, which now writes down what it did for whom. */
export function withAudit(app: Application, ports: WithAuditPorts): Application {
  const groups = Object.entries(app).map(([group, calls]) => [group, audited(group, calls, ports)]);
  return Object.fromEntries(groups) as Application;
}

function audited(group: string, calls: object, ports: WithAuditPorts): object {
  const ofGroup = table[group as keyof Table] as Readonly<Record<string, AnyDescribe>>;
  const entries = Object.entries(calls as Readonly<Record<string, Call>>).map(([name, call]) => {
    const describe = ofGroup[name] ?? null;
    return [name, describe === null ? call : auditedCall(call, describe, ports)];
  });
  return Object.fromEntries(entries);
}

function auditedCall(call: Call, describe: NonNullable<AnyDescribe>, ports: WithAuditPorts): Call {
  return async (viewer, ...args) => {
    const answer = await call(viewer, ...args);
    const happening = describe(answer, ...args);
    if (happening === null) return answer;
    const { isStanding = false, ...done } = happening;
    if (done.count !== 0 || (isStanding && seesAllTenants(viewer))) {
      const entry = { tenantId: tenantOf(viewer), ...done, actor: actorOf(viewer, ports) };
      await writeEntry({ ...entry, from: viewer.from ?? null }, ports);
    }
    return answer;
  };
}

function actorOf(viewer: Viewer, { userName }: WithAuditPorts): Actor {
  switch (viewer.kind) {
    case 'operator':
      return { kind: 'command_line', id: userName };
    case 'key':
      return { kind: 'key', id: viewer.keyId };
    case 'contact':
    case 'guest':
    case 'invited':
      return { kind: viewer.kind, id: viewer.contactId };
    case 'badge':
      return { kind: 'nobody', id: null };
  }
}

function tenantOf(viewer: Viewer): string | null {
  return viewer.kind === 'operator' ? null : viewer.tenantId;
}
