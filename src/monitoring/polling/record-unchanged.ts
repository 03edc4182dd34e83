import type { TenantUpdate } from '../../domain/model/tenant-record.ts';
import { unchangedPoll } from '../../domain/polling/at-rest.ts';
import type { PollStore } from '../ports.ts';
import { StoreUnavailable } from '../store-unavailable.ts';
import type { UnreadPoll } from './poll-tenant.ts';
import { type RecordPollsPorts, recordPolls } from './record-polls.ts';

export type RecordUnchangedPorts = RecordPollsPorts & Readonly<{ polls: Pick<PollStore, 'storeUnchanged'> }>;

/** `unchanged`: the tenants whose polls are stored without an assessment. */
export type RecordedUnchanged = Readonly<{ unchanged: readonly string[]; updates: readonly TenantUpdate[] }>;

/**
 * Stores a batch of polls that found nothing new by a few statements, whatever is stored of their tenants. Those of
 * tenants that are not at rest any more are assessed like every other poll.
 */
export async function recordUnchanged(
  polls: readonly UnreadPoll[],
  ports: RecordUnchangedPorts,
): Promise<RecordedUnchanged> {
  const { failures, log } = ports;
  try {
    const stored = await store(polls, ports);
    const others = polls.filter(({ tenantId }) => !stored.has(tenantId));
    return { unchanged: [...stored], updates: await assess(others, ports) };
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) {
      log.warn({ err: error, tenants: polls.length }, 'unchanged polls could not be stored at once, assessing each');
      return { unchanged: [], updates: await assess(polls, ports) };
    }
    const ids = polls.map(({ tenantId }) => tenantId);
    failures.add(ids, error, ids.length === 1 ? 'a poll could not be stored' : 'polls could not be stored');
    return { unchanged: [], updates: [] };
  }
}

async function store(
  same: readonly UnreadPoll[],
  { polls, context }: RecordUnchangedPorts,
): Promise<ReadonlySet<string>> {
  const unchanged = same.flatMap(({ tenant: { known }, at, digest }) =>
    known === null ? [] : (unchangedPoll(known, { at, digest }, context.planRegularPoll) ?? []),
  );
  return unchanged.length === 0 ? new Set() : await polls.storeUnchanged(unchanged);
}

async function assess(same: readonly UnreadPoll[], ports: RecordPollsPorts): Promise<readonly TenantUpdate[]> {
  return same.length === 0
    ? []
    : await recordPolls(
        same.map((poll) => poll.read()),
        ports,
      );
}
