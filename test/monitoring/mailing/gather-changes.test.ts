import { describe, expect, it } from '@jest/globals';
import { noUpdate, type TenantRecord } from '../../../src/domain/model/tenant-record.ts';
import { gatherChanges } from '../../../src/monitoring/mailing/gather-changes.ts';
import type { RecordStore } from '../../../src/monitoring/ports.ts';
import { StoreUnavailable } from '../../../src/monitoring/store-unavailable.ts';
import { aNotification, aTenant, NOW } from '../../support/builders.ts';
import { aRecord } from '../../support/domain-record.ts';

/** Mails that the store has sent in the last hour. */
const SENT = 7;

const DONE = new Error('the change of the mill is refused');

/** Says which tenants were changed together; `fail` may throw in place of a transaction. */
function recordingStore(fail: (tenantIds: readonly string[]) => void = () => undefined) {
  const transactions: (readonly string[])[] = [];
  const recordOf = (id: string): TenantRecord => aRecord({ tenant: aTenant({ id }) });
  const records: RecordStore = {
    read: async (tenantIds) => tenantIds.map(recordOf),
    change: async (tenantIds, decide, also = {}) => {
      transactions.push(tenantIds);
      await Promise.resolve();
      fail(tenantIds);
      const sent = also.mailSentSince === undefined ? 0 : SENT;
      return decide(tenantIds.filter((id) => id !== 'gone').map(recordOf), NOW, sent).result;
    },
  };
  return { transactions, records: gatherChanges(records) };
}

const named = ([record]: readonly TenantRecord[]) => ({
  updates: [noUpdate(record?.tenant.id ?? '')],
  result: record?.tenant.id ?? 'nobody',
});

describe('changes of single tenants', () => {
  it('that are asked for at once share a transaction, and each sees its own record', async () => {
    const { records, transactions } = recordingStore();
    const ids = ['bakery', 'gone', 'mill'];
    const results = await Promise.all(ids.map((id) => records.change([id], named)));
    expect(results).toEqual(['bakery', 'nobody', 'mill']);
    expect(transactions).toEqual([ids]);
  });

  it('that are asked for while others are being stored come next, together', async () => {
    const { records, transactions } = recordingStore();
    const first = records.change(['bakery'], named);
    await Promise.resolve();
    await Promise.all([first, records.change(['mill'], named), records.change(['forge'], named)]);
    expect(transactions).toEqual([['bakery'], ['mill', 'forge']]);
  });

  it('of one tenant come one after the other', async () => {
    const { records, transactions } = recordingStore();
    await Promise.all([records.change(['bakery'], named), records.change(['bakery'], named)]);
    expect(transactions).toEqual([['bakery'], ['bakery']]);
  });

  it('that need one mail more are stored alone', async () => {
    const { records, transactions } = recordingStore();
    await Promise.all([
      records.change(['bakery'], named),
      records.change(['mill'], named, { mailId: 'mail' }),
      records.change(['forge'], named),
    ]);
    expect(transactions).toEqual([['bakery', 'forge'], ['mill']]);
  });

  it('that claim mail count what is claimed before them in the same transaction', async () => {
    const { records, transactions } = recordingStore();
    const counted: number[] = [];
    const claiming = ([record]: readonly TenantRecord[], leaseNow: number, mailSent: number) => {
      counted.push(mailSent);
      const tenantId = record?.tenant.id ?? '';
      const notifications = tenantId === 'mill' ? [] : [aNotification({ tenantId, leaseUntil: leaseNow + 1 })];
      return { updates: [{ ...noUpdate(tenantId), notifications }], result: null };
    };
    const also = { mailSentSince: NOW };
    await Promise.all([
      ...['bakery', 'mill', 'forge'].map((id) => records.change([id], claiming, also)),
      records.change(['inn'], (_records, _leaseNow, mailSent) => {
        counted.push(mailSent);
        return { updates: [], result: null };
      }),
    ]);
    expect(counted).toEqual([SENT, SENT + 1, SENT + 1, 0]);
    expect(transactions).toHaveLength(1);
  });

  it('fail alone where one of them is to blame', async () => {
    const { records, transactions } = recordingStore((ids) => {
      if (ids.includes('mill')) throw DONE;
    });
    const results = await Promise.allSettled(['bakery', 'mill', 'forge'].map((id) => records.change([id], named)));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(transactions).toEqual([['bakery', 'mill', 'forge'], ['bakery'], ['mill'], ['forge']]);
  });

  it('fail together where the store does not work', async () => {
    const away = new StoreUnavailable('away', 'away', { hint: '', cause: null, mayBeDone: true });
    const { records, transactions } = recordingStore(() => {
      throw away;
    });
    const results = await Promise.allSettled(['bakery', 'mill'].map((id) => records.change([id], named)));
    expect(results).toEqual([
      { status: 'rejected', reason: away },
      { status: 'rejected', reason: away },
    ]);
    expect(transactions).toHaveLength(1);
  });
});

it('a change of several tenants is passed on as it is', async () => {
  const { records, transactions } = recordingStore();
  await records.change(['bakery', 'mill'], (all) => ({ updates: [], result: all.length }));
  expect(transactions).toEqual([['bakery', 'mill']]);
});
