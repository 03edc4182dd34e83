import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseConnections } from '../../../src/constant-contact/connections-answer.ts';
import type { PollResult } from '../../../src/domain/model/poll.ts';
import type { TenantRecord } from '../../../src/domain/model/tenant-record.ts';
import { assessPoll } from '../../../src/domain/polling/assess-poll.ts';
import type { ConnectionsAnswer, Stores } from '../../../src/monitoring/ports.ts';
import { anyAnswer } from '../../support/any-answer.ts';
import { aPoll, NOW } from '../../support/builders.ts';
import { alertSettings } from '../../support/domain-settings.ts';
import { ms } from '../../support/domain-time.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';
import { recordOf, save, storeWithTenant } from '../../support/store-records.ts';

export function anyAnswerContract(fresh: FreshStore): void {
  describe('what upstream answers', () => {
    it('is stored and read again, whatever JSON it is, as long as it can be parsed', async () => {
      const store = await storeWithTenant(fresh);
      let polls = 0;
      await fc.assert(
        fc.asyncProperty(anyAnswer(), async (body) => {
          const answer = tryParse(body);
          if (answer === null) return;
          polls += 1;
          await assertStored(store, { outcome: 'observed', ...answer }, polls);
        }),
        { numRuns: 60 },
      );
    });

    it('with a status that no column holds leaves the tenant watched', async () => {
      const store = await storeWithTenant(fresh);
      const account_info = { network: 'facebook', network_account_id: '1' };
      const answer = parseConnections({
        connections: [{ account_info, connection_status: { status: 5_000_000_000 } }],
      });
      await assertStored(store, { outcome: 'observed', ...answer }, 1);
    });

    it('is stored when the clock was set while it was asked', async () => {
      const store = await storeWithTenant(fresh);
      for (const [nth, durationMs] of [56 * 365 * ms('24h'), -5_000_000_000].entries()) {
        await save(store, assess(await recordOf(store), aPoll({ at: NOW + nth, durationMs })));
      }
    });
  });
}

function tryParse(body: unknown): ConnectionsAnswer | null {
  try {
    return parseConnections(body);
  } catch {
    return null;
  }
}

async function assertStored(store: Stores, result: PollResult, nth: number): Promise<void> {
  const before = await recordOf(store);
  const update = assess(before, aPoll({ at: NOW + nth * ms('1h'), result }));
  await save(store, update);
  const after = await recordOf(store);
  expect(after.tenant).toEqual(update.tenant);
  for (const connection of update.connections) expect(after.connections).toContainEqual(connection);
}

function assess(record: TenantRecord, poll: ReturnType<typeof aPoll>) {
  return assessPoll(record, poll, {
    settings: alertSettings(),
    holds: [],
    faults: [],
    operatorEmail: null,
    now: poll.at,
    newId: () => crypto.randomUUID(),
    planRegularPoll: (_, at) => ({ nextPollAt: at + ms('1h'), intervalMs: ms('1h') }),
  });
}
