import type { TenantUpdate } from '../../domain/model/tenant-record.ts';
import type { Instant } from '../../domain/model/time.ts';
import type { AlsoRead, Decide, RecordStore } from '../ports.ts';
import { StoreUnavailable } from '../store-unavailable.ts';

/** Changes in one transaction. */
const MOST = 50;

/** One change of one tenant that waits for its transaction. */
type Waiting = Readonly<{
  tenantId: string;
  decide: Decide<unknown>;
  also: AlsoRead;
  done(result: unknown): void;
  failed(error: unknown): void;
}>;

/**
 * A record store whose changes of single tenants share transactions: those that are asked for while another one is
 * being stored go into the next one together. A transaction of many costs hardly more than one of a single change, and
 * mail is claimed and marked one by one. Whoever asks sees no difference: a change that fails by itself fails alone.
 */
export function gatherChanges(records: RecordStore): RecordStore {
  const waiting: Waiting[] = [];
  let isStoring = false;

  async function storeAll(): Promise<void> {
    isStoring = true;
    while (waiting.length > 0) await storeTogether(takeBatch(waiting), records);
    isStoring = false;
  }

  return {
    read: records.read,
    change: <R>(...[tenantIds, decide, also = {}]: Parameters<typeof records.change<R>>): Promise<R> => {
      const [tenantId, ...others] = tenantIds;
      if (tenantId === undefined || others.length > 0) return records.change(tenantIds, decide, also);
      return new Promise<R>((resolve, reject) => {
        waiting.push({ tenantId, decide, also, done: (result) => resolve(result as R), failed: reject });
        // What is asked for in the same turn belongs together.
        if (!isStoring) queueMicrotask(() => isStoring || void storeAll());
      });
    },
  };
}

/** The earliest ones, one a tenant, and none that needs a mail of its own loaded. */
function takeBatch(waiting: Waiting[]): readonly Waiting[] {
  const batch = new Map<string, Waiting>();
  for (const change of waiting) {
    if (batch.size === MOST) break;
    if (batch.has(change.tenantId)) continue;
    if (change.also.mailId !== undefined && batch.size > 0) continue;
    batch.set(change.tenantId, change);
    if (change.also.mailId !== undefined) break;
  }
  const taken = [...batch.values()];
  waiting.splice(0, waiting.length, ...waiting.filter((change) => !taken.includes(change)));
  return taken;
}

async function storeTogether(batch: readonly Waiting[], records: RecordStore): Promise<void> {
  const [first, ...others] = batch;
  if (first === undefined) return;
  if (others.length === 0) return await storeAlone(first, records);
  try {
    const since = batch.flatMap(({ also }) => also.mailSentSince ?? []);
    const also = since.length === 0 ? {} : { mailSentSince: Math.min(...since) };
    const tenantIds = batch.map(({ tenantId }) => tenantId);
    const results = await records.change(tenantIds, decideInTurn(batch), also);
    for (const [index, { done }] of batch.entries()) done(results[index]);
  } catch (error) {
    if (error instanceof StoreUnavailable) {
      for (const { failed } of batch) failed(error);
      return;
    }
    // One of them is to blame, and the others are not to suffer for it.
    for (const change of batch) await storeAlone(change, records);
  }
}

/** Each sees its own tenant, and counts also the mails that those before it have claimed. */
function decideInTurn(batch: readonly Waiting[]): Decide<readonly unknown[]> {
  return (records, leaseNow, mailSent) => {
    let claimed = 0;
    const decided = batch.map(({ tenantId, decide, also }) => {
      const own = records.filter(({ tenant }) => tenant.id === tenantId);
      const one = decide(own, leaseNow, also.mailSentSince === undefined ? 0 : mailSent + claimed);
      if (also.mailSentSince !== undefined) claimed += countLeased(one.updates, leaseNow);
      return one;
    });
    return { updates: decided.flatMap(({ updates }) => updates), result: decided.map(({ result }) => result) };
  };
}

function countLeased(updates: readonly TenantUpdate[], leaseNow: Instant): number {
  return updates.flatMap(({ notifications }) => notifications).filter((mail) => (mail.leaseUntil ?? 0) > leaseNow)
    .length;
}

async function storeAlone({ tenantId, decide, also, done, failed }: Waiting, records: RecordStore): Promise<void> {
  await records.change([tenantId], decide, also).then(done, failed);
}
