import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Health, Linkwatch, LinkwatchEvent } from './linkwatch.ts';
import type { Bell } from './webhook.ts';

export type Customer = Readonly<{
  /** Linkwatch's id. */
  id: string;
  /** Your own id. */
  externalId: string | null;
  name: string | null;
  state: string;
  /** By Linkwatch's id of the connection. */
  connections: Readonly<Record<string, Readonly<{ network: string; displayName: string | null; health: Health }>>>;
}>;

/** The fleet, and the place in the feed up to which it is true. A real host has both in its database, in one transaction. */
type Picture = Readonly<{ cursor: string; customers: Readonly<Record<string, Customer>> }>;

/** What this host knows of its customers' social accounts without asking Linkwatch anew. */
export type Mirror = Readonly<{
  /** In the order of their names. */
  customers(): readonly Customer[];
  /** By the host's own id, or by Linkwatch's where it has none. */
  find(id: string): Customer | null;
  /** Follows the feed until the signal aborts. */
  follow(signal: AbortSignal): Promise<void>;
}>;

const AFTER_A_FAILURE_MS = 5_000;
/** A webhook may be days late: the feed is the truth, and is looked at without being rung for as well. */
const UNRUNG_MS = 60_000;

export type MirrorParts = Readonly<{
  linkwatch: Linkwatch;
  /** Where the picture is kept. */
  file: string;
  say(text: string): void;
  /** Rings when there is something to read; null: the feed itself is waited for. */
  bell: Bell | null;
}>;

export function createMirror({ linkwatch, file, say, bell }: MirrorParts): Mirror {
  let picture: Picture | null = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Picture) : null;

  /** Written beside and renamed, so that whenever this program is killed, one whole picture is there. */
  function keep(next: Picture): void {
    writeFileSync(`${file}.new`, JSON.stringify(next));
    renameSync(`${file}.new`, file);
    picture = next;
  }

  /** One page of the feed. An event that comes twice does no harm: it says how things are, not by how much they changed. */
  async function step(signal: AbortSignal): Promise<void> {
    if (picture === null) return keep(await wholePicture(linkwatch));
    const page = await linkwatch.events(picture.cursor, bell === null ? '25s' : '0s', signal);
    if (page !== 'gone') {
      keep({ cursor: page.nextCursor, customers: after(picture.customers, page.items) });
      if (page.items.length === 0) await bell?.heard(UNRUNG_MS, signal);
      return;
    }
    say('This host was off for longer than Linkwatch keeps events: it reads the whole fleet.');
    keep(await wholePicture(linkwatch));
  }

  return {
    customers: () =>
      Object.values(picture?.customers ?? {}).toSorted((a, b) => (a.name ?? '').localeCompare(b.name ?? '')),
    find: (id) => Object.values(picture?.customers ?? {}).find((one) => (one.externalId ?? one.id) === id) ?? null,
    async follow(signal) {
      while (!signal.aborted) {
        try {
          await step(signal);
        } catch (error) {
          if (signal.aborted) return;
          say(`The mirror stays as it is: ${error instanceof Error ? error.message : error}`);
          await pause(AFTER_A_FAILURE_MS, undefined, { signal }).catch(() => undefined);
        }
      }
    },
  };
}

/** First the place, then the fleet: what changes in between comes once more, and is not missed. */
async function wholePicture(linkwatch: Linkwatch): Promise<Picture> {
  const cursor = await linkwatch.endOfFeed();
  const customers: Record<string, Customer> = {};
  for await (const { id, externalId, name, state } of linkwatch.tenants()) {
    customers[id] = { id, externalId, name, state, connections: {} };
  }
  for await (const { tenantId, id, network, displayName, health } of linkwatch.connections()) {
    const customer = customers[tenantId];
    // One that was added since: its event is still to come.
    if (customer === undefined) continue;
    customers[tenantId] = {
      ...customer,
      connections: { ...customer.connections, [id]: { network, displayName, health } },
    };
  }
  return { cursor, customers };
}

/** The customers after these events. Types that this host does not know, and those to come, say what the tenant is as well. */
export function after(
  before: Readonly<Record<string, Customer>>,
  events: readonly LinkwatchEvent[],
): Readonly<Record<string, Customer>> {
  const customers: Record<string, Customer> = { ...before };
  for (const { type, data } of events) {
    const { id, externalId, name, state } = data.tenant;
    const { connections = {} } = customers[id] ?? {};
    if (type === 'tenant.removed') delete customers[id];
    else customers[id] = { id, externalId, name, state, connections: withConnection(connections, type, data) };
  }
  return customers;
}

function withConnection(
  connections: Customer['connections'],
  type: string,
  { connection }: LinkwatchEvent['data'],
): Customer['connections'] {
  if (connection === null || !type.startsWith('connection.')) return connections;
  const { id, network, displayName, health } = connection;
  return { ...connections, [id]: { network, displayName, health } };
}

const worstFirst = ['broken', 'waiting', 'unobserved', 'healthy'] as const;

/** The worst of a customer's connections; null where there is none. Of what is not watched nothing is known. */
export function healthOf({ state, connections }: Customer): Health | null {
  const all = Object.values(connections).map(({ health }) => health);
  const worst = worstFirst.find((health) => all.includes(health)) ?? null;
  return worst === null || state === 'active' ? worst : 'unobserved';
}
