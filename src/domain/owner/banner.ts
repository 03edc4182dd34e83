import { connectionNow, tenantHealth } from '../connection-now.ts';
import { type Action, actions, type TenantHealth } from '../model/condition.ts';
import type { Connection } from '../model/connection.ts';
import type { LinkHolder } from '../model/link.ts';
import type { Contact, Tenant } from '../model/tenant.ts';
import { givenNameOf, openIncidentOf, type TenantRecord } from '../model/tenant-record.ts';
import type { Instant } from '../model/time.ts';
import { type OwnerConnection, unconfirmedOf } from './owner-page.ts';
import { accessActionOf, type Summary, summarize } from './summary.ts';

/** What a host product shows of an account to its own signed-in user, who need not be a contact. */
export type Banner = Readonly<{
  tenant: Pick<Tenant, 'locale' | 'senderName'> &
    Readonly<{
      /** Null where nobody has named the account. */
      name: string | null;
    }>;
  /** Its worst connection's, as everywhere. */
  health: TenantHealth | null;
  summary: Summary<BannerConnection>;
  action: Action;
  /** Whose page tells more: the first owner that gets mail, else the first owner; null where there is no owner. */
  owner: (LinkHolder & Readonly<{ getsMail: boolean }>) | null;
}>;

export type BannerConnection = Pick<
  OwnerConnection,
  'network' | 'accountId' | 'displayName' | 'health' | 'action' | 'conditions' | 'unconfirmed'
>;

export function bannerOf(record: TenantRecord, now: Instant): Banner {
  const { tenant, contacts } = record;
  const connections = record.connections.map((connection) => bannerConnection(connection, record, now));
  const summary = summarize(tenant, connections);
  return {
    tenant: { locale: tenant.locale, senderName: tenant.senderName, name: givenNameOf(record) },
    health: tenantHealth(
      connections.map(({ health }) => health),
      tenant,
    ),
    summary,
    action: actionIn(summary, record),
    owner: ownerAmong(contacts),
  };
}

function bannerConnection(connection: Connection, record: TenantRecord, now: Instant): BannerConnection {
  const { id, network, accountId, displayName } = connection;
  const { health, action, conditions } = connectionNow(connection, record, now);
  const unconfirmed = unconfirmedOf(health, openIncidentOf(id, record));
  return { network, accountId, displayName, health, action, conditions, unconfirmed };
}

/** The leading action of the connections concerned; nobody is asked to do anything about a suspicion. */
function actionIn({ kind, concerned }: Summary<BannerConnection>, record: TenantRecord): Action {
  if (kind === 'access_lost') return accessActionOf(record) ?? 'none';
  if (kind !== 'needs_you' && kind !== 'limited') return 'none';
  return actions.find((one) => concerned.some(({ action }) => action === one)) ?? 'none';
}

function ownerAmong(contacts: readonly Contact[]): Banner['owner'] {
  const owners = contacts.filter(({ role }) => role === 'owner');
  const owner = owners.find(({ state }) => state === 'active') ?? owners[0];
  if (owner === undefined) return null;
  return { tenantId: owner.tenantId, contactId: owner.id, getsMail: owner.state === 'active' };
}
