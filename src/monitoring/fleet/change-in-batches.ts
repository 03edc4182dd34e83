import { releaseHeld } from '../../domain/holds/attach-to-hold.ts';
import type { FleetChangeContext } from '../../domain/model/fleet-change.ts';
import type { Hold } from '../../domain/model/hold.ts';
import type { TenantRecord, TenantUpdate } from '../../domain/model/tenant-record.ts';
import { batchesOf } from '../batches.ts';
import type { Clock, NewId, Stores } from '../ports.ts';
import { readUntilEmpty } from '../read-until-empty.ts';

const BATCH = 100;

export type ChangeInBatchesPorts = Pick<Stores, 'records' | 'suspicions'> &
  Readonly<{
    clock: Clock;
    newId: NewId;
    /** The plan as things are now: the intervals may be stretched. */
    readPollPlan(): Promise<FleetChangeContext['planRegularPoll']>;
  }>;

/** Decides anew about each of the tenants, batch by batch. */
export async function changeInBatches(
  tenantIds: readonly string[],
  decide: (record: TenantRecord, context: FleetChangeContext) => TenantUpdate,
  ports: ChangeInBatchesPorts,
): Promise<void> {
  if (tenantIds.length === 0) return;
  const planRegularPoll = await ports.readPollPlan();
  for (const batch of batchesOf(tenantIds, BATCH)) {
    const context = { now: ports.clock.now(), newId: ports.newId, planRegularPoll };
    await changeEach(batch, (record) => decide(record, context), ports);
  }
}

/** Lets go the mail of holds that have ended; its delivery decides again whether it is still right. */
export async function releaseEndedHolds(active: readonly Hold[], ports: ChangeInBatchesPorts): Promise<void> {
  const readBatch = () => ports.suspicions.toBeReleased(BATCH);
  for await (const tenantIds of readUntilEmpty(readBatch, (id) => id)) {
    const context = { now: ports.clock.now(), newId: ports.newId };
    await changeEach(tenantIds, (record) => releaseHeld(record, active, context), ports);
  }
}

async function changeEach(
  tenantIds: readonly string[],
  decide: (record: TenantRecord) => TenantUpdate,
  { records }: ChangeInBatchesPorts,
): Promise<void> {
  await records.change(tenantIds, (remembered) => ({ updates: remembered.map(decide), result: undefined }));
}
