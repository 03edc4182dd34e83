import type { Condition, Health } from '../../src/domain/model/condition.ts';
import type { Connection } from '../../src/domain/model/connection.ts';
import type { Instant } from '../../src/domain/model/time.ts';
import type { Application } from '../../src/monitoring/application.ts';
import { readAllPages } from '../../src/monitoring/pages.ts';
import type { Stores } from '../../src/monitoring/ports.ts';
import { operator } from '../../src/monitoring/viewer.ts';
import type { EventView } from '../../src/monitoring/views.ts';

/** What another program keeps of the fleet: of each tenant where it stands, of each connection what the latest poll showed. */
type Fleet = Map<string, MirroredTenant>;

type MirroredTenant = Readonly<{
  state: string;
  name: string | null;
  externalId: string | null;
  connections: Map<string, MirroredConnection>;
}>;

type MirroredConnection = Readonly<{ health: Health; displayName: string | null; conditions: readonly Condition[] }>;

type Feed = Pick<Application['events'], 'read'>;

/** A program that follows the feed. Its picture and its cursor outlive it, stored one after the other. */
export class Mirror {
  readonly fleet: Fleet = new Map();
  /** By id, as they came. */
  readonly seen = new Map<string, EventView>();
  doubled = 0;
  kills = 0;
  readonly #feed: Feed;
  readonly #readFleet: () => Promise<Fleet>;
  #cursor: string | null = null;

  constructor(feed: Feed, readFleet: () => Promise<Fleet>) {
    this.#feed = feed;
    this.#readFleet = readFleet;
  }

  /** As `docs` advise: first the place, then the fleet, so that what changes in between is seen twice and not missed. */
  async begin(): Promise<void> {
    const { nextCursor } = await this.#read('latest', 1);
    this.fleet.clear();
    for (const [id, tenant] of await this.#readFleet()) this.fleet.set(id, tenant);
    this.#cursor = nextCursor;
  }

  /** One page. Killed after so many events: what was done of the page is kept, and the cursor is not. */
  async followOn({ limit = 100, killedAfter = Number.POSITIVE_INFINITY } = {}): Promise<number> {
    const page = await this.#read(this.#cursor, limit);
    if (page.outcome === 'gone') {
      await this.begin();
      return 1;
    }
    for (const event of page.items.slice(0, killedAfter)) this.#take(event);
    if (killedAfter < page.items.length) this.kills += 1;
    else this.#cursor = page.nextCursor;
    return page.items.length;
  }

  async catchUp(): Promise<void> {
    while ((await this.followOn()) > 0);
  }

  async #read(after: string | null, limit: number) {
    return await this.#feed.read(operator, { after, limit, types: null, tenantId: null, waitMs: 0 });
  }

  #take(event: EventView): void {
    const before = this.seen.get(event.id);
    if (before !== undefined && JSON.stringify(before) !== JSON.stringify(event)) throw new Error('one id, two events');
    if (before !== undefined) this.doubled += 1;
    this.seen.set(event.id, event);
    const { tenant, connection } = event.data;
    if (event.type === 'tenant.removed') {
      this.fleet.delete(tenant.id);
      return;
    }
    const { connections } = this.fleet.get(tenant.id) ?? { connections: new Map<string, MirroredConnection>() };
    if (connection !== null && event.type.startsWith('connection.')) {
      const { health, displayName } = connection;
      connections.set(connection.id, { health, displayName, conditions: event.data.conditions });
    }
    const { state, name, externalId } = tenant;
    this.fleet.set(tenant.id, { state, name, externalId, connections });
  }
}

/** The fleet as the store has it. */
export async function storedFleet({ tenants }: Pick<Stores, 'tenants'>, now: Instant): Promise<Fleet> {
  const all = await readAllPages((page) => tenants.list({ ...page, tenantId: null, now }));
  return new Map(
    all.map(({ tenant: { id, state, name, externalId }, connections }) => [
      id,
      { state, name, externalId, connections: new Map(connections.flatMap(asMirrored)) },
    ]),
  );
}

function asMirrored({ id, period, displayName }: Connection): readonly (readonly [string, MirroredConnection])[] {
  return period === null ? [] : [[id, { health: period.health, displayName, conditions: period.conditions }]];
}
