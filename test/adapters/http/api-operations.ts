import type { KeyRole } from '../../../src/domain/model/api-key.ts';
import type { DescribedOperation } from '../../support/api-document.ts';
import type { World } from '../../support/use-case-world.ts';
import type { Asked } from './api-server.ts';

/** The ids of what belongs to one tenant, or of what nobody has; the application is all tenants’. */
export type Ids = Readonly<{
  tenant: string;
  connection: string;
  incident: string;
  mail: string;
  key: string;
  webhook: string;
  application: string;
}>;

/** What the operations' tests have to know of one, and its description does not say. */
type Known = Readonly<{
  /** The least role that may. */
  role: KeyRole;
  /** A key of one tenant may not, whatever its role. */
  forFleet?: true;
  /** What the `{id}` of its path is of. */
  of?: keyof Ids;
  /** What stands for another name in its path, and what it needs behind the path. */
  at?: Readonly<{ kind?: string; query?: string }>;
  /** It answers with a list, of which a key of one tenant sees its own. */
  isList?: true;
  body?: unknown;
  /** Of the body, where that is no JSON. */
  contentType?: string;
  /** A request that is refused, and the field that is named. */
  bad: Readonly<{ query?: string; id?: string; body?: unknown; field: string }>;
}>;

const unknownParameter = { query: '?colour=red', field: 'colour' };
const longId = { id: 'x'.repeat(201), field: 'id' };

/** Every operation by its id. A new route fails the tests until it stands here. */
export const knownOperations: Readonly<Record<string, Known>> = {
  listTenants: { role: 'read', isList: true, bad: { query: '?health=ill', field: 'health' } },
  addTenant: {
    role: 'operate',
    forFleet: true,
    body: { name: 'New', owner: 'new@owner.example' },
    bad: { body: { name: 'New', owner: 'nobody' }, field: 'owner' },
  },
  importTenants: {
    role: 'operate',
    forFleet: true,
    body: [{ name: 'New', owner: 'new@owner.example', refreshToken: 'r' }],
    bad: { query: '?update=perhaps', field: 'update' },
  },
  exportTenants: { role: 'read', isList: true, bad: unknownParameter },
  inviteOwner: {
    role: 'operate',
    of: 'tenant',
    body: {},
    bad: { body: { email: 'nobody' }, field: 'email' },
  },
  inviteNewOwner: {
    role: 'operate',
    forFleet: true,
    body: { email: 'new@owner.example' },
    bad: { body: { email: 'new@owner.example', locale: 'tlh' }, field: 'locale' },
  },
  explainTenant: { role: 'read', of: 'tenant', bad: { query: '?from=yesterday', field: 'from' } },
  explainContact: {
    role: 'read',
    at: { query: '?address=owner@mill.example' },
    bad: { query: '?address=owner@mill.example&limit=51', field: 'limit' },
  },
  showTenant: { role: 'read', of: 'tenant', bad: longId },
  changeTenant: {
    role: 'operate',
    of: 'tenant',
    body: { timezone: 'Europe/Berlin' },
    bad: { body: { timezone: 'Mars/Olympus' }, field: 'timezone' },
  },
  removeTenant: { role: 'operate', of: 'tenant', bad: { query: '?purge=perhaps', field: 'purge' } },
  actOnTenants: {
    role: 'operate',
    isList: true,
    body: { action: 'pause', filter: {} },
    bad: { body: { action: 'pause', filter: { health: 'ill' } }, field: 'filter.health' },
  },
  pollTenant: { role: 'operate', of: 'tenant', bad: longId },
  listAllConnections: { role: 'read', isList: true, bad: { query: '?limit=501', field: 'limit' } },
  listConnections: { role: 'read', of: 'tenant', bad: { query: '?limit=501', field: 'limit' } },
  showTenantHistory: { role: 'read', of: 'tenant', bad: { query: '?from=yesterday', field: 'from' } },
  showConnectionHistory: { role: 'read', of: 'connection', bad: { query: '?to=2026-02-30', field: 'to' } },
  listHistory: { role: 'read', isList: true, bad: { query: '?limit=51', field: 'limit' } },
  listIncidents: { role: 'read', isList: true, bad: { query: '?limit=0', field: 'limit' } },
  showIncident: { role: 'read', of: 'incident', bad: longId },
  acknowledgeIncident: { role: 'operate', of: 'incident', bad: longId },
  snoozeIncident: {
    role: 'operate',
    of: 'incident',
    body: { for: '1d' },
    bad: { body: { for: 'a while' }, field: 'for' },
  },
  closeIncident: { role: 'operate', of: 'incident', bad: longId },
  listEvents: { role: 'read', bad: { query: '?wait=1h', field: 'wait' } },
  listWebhooks: { role: 'read', isList: true, bad: { query: '?limit=0', field: 'limit' } },
  addWebhook: {
    role: 'admin',
    body: { url: 'https://shop.example/hooks' },
    bad: { body: { url: 'https://private.example/' }, field: 'url' },
  },
  showWebhook: { role: 'read', of: 'webhook', bad: longId },
  changeWebhook: {
    role: 'operate',
    of: 'webhook',
    body: { state: 'disabled' },
    bad: { body: { types: ['tenant.exploded'] }, field: 'types.0' },
  },
  removeWebhook: { role: 'admin', of: 'webhook', bad: longId },
  listWebhookAttempts: { role: 'read', of: 'webhook', bad: { query: '?isDelivered=perhaps', field: 'isDelivered' } },
  testWebhook: { role: 'operate', of: 'webhook', bad: longId },
  rotateWebhook: { role: 'admin', of: 'webhook', bad: longId },
  redeliverWebhook: {
    role: 'operate',
    of: 'webhook',
    body: { failed: true },
    bad: { body: { since: 'yesterday' }, field: 'since' },
  },
  showBanner: { role: 'read', of: 'tenant', bad: { query: '?locale=_', field: 'locale' } },
  listMail: { role: 'read', isList: true, bad: { query: '?cursor=x', field: 'cursor' } },
  showMail: { role: 'read', of: 'mail', bad: longId },
  holdMail: mailChange(),
  releaseMail: mailChange(),
  discardMail: mailChange(),
  replay: {
    role: 'read',
    isList: true,
    body: { settings: { CONFIRM_POLLS: '3' } },
    bad: { body: { settings: { CONFIRM_POLLS: 'many' } }, field: 'settings.CONFIRM_POLLS' },
  },
  previewMail: { role: 'read', forFleet: true, at: { kind: 'alert' }, bad: { query: '?locale=_', field: 'locale' } },
  recordBounce: {
    role: 'operate',
    forFleet: true,
    body: 'Subject: Hello\r\n\r\n',
    contentType: 'message/rfc822',
    bad: { ...unknownParameter, body: 'Subject: Hello\r\n\r\n' },
  },
  testMail: { role: 'operate', forFleet: true, body: {}, bad: { body: { to: 'nobody' }, field: 'to' } },
  showMonitor: { role: 'read', forFleet: true, bad: unknownParameter },
  examineMonitor: { role: 'operate', forFleet: true, bad: unknownParameter },
  showPlan: { role: 'read', forFleet: true, bad: { query: '?schedule=hourly', field: 'schedule' } },
  listApplications: { role: 'admin', forFleet: true, bad: unknownParameter },
  addApplication: {
    role: 'admin',
    forFleet: true,
    body: { name: 'Second', clientId: 'second-key', clientSecret: 'second-secret' },
    bad: { body: { name: 'default', clientId: 'brand-key' }, field: 'name' },
  },
  showApplication: { role: 'admin', forFleet: true, of: 'application', bad: longId },
  changeApplication: {
    role: 'admin',
    forFleet: true,
    of: 'application',
    body: { requestsPerDay: 50_000 },
    bad: { body: { reserve: 0.95 }, field: 'reserve' },
  },
  removeApplication: { role: 'admin', forFleet: true, of: 'application', bad: longId },
  listWorkers: { role: 'read', forFleet: true, bad: { query: '?limit=0', field: 'limit' } },
  listApiKeys: { role: 'admin', forFleet: true, bad: unknownParameter },
  createApiKey: {
    role: 'admin',
    forFleet: true,
    body: { role: 'read' },
    bad: { body: { role: 'king' }, field: 'role' },
  },
  revokeApiKey: { role: 'admin', forFleet: true, of: 'key', bad: longId },
  listAudit: { role: 'admin', forFleet: true, bad: { query: '?from=2026', field: 'from' } },
};

function mailChange(): Known {
  return {
    role: 'operate',
    isList: true,
    body: { all: true },
    bad: { body: { all: true, tenantId: 'bakery' }, field: 'ids' },
  };
}

export function knownOf({ operationId }: DescribedOperation): Known {
  const known = knownOperations[operationId];
  if (known === undefined) throw new Error(`${operationId} is no known operation`);
  return known;
}

/** A request that is as it should be, about what has these ids. */
export function goodRequest(operation: DescribedOperation, ids: Ids): readonly [string, Asked] {
  const { of = 'tenant', at: { query = '' } = {}, body } = knownOf(operation);
  return [pathOf(operation, ids[of]) + query, asked(operation, body)];
}

export function badRequest(operation: DescribedOperation, ids: Ids): readonly [string, Asked] {
  const { of = 'tenant', bad, body } = knownOf(operation);
  const path = pathOf(operation, bad.id ?? ids[of]) + (bad.query ?? '');
  return [path, asked(operation, bad.body ?? body)];
}

function asked(operation: DescribedOperation, body: unknown): Asked {
  const { contentType } = knownOf(operation);
  return { method: operation.method, body, ...(contentType && { headers: { 'content-type': contentType } }) };
}

function pathOf(operation: DescribedOperation, id: string): string {
  return operation.path.replace('{id}', id).replace('{kind}', knownOf(operation).at?.kind ?? '');
}

export const noIds: Ids = {
  tenant: 'none',
  connection: 'none',
  incident: 'none',
  mail: 'none',
  key: 'none',
  webhook: 'none',
  application: 'none',
};

/** Of a world where each tenant has one of each. */
export function idsOf(tenantId: string, { store: { memory } }: World): Ids {
  const own = <Item extends Readonly<{ id: string; tenantId: string | null }>>(items: Iterable<Item>) =>
    [...items].find((item) => item.tenantId === tenantId)?.id ?? 'not there';
  const { connections, incidents, notifications, apiKeys, webhooks, applications } = memory.state;
  return {
    tenant: tenantId,
    connection: own(connections.values()),
    incident: own(incidents.values()),
    mail: own(notifications.values()),
    key: own([...apiKeys.values()].map(({ key }) => key)),
    webhook: own([...webhooks.values()].map(({ endpoint }) => endpoint)),
    application: [...applications.keys()].at(0) ?? 'not there',
  };
}
