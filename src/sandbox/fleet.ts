import type { GeneratedTenant } from './generate-tenants.ts';
import { profilesOf, type SandboxPage } from './profiles.ts';
import { HEALTHY_STATUS, type WireAccount, type WireConnection } from './wire-format.ts';

/** A connection, as its `account_info` names it. */
export type ConnectionName = Readonly<{ network: string; accountId: string }>;

/** Which connections of the fleet: all of a network, all of some tenants, or both. */
export type Selection = Readonly<{ network?: string; tenantIds?: readonly string[] }>;

/** Every tenant with its connections as they are now. Functions throw a RangeError for what does not exist. */
export type Fleet = Readonly<{
  ids(): readonly string[];
  account(tenantId: string): WireAccount;
  connections(tenantId: string): readonly WireConnection[];
  /** The body of `GET /social/connections`, serialised once per change. */
  connectionsBody(tenantId: string): string;
  /** The body of `GET /social/profiles`; a connection whose pages nobody set has one, with its own name. */
  profilesBody(tenantId: string, isAccessibleAsked: boolean): string;
  /** How the pages of a connection are from now on. */
  setPages(tenantId: string, name: ConnectionName, pages: readonly SandboxPage[]): void;
  /** What the tenant's user, who gave the permission, may do. */
  privileges(tenantId: string): readonly string[];
  setPrivileges(tenantId: string, privileges: readonly string[]): void;
  setConnections(tenantId: string, connections: readonly WireConnection[]): void;
  /** Adds a connection; a status that is left out is a healthy one. */
  addConnection(tenantId: string, connection: WireConnection): void;
  removeConnection(tenantId: string, name: ConnectionName): void;
  /** Changes some status fields of one connection; `undefined` leaves a field out of the answer. */
  patchStatus(tenantId: string, name: ConnectionName, patch: Readonly<Record<string, unknown>>): void;
  /** The same for many connections at once; says how many. */
  patchStatuses(selection: Selection, patch: Readonly<Record<string, unknown>>): number;
}>;

type Entry = {
  account: WireAccount;
  connections: readonly WireConnection[];
  body: string | null;
  /** The pages that somebody set, by network and account. */
  pages: Map<string, readonly SandboxPage[]>;
  privileges: readonly string[];
};

/** The privileges of an account's owner, as far as the stand-in needs them. */
const OWNERS_PRIVILEGES = ['account:read', 'campaign:create', 'campaign:read', 'campaign:write', 'contacts:read'];

export function createFleet(generated: readonly GeneratedTenant[]): Fleet {
  const { ids, entryOf, setConnections } = createEntries(generated);

  function patchWhere(tenantId: string, isMeant: IsMeant, patch: Patch): number {
    const { connections, count } = patched(entryOf(tenantId).connections, isMeant, patch);
    if (count > 0) setConnections(tenantId, connections);
    return count;
  }

  return {
    ids,
    account: (tenantId) => entryOf(tenantId).account,
    connections: (tenantId) => entryOf(tenantId).connections,
    connectionsBody(tenantId) {
      const entry = entryOf(tenantId);
      entry.body ??= JSON.stringify({ connections: entry.connections });
      return entry.body;
    },
    profilesBody(tenantId, isAccessibleAsked) {
      const { connections, pages } = entryOf(tenantId);
      const owned = connections.map((connection) => ({ connection, pages: pages.get(keyOf(connection)) }));
      return JSON.stringify(profilesOf(owned, isAccessibleAsked));
    },
    setPages(tenantId, name, pages) {
      const entry = entryOf(tenantId);
      const connection = entry.connections.find(isNamed(name));
      if (connection === undefined) throw missing(tenantId, name);
      entry.pages.set(keyOf(connection), pages);
    },
    privileges: (tenantId) => entryOf(tenantId).privileges,
    setPrivileges(tenantId, privileges) {
      entryOf(tenantId).privileges = privileges;
    },
    setConnections,
    addConnection(tenantId, connection) {
      const whole = { connection_status: HEALTHY_STATUS, ...connection };
      setConnections(tenantId, [...entryOf(tenantId).connections, whole]);
    },
    removeConnection(tenantId, name) {
      const { connections } = entryOf(tenantId);
      if (!connections.some(isNamed(name))) throw missing(tenantId, name);
      setConnections(
        tenantId,
        connections.filter((each) => !isNamed(name)(each)),
      );
    },
    patchStatus(tenantId, name, patch) {
      if (patchWhere(tenantId, isNamed(name), patch) === 0) throw missing(tenantId, name);
    },
    patchStatuses({ network, tenantIds }, patch) {
      const isMeant: IsMeant = (each) => network === undefined || each.account_info?.network === network;
      return (tenantIds ?? ids()).reduce((sum, id) => sum + patchWhere(id, isMeant, patch), 0);
    },
  };
}

function createEntries(generated: readonly GeneratedTenant[]) {
  const entries = new Map<string, Entry>(
    generated.map(({ id, account, connections }) => [
      id,
      { account, connections, body: null, pages: new Map(), privileges: OWNERS_PRIVILEGES },
    ]),
  );

  function entryOf(tenantId: string): Entry {
    const entry = entries.get(tenantId);
    if (entry === undefined) throw new RangeError(`There is no tenant ${tenantId}.`);
    return entry;
  }

  return {
    ids: () => [...entries.keys()],
    entryOf,
    setConnections(tenantId: string, connections: readonly WireConnection[]): void {
      Object.assign(entryOf(tenantId), { connections, body: null });
    },
  };
}

type Patch = Readonly<Record<string, unknown>>;
type IsMeant = (connection: WireConnection) => boolean;

function patched(connections: readonly WireConnection[], isMeant: IsMeant, patch: Patch) {
  const patchOne = (each: WireConnection) => ({ ...each, connection_status: { ...each.connection_status, ...patch } });
  return {
    connections: connections.map((each) => (isMeant(each) ? patchOne(each) : each)),
    count: connections.filter(isMeant).length,
  };
}

function keyOf({ account_info: info }: WireConnection): string {
  return `${info?.network}:${info?.network_account_id}`;
}

function isNamed({ network, accountId }: ConnectionName): IsMeant {
  return ({ account_info }) => account_info?.network === network && account_info.network_account_id === accountId;
}

function missing(tenantId: string, { network, accountId }: ConnectionName): RangeError {
  return new RangeError(`Tenant ${tenantId} has no connection ${network}:${accountId}.`);
}
