import { describe, expect, it } from '@jest/globals';
import type { Poll } from '../../../src/domain/model/poll.ts';
import { HOUR_MS, MINUTE_MS } from '../../../src/domain/model/time.ts';
import { type RecordPollsPorts, type RoundContext, recordPolls } from '../../../src/monitoring/polling/record-polls.ts';
import { createRoundFailures } from '../../../src/monitoring/polling/round-failures.ts';
import { aFailedPoll, anObservedConnection, aPoll, aTenant, NOW } from '../../support/builders.ts';
import { alertSettings, countedIds } from '../../support/domain-settings.ts';
import { createMemoryStores } from '../../support/memory-store.ts';
import { collectingLog } from '../../support/use-case-log.ts';
import { failingRecords } from '../../support/use-case-records.ts';

const context: RoundContext = {
  settings: alertSettings(),
  operatorEmail: null,
  newId: countedIds(),
  planRegularPoll: (_, at) => ({ nextPollAt: at + HOUR_MS, intervalMs: HOUR_MS }),
};

const { holds, faults } = createMemoryStores();

async function record(polls: readonly Poll[], ports: Omit<RecordPollsPorts, 'clock' | 'failures'>) {
  const failures = createRoundFailures(ports.log, { failed: () => undefined });
  const clock = { now: () => NOW };
  const updates = await recordPolls(polls, { ...ports, clock, failures });
  return { updates, errors: failures.count() };
}

describe('A batch that cannot be stored', () => {
  it('is tried again tenant by tenant, and only what fails by itself is lost', async () => {
    const { records, log, storedPolls } = await aStoreWith(['bakery', 'florist', 'garage']);
    const failing = failingRecords(records, (ids) => ids.includes('florist'));

    const { updates, errors } = await record(pollsOf('bakery', 'florist', 'garage'), {
      records: failing,
      log,
      holds,
      faults,
      context,
    });

    expect(updates.map(({ tenantId }) => tenantId)).toEqual(['bakery', 'garage']);
    expect(errors).toBe(1);
    expect(storedPolls()).toEqual(['bakery', 'garage']);
    expect(log.messages('warn')).toEqual(['a batch could not be stored, trying tenant by tenant']);
    expect(log.fieldsOf('a poll could not be stored')).toMatchObject([{ tenantId: 'florist' }]);
  });

  it('is stored whole by the second try when the first only had bad luck', async () => {
    const { records, log, storedPolls } = await aStoreWith(['bakery', 'florist']);
    let calls = 0;
    const failing = failingRecords(records, () => {
      calls += 1;
      return calls === 1;
    });

    await record(pollsOf('bakery', 'florist'), { records: failing, log, holds, faults, context });

    expect(storedPolls()).toEqual(['bakery', 'florist']);
    expect(log.messages('error')).toEqual([]);
  });

  it('of one poll is told as an error, not thrown', async () => {
    const { records, log } = await aStoreWith(['bakery']);

    const { updates, errors } = await record(pollsOf('bakery'), {
      records: failingRecords(records, () => true),
      log,
      holds,
      faults,
      context,
    });

    expect(updates).toEqual([]);
    expect(errors).toBe(1);
    expect(log.messages('error')).toEqual(['a poll could not be stored']);
  });
});

describe('A batch', () => {
  it('is one transaction', async () => {
    const { records, log } = await aStoreWith(['bakery', 'florist', 'garage']);
    const transactions: (readonly string[])[] = [];
    const watched = failingRecords(records, (ids) => {
      transactions.push(ids);
      return false;
    });

    await record(pollsOf('bakery', 'florist', 'garage'), { records: watched, log, holds, faults, context });

    expect(transactions).toEqual([['bakery', 'florist', 'garage']]);
  });

  it('leaves out a tenant that was removed while it was asked', async () => {
    const { records, log, store } = await aStoreWith(['bakery', 'florist']);
    await store.tenants.erase('florist');

    const { updates, errors } = await record(pollsOf('bakery', 'florist'), {
      records,
      log,
      holds,
      faults,
      context,
    });

    expect(updates.map(({ tenantId }) => tenantId)).toEqual(['bakery']);
    expect(errors).toBe(0);
  });

  it('logs each change of an incident with its reason', async () => {
    const { records, log } = await aStoreWith(['bakery']);
    const broken = anObservedConnection({ tokenIsValid: false });

    await record(
      [aPoll({ tenantId: 'bakery', result: { outcome: 'observed', connections: [broken], isPartial: false } })],
      { records, log, holds, faults, context },
    );

    expect(log.fieldsOf('incident changed')).toMatchObject([
      { tenantId: 'bakery', state: 'suspected', action: 'reconnect', reason: 'awaiting_confirmation' },
    ]);
  });

  it('tells when the polls of a tenant begin to fail and when they succeed again, and once each', async () => {
    const { records, log } = await aStoreWith(['bakery', 'florist']);
    const polls = [
      aFailedPoll('dns', { at: NOW }),
      aFailedPoll('dns', { at: NOW + MINUTE_MS }),
      aFailedPoll('timeout', { at: NOW + 2 * MINUTE_MS }),
      aPoll({ at: NOW + 3 * MINUTE_MS }),
      aPoll({ at: NOW + 4 * MINUTE_MS }),
    ];

    for (const poll of polls) {
      await record([{ ...poll, tenantId: 'bakery' }], { records, log, holds, faults, context });
    }

    const named = { tenantId: 'bakery', name: "Jane's Bakery" };
    expect(log.fieldsOf('polls of a tenant begin to fail')).toMatchObject([{ ...named, kind: 'dns' }]);
    expect(log.fieldsOf('polls of a tenant succeed again')).toEqual([named]);
    expect(log.messages('warn')).toHaveLength(1);
    expect(log.fieldsOf('poll failed')).toMatchObject([{ kind: 'dns' }, { kind: 'timeout' }]);
    expect(log.messages('debug')).toHaveLength(2);
  });
});

async function aStoreWith(tenants: readonly string[]) {
  const store = createMemoryStores();
  await store.tenants.add(tenants.map((id) => ({ tenant: aTenant({ id }), contacts: [], grant: null })));
  const storedPolls = () => [...store.memory.state.polls.values()].map(({ tenantId }) => tenantId);
  return { store, records: store.records, log: collectingLog(), storedPolls };
}

function pollsOf(...tenants: readonly string[]) {
  return tenants.map((tenantId) => aPoll({ tenantId, at: NOW }));
}
