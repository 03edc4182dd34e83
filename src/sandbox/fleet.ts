import type { GeneratedTenant } from './generate-tenants.ts';
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
  setConnections(tenantId: string, connections: readonly WireConnection[]): void;
  /** Adds a connection; a status that is left out is a healthy one. */
  addConnection(tenantId: string, connection: WireConnection): void;
  removeConnection(tenantId: string, name: ConnectionName): void;
  /** Changes some status fields of one connection; `undefined` leaves a field out of the answer. */
  patchStatus(tenantId: string, name: ConnectionName, patch: Readonly<Record<string, unknown>>): void;
  /** The same for many connections at once; says how many. */
  patchStatuses(selection: Selection, patch: Readonly<Record<string, unknown>>): number;
}>;

type Entry = { account: WireAccount; connections: readonly WireConnection[]; body: string | null };

export function createFleet(generated: readonly GeneratedTenant[]): Fleet {
  const entries = new Map<string, Entry>(
    generated.map(({ id, account, connections }) => [id, { account, connections, body: null }]),
  );

  function entryOf(tenantId: string): Entry {
    const entry = entries.get(tenantId);
    if (entry === undefined) throw new RangeError(`There is no tenant ${tenantId}.`);
    return entry;
  }

  function setConnections(tenantId: string, connections: readonly WireConnection[]): void {
    Object.assign(entryOf(tenantId), { connections, body: null });
  }

  function patchWhere(tenantId: string, isMeant: (each: WireConnection) => boolean, patch: Patch): number {
    const { connections } = entryOf(tenantId);
    const count = connections.filter(isMeant).length;
    if (count > 0) {
      setConnections(
        tenantId,
        connections.map((each) => (isMeant(each) ? patched(each, patch) : each)),
      );
    }
    return count;
  }

  return {
    ids: () => [...entries.keys()],
    account: (tenantId) => entryOf(tenantId).account,
    connections: (tenantId) => entryOf(tenantId).connections,
    connectionsBody(tenantId) {
      const entry = entryOf(tenantId);
      entry.body ??= JSON.stringify({ connections: entry.connections });
      return entry.body;
    },
    setConnections,
    addConnection(tenantId, connection) {
      const whole = { ...connection, connection_status: connection.connection_status ?? HEALTHY_STATUS };
      setConnections(tenantId, [...entryOf(tenantId).connections, whole]);
    },
    removeConnection(tenantId, name) {
      const { connections } = entryOf(tenantId);
      const rest = connections.filter((each) => !isNamed(each, name));
      if (rest.length === connections.length) throw missing(tenantId, name);
      setConnections(tenantId, rest);
    },
    patchStatus(tenantId, name, patch) {
      if (patchWhere(tenantId, (each) => isNamed(each, name), patch) === 0) throw missing(tenantId, name);
    },
    patchStatuses({ network, tenantIds }, patch) {
      const isMeant = (each: WireConnection) => network === undefined || each.account_info?.network === network;
      const counts = (tenantIds ?? [...entries.keys()]).map((id) => patchWhere(id, isMeant, patch));
      return counts.reduce((sum, count) => sum + count, 0);
    },
  };
}

type Patch = Readonly<Record<string, unknown>>;

function patched(connection: WireConnection, patch: Patch): WireConnection {
  return { ...connection, connection_status: { ...connection.connection_status, ...patch } };
}

function isNamed({ account_info }: WireConnection, name: ConnectionName): boolean {
  return account_info?.network === name.network && account_info.network_account_id === name.accountId;
}

function missing(tenantId: string, { network, accountId }: ConnectionName): RangeError {
  return new RangeError(`Tenant ${tenantId} has no connection ${network}:${accountId}.`);
}
