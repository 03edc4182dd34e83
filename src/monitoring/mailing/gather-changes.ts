import type { TenantRecord } from '../../domain/model/tenant-record.ts';
import type { Instant } from '../../domain/model/time.ts';
import type { RecordStore } from '../ports.ts';
import { StoreUnavailable } from '../store-unavailable.ts';

/** Changes in one transaction. */
const MOST = 50;

type Decided = ReturnType<Parameters<RecordStore['change']>[1]>;

/** One change of one tenant that waits for its transaction. */
type Waiting = Readonly<{
  tenantId: string;
  decide(records: readonly TenantRecord[], leaseNow: Instant): Decided;
  alsoMail: string | undefined;
  done(result: unknown): void;
  failed(error: unknown): void;
}>;

/**
 * A record store whose changes of single tenants share transactions: those that are asked for while another one is being
 * stored go into the next one together. A transaction of many costs hardly more than one of a single change, and mail is
 * claimed and marked one by one. Whoever asks sees no difference: a change that fails by itself fails alone.
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
    change: <R>(...[tenantIds, decide, alsoMail]: Parameters<typeof records.change<R>>): Promise<R> => {
      const [tenantId, ...others] = tenantIds;
      if (tenantId === undefined || others.length > 0) return records.change(tenantIds, decide, alsoMail);
      return new Promise<R>((resolve, reject) => {
        waiting.push({ tenantId, decide, alsoMail, done: (result) => resolve(result as R), failed: reject });
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
    if (change.alsoMail !== undefined && batch.size > 0) continue;
    batch.set(change.tenantId, change);
    if (change.alsoMail !== undefined) break;
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
    const decideAll = (all: readonly TenantRecord[], leaseNow: Instant) => {
      const decided = batch.map(({ tenantId, decide }) =>
        decide(
          all.filter(({ tenant }) => tenant.id === tenantId),
          leaseNow,
        ),
      );
      return { updates: decided.flatMap(({ updates }) => updates), result: decided.map(({ result }) => result) };
    };
    const tenantIds = batch.map(({ tenantId }) => tenantId);
    const results = await records.change(tenantIds, decideAll);
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

async function storeAlone({ tenantId, decide, alsoMail, done, failed }: Waiting, records: RecordStore): Promise<void> {
  await records.change([tenantId], decide, alsoMail).then(done, failed);
}
