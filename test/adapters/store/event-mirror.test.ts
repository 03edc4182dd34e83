import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ConnectionStatus } from '../../../src/domain/model/connection-status.ts';
import type { Poll } from '../../../src/domain/model/poll.ts';
import { HOUR_MS, MINUTE_MS } from '../../../src/domain/model/time.ts';
import { createAwaitEvents } from '../../../src/monitoring/events/await-events.ts';
import { createEvents } from '../../../src/monitoring/events/create-events.ts';
import { tellingEvents } from '../../../src/monitoring/events/telling-events.ts';
import { recordPolls } from '../../../src/monitoring/polling/record-polls.ts';
import { createRoundFailures } from '../../../src/monitoring/polling/round-failures.ts';
import type { Clock, Stores } from '../../../src/monitoring/ports.ts';
import { operator } from '../../../src/monitoring/viewer.ts';
import { pick, seededRandom } from '../../../src/sandbox/seeded-random.ts';
import { aFailedPoll, aGrant, anObservedConnection, aPoll, NOW } from '../../support/builders.ts';
import { alertSettings, countedIds } from '../../support/domain-settings.ts';
import { Mirror, storedFleet } from '../../support/event-mirror.ts';
import { createTestDatabase, type TestDatabase } from '../../support/store-fixtures.ts';
import { aNewTenant, tenantsOver } from '../../support/store-records.ts';
import { collectingLog } from '../../support/use-case-log.ts';

const TENANTS = 60;
const ROUNDS = 20;
const KILLS = 50;
/** Of the fleet, in a round. */
const CHANGING = 0.05;

describe.each(['SQLite', 'PostgreSQL'] as const)('a program that follows two writers on %s', (name) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createTestDatabase(name);
    if (name === 'PostgreSQL') await commitSlowly(database);
  });
  afterEach(() => database.drop());

  it('has the same fleet in the end, and missed nothing, however often it is killed', async () => {
    // A process has one connection to SQLite; three in one process would wait for each other in its one thread.
    const [first, second, reader] = name === 'SQLite' ? sameStore(database) : threeStores(database);
    const fleet = new LivingFleet([first, second]);
    const mirror = mirrorOf(reader, fleet.clock);
    await mirror.begin();
    await fleet.add(TENANTS);
    let isOver = false;
    const following = followUntil(mirror, () => isOver);
    for (let round = 0; round < ROUNDS || mirror.kills < KILLS; round += 1) await fleet.live();
    isOver = true;
    await following;
    await mirror.catchUp();

    expect(mirror.fleet).toEqual(await storedFleet(reader, fleet.clock.now()));
    const stored = await database.raw.db.event.findMany({ orderBy: { position: 'asc' } });
    expect(stored.filter(({ id }) => !mirror.seen.has(id))).toEqual([]);
    expect(mirror.doubled).toBeGreaterThan(0);
    for (const ofTenant of Map.groupBy(stored, ({ tenantId }) => tenantId).values()) {
      const counted = ofTenant.map(({ seq }) => seq);
      expect(counted).toEqual(counted.toSorted((a, b) => a - b));
    }
  });
});

/** Some transactions take a while from their last statement to their end, so that others overtake them. */
async function commitSlowly({ raw }: TestDatabase): Promise<void> {
  await raw.db.$executeRawUnsafe(`CREATE FUNCTION "slowly"() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN IF random() < 0.3 THEN PERFORM pg_sleep(0.2); END IF; RETURN NULL; END $$`);
  await raw.db.$executeRawUnsafe(`CREATE CONSTRAINT TRIGGER "slowly" AFTER INSERT ON "Event"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "slowly"()`);
}

function sameStore(database: TestDatabase): readonly [Stores, Stores, Stores] {
  const store = database.open();
  return [store, store, store];
}

function threeStores(database: TestDatabase): readonly [Stores, Stores, Stores] {
  return [database.open(), database.open(), database.open()];
}

function mirrorOf(store: Stores, clock: Clock): Mirror {
  const feed = createEvents({ ...store, clock, awaitEvents: createAwaitEvents(clock, store.events) });
  return new Mirror(feed, () => storedFleet(store, clock.now()));
}

const follower = seededRandom('follower');

async function followUntil(mirror: Mirror, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const isKilled = follower() < 0.5;
    const limit = 1 + Math.floor(follower() * 8);
    await mirror.followOn({ limit, ...(isKilled && { killedAfter: Math.floor(follower() * limit) }) });
  }
}

const statuses: readonly Partial<ConnectionStatus>[] = [
  {},
  { tokenIsValid: false },
  { isActiveUser: false },
  { rateLimited: true },
  { networkStatus: 500 },
];

/** Tenants whose accounts break and are repaired, polled by two processes at once. */
class LivingFleet {
  readonly clock: Clock;
  readonly #writers: readonly Stores[];
  readonly #chance = seededRandom('fleet');
  readonly #newId = countedIds();
  readonly #shows = new Map<string, Poll['result']>();
  #now = NOW;

  constructor(writers: readonly Stores[]) {
    this.clock = { now: () => this.#now, sleep: async () => undefined };
    const telling = { clock: this.clock, newId: this.#newId, onTold: () => undefined };
    this.#writers = writers.map((stores) => tellingEvents(stores, telling));
  }

  async add(count: number): Promise<void> {
    const added = Array.from({ length: count }, (_, n) =>
      aNewTenant({ name: `Tenant ${n}`, grant: aGrant({ refreshToken: this.#newId() }) }),
    );
    const outcome = await this.#tenants().add(operator, added);
    if (!outcome.ok) throw new Error('the tenants could not be added');
    for (const id of outcome.ids) this.#change(id);
  }

  /** A quarter of an hour: some change, all are polled, some by both, and the operator does this and that. */
  async live(): Promise<void> {
    this.#now += 15 * MINUTE_MS;
    const ids = [...this.#shows.keys()];
    for (let n = 0; n < ids.length * CHANGING; n += 1) this.#change(pick(this.#chance, ids));
    const shares = this.#writers.map((_, writer) => ids.filter((__, n) => n % 2 === writer || n % 10 === 0));
    await Promise.all([
      ...this.#writers.map((stores, n) => this.#poll(stores, shares[n] ?? [])),
      this.#act(pick(this.#chance, ids)),
    ]);
  }

  #change(id: string): void {
    const entries = ['facebook', 'linkedin'].map((network) =>
      anObservedConnection({ network, accountId: id, ...pick(this.#chance, statuses) }),
    );
    const shown = aPoll({ result: { outcome: 'observed', connections: entries, isPartial: false } });
    const poll =
      this.#chance() < 0.1 ? aFailedPoll(pick(this.#chance, ['invalid_grant', 'forbidden'] as const)) : shown;
    this.#shows.set(id, poll.result);
  }

  async #poll(stores: Stores, ids: readonly string[]): Promise<void> {
    const log = collectingLog();
    const polls = ids.map((tenantId) => ({ tenantId, at: this.#now, durationMs: 1, result: this.#resultOf(tenantId) }));
    const context = {
      settings: alertSettings(),
      operatorEmail: null,
      newId: this.#newId,
      planRegularPoll: () => ({ nextPollAt: this.#now + HOUR_MS, intervalMs: HOUR_MS }),
    };
    for (let start = 0; start < polls.length; start += 10) {
      const batch = polls.slice(start, start + 10);
      const failures = createRoundFailures(log, { failed: () => undefined });
      await recordPolls(batch, { ...stores, clock: { now: () => this.#now }, log, context, failures });
      expect(log.messages('error')).toEqual([]);
    }
  }

  #resultOf(tenantId: string): Poll['result'] {
    const result = this.#shows.get(tenantId);
    if (result === undefined) throw new Error(`nobody knows what ${tenantId} shows`);
    return result;
  }

  async #act(id: string): Promise<void> {
    const tenants = this.#tenants();
    const chance = this.#chance();
    if (chance < 0.3) await tenants.pause(operator, id);
    else if (chance < 0.6) await tenants.resume(operator, id);
    else if (chance < 0.9) await tenants.update(operator, id, { name: `Renamed at ${this.#now}` });
    else {
      await tenants.remove(operator, id, { purge: chance > 0.95 });
      this.#shows.delete(id);
    }
  }

  #tenants() {
    const [stores] = this.#writers;
    if (stores === undefined) throw new Error('there is no writer');
    return tenantsOver(stores, { newId: this.#newId, clock: this.clock });
  }
}
