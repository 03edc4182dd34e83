import type { Instant } from './time.ts';

/** People of a tenant, as they use the links that were mailed to them. */
export const tenantPeople = ['contact', 'guest', 'invited'] as const;

export const auditActors = ['command_line', 'key', ...tenantPeople, 'nobody'] as const;

/** Every action that is written down, by noun and verb. */
export const auditActions = [
  'tenant.add',
  'tenant.update',
  'tenant.pause',
  'tenant.resume',
  'tenant.remove',
  'tenant.purge',
  'tenant.connect_begin',
  'tenant.connect',
  'tenant.invite',
  'tenant.poll',
  'incident.acknowledge',
  'incident.snooze',
  'incident.close',
  'mail.hold',
  'mail.release',
  'mail.discard',
  'mail.test',
  'mail.bounce',
  'contact.snooze',
  'contact.leave',
  'contact.return',
  'contact.prefer',
  'contact.check',
  'webhook.add',
  'webhook.update',
  'webhook.enable',
  'webhook.disable',
  'webhook.remove',
  'webhook.rotate',
  'webhook.test',
  'webhook.redeliver',
  'application.add',
  'application.update',
  'application.remove',
  'api_key.create',
  'api_key.revoke',
  'api_key.use',
  'api_key.refused',
  'api_key.sign_in_link',
  'key.rotate',
  'db.backup',
  'db.restore',
] as const;

export type AuditAction = (typeof auditActions)[number];

/**
 * One line of the audit: who did what to whom, from where, when. It names people by ids alone, so that it can be kept
 * when a tenant is erased.
 */
export type AuditEntry = Readonly<{
  id: string;
  at: Instant;
  actor: Actor;
  action: AuditAction;
  /** Null when no single tenant is concerned. */
  tenantId: string | null;
  /** Ids of what was changed, such as an incident, mails or a key; a few, where there are many. */
  subjects: readonly string[];
  /** How many subjects or tenants were changed. */
  count: number;
  /** The address that the request came from; null on the command line. */
  from: string | null;
}>;

export type Actor = Readonly<{
  kind: (typeof auditActors)[number];
  /** The key's or the contact's id, or the name of the user at the command line; null where nobody is known. */
  id: string | null;
}>;

/** Subjects that one entry names at most. */
export const NAMED_SUBJECTS = 100;
