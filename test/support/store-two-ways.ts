import { hash } from 'node:crypto';
import { expect } from '@jest/globals';
import fc from 'fast-check';
import type { ObservedConnection } from '../../src/domain/model/connection.ts';
import { failureOf, type Poll, type PollResult } from '../../src/domain/model/poll.ts';
import { HOUR_MS, type Instant, MINUTE_MS } from '../../src/domain/model/time.ts';
import { recordPolls } from '../../src/monitoring/polling/record-polls.ts';
import { recordUnchanged } from '../../src/monitoring/polling/record-unchanged.ts';
import type { Stores } from '../../src/monitoring/ports.ts';
import { aContact, anObservedConnection, aTenant, NOW } from './builders.ts';
import { alertSettings, countedIds } from './domain-settings.ts';
import type { FreshStore } from './store-fixtures.ts';
import { collectingLog } from './use-case-log.ts';
import { planHourly } from './use-case-world.ts';

const TENANTS = ['bakery', 'mill', 'school'];

const facebook = { network: 'facebook', accountId: '1' };
const instagram = { network: 'instagram', accountId: '2' };
const fine = [anObservedConnection(facebook), anObservedConnection(instagram)];
const observed = (connections: readonly ObservedConnection[], isPartial = false): PollResult => ({
  outcome: 'observed',
  connections,
  isPartial,
});

/** What a tenant shows, most often that all is well. */
const results: readonly PollResult[] = [
  ...Array.from({ length: 9 }, () => observed(fine)),
  observed([anObservedConnection({ ...facebook, tokenIsValid: false }), anObservedConnection(instagram)]),
  observed([anObservedConnection({ ...facebook, displayName: 'Renamed' }), anObservedConnection(instagram)]),
  observed([anObservedConnection({ ...facebook, rateLimited: true }), anObservedConnection(instagram)]),
  observed([anObservedConnection(facebook)]),
  observed([]),
  observed(fine, true),
  { outcome: 'failed', failure: failureOf('timeout', 'no answer came') },
];

type Round = Readonly<{ afterMs: number; shown: readonly number[] }>;

const rounds: fc.Arbitrary<readonly Round[]> = fc.array(
  fc.record({
    afterMs: fc.constantFrom(15 * MINUTE_MS, HOUR_MS, HOUR_MS, HOUR_MS + 321, HOUR_MS, 2 * HOUR_MS, 5 * HOUR_MS),
    shown: fc.array(fc.nat(results.length - 1), { minLength: TENANTS.length, maxLength: TENANTS.length }),
  }),
  { minLength: 5, maxLength: 14 },
);

/**
 * Any polls of a small fleet, told to one database twice: once with every poll assessed, and once with none assessed of a
 * tenant that is at rest.
 */
export async function tellTwice(fresh: FreshStore): Promise<void> {
  const store = await fresh();
  let [run, unchanged] = [0, 0];
  await fc.assert(
    fc.asyncProperty(rounds, async (given) => {
      run += 1;
      const [assessed, spared] = [`${run}-assessed-`, `${run}-spared-`];
      expect(await tell(given, { store, prefix: assessed, isSparing: false })).toBe(0);
      unchanged += await tell(given, { store, prefix: spared, isSparing: true });
      expect(await left(store, spared)).toEqual(await left(store, assessed));
    }),
    { numRuns: 15 },
  );
  expect(unchanged).toBeGreaterThan(20);
}

/** The ids of what is told begin with the prefix. */
type Telling = Readonly<{ store: Stores; prefix: string; isSparing: boolean }>;

/** How many polls were stored without an assessment. */
async function tell(given: readonly Round[], telling: Telling): Promise<number> {
  const { store, prefix } = telling;
  await store.tenants.add(
    TENANTS.map((name) => ({
      tenant: aTenant({ id: prefix + name, name, createdAt: NOW, nextPollAt: NOW }),
      contacts: [aContact({ id: `${prefix}owner-of-${name}`, tenantId: prefix + name })],
      grant: null,
    })),
  );
  const number = countedIds();
  const newId = () => prefix + number();
  let [at, unchanged] = [NOW, 0];
  for (const { afterMs, shown } of given) {
    at += afterMs;
    unchanged += await pollAll({ at, shown, newId }, telling);
  }
  return unchanged;
}

type Asked = Readonly<{ at: Instant; shown: readonly number[]; newId: () => string }>;

async function pollAll({ at, shown, newId }: Asked, { store, prefix, isSparing }: Telling): Promise<number> {
  const context = { settings: alertSettings(), newId, operatorEmail: null, planRegularPoll: planHourly };
  const clock = { now: () => at };
  const ports = { ...store, clock, log: collectingLog(), context, failures: { add: failedToStore } };
  let unchanged = 0;
  for (const [index, tenant] of (await store.polls.toPoll(TENANTS.map((name) => prefix + name))).entries()) {
    const result = results[shown[index] ?? 0] ?? observed(fine);
    const digest = hash('sha256', JSON.stringify(result), 'base64url');
    const asked = { tenantId: tenant.id, at: at + index, durationMs: 80 };
    const poll: Poll = { ...asked, result: result.outcome === 'failed' ? result : { ...result, digest } };
    if (isSparing && tenant.known?.rest?.digest === digest) {
      const same = { ...asked, tenant, digest, read: () => poll };
      unchanged += (await recordUnchanged([same], ports)).unchanged.length;
    } else await recordPolls([poll], ports);
  }
  return unchanged;
}

function failedToStore(_ids: readonly string[], error: unknown): void {
  throw error;
}

/** Everything of the tenants, without the prefix. */
async function left(store: Stores, prefix: string): Promise<unknown> {
  const ids = TENANTS.map((name) => prefix + name);
  const range = { from: NOW, to: NOW + 1000 * HOUR_MS };
  const all = {
    records: await store.records.read(ids),
    pasts: await store.replays.pasts(ids, range),
    rests: (await store.polls.toPoll(ids)).map(({ known }) => known?.rest?.digest),
  };
  return JSON.parse(JSON.stringify(all).replaceAll(prefix, ''));
}
