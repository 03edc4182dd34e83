import type { Poll } from '../../domain/model/poll.ts';
import type { TenantUpdate } from '../../domain/model/tenant-record.ts';
import { type AssessmentContext, assessPoll } from '../../domain/polling/assess-poll.ts';
import type { RoundTally } from '../application.ts';
import type { Clock, FaultStore, HoldStore, Log, RecordStore } from '../ports.ts';
import { StoreUnavailable } from '../store-unavailable.ts';
import type { RoundChange, RoundFailure } from '../views.ts';
import type { RoundFailures } from './round-failures.ts';

/** The part of the context that one round shares; holds and faults may begin and end while a round lasts. */
export type RoundContext = Omit<AssessmentContext, 'holds' | 'faults' | 'now'>;

export type PollPlan = RoundContext['planRegularPoll'];

export type RecordPollsPorts = Readonly<{
  records: RecordStore;
  holds: Pick<HoldStore, 'active'>;
  faults: Pick<FaultStore, 'open'>;
  clock: Pick<Clock, 'now'>;
  log: Log;
  context: RoundContext;
  failures: Pick<RoundFailures, 'add'>;
}>;

/**
 * Assesses a batch of polls against the stored records and stores everything that follows in one transaction:
 * snapshots, changes, incidents and the mail that is due. A batch that cannot be stored is tried again tenant by
 * tenant, so that one of them never costs the others their result. A tenant that was removed meanwhile has no update.
 */
export async function recordPolls(polls: readonly Poll[], ports: RecordPollsPorts): Promise<readonly TenantUpdate[]> {
  const { log, failures } = ports;
  try {
    return logged(await store(polls, ports), log);
  } catch (error) {
    const [first, ...others] = polls.map(({ tenantId }) => tenantId);
    if (first === undefined) return [];
    if (others.length === 0 || error instanceof StoreUnavailable) {
      failures.add(
        [first, ...others],
        error,
        others.length === 0 ? 'a poll could not be stored' : 'polls could not be stored',
      );
      return [];
    }
    log.warn({ err: error, tenants: polls.length }, 'a batch could not be stored, trying tenant by tenant');
  }
  const updates: TenantUpdate[] = [];
  for (const poll of polls) updates.push(...(await recordPolls([poll], ports)));
  return updates;
}

/** A tenant's update, and how its polls went before. */
type Recorded = Readonly<{ update: TenantUpdate; failedBefore: boolean }>;

async function store(
  polls: readonly Poll[],
  { records, holds, faults, clock, context }: RecordPollsPorts,
): Promise<readonly Recorded[]> {
  const assessment = { ...context, holds: await holds.active(), faults: await faults.open() };
  const pollOf = new Map(polls.map((poll) => [poll.tenantId, poll]));
  return await records.change([...pollOf.keys()], (remembered) => {
    const present = { ...assessment, now: clock.now() };
    const recorded = remembered.flatMap((record) => {
      const poll = pollOf.get(record.tenant.id);
      const failedBefore = record.tenant.failing !== null;
      return poll === undefined ? [] : [{ update: assessPoll(record, poll, present), failedBefore }];
    });
    return { updates: recorded.map(({ update }) => update), result: recorded };
  });
}

function logged(recorded: readonly Recorded[], log: Log): readonly TenantUpdate[] {
  for (const { update, failedBefore } of recorded) {
    logOutcome(update, failedBefore, log);
    for (const { id, tenantId, state, action, conditions, alerting } of update.incidents) {
      log.info({ incidentId: id, tenantId, state, action, conditions, reason: alerting.decision }, 'incident changed');
    }
  }
  return recorded.map(({ update }) => update);
}

/** The first failed poll of a run, and the first that does not fail after it, are news; those between are not. */
function logOutcome({ poll, tenant }: TenantUpdate, failedBefore: boolean, log: Log): void {
  if (poll === null) return;
  const fields = { tenantId: poll.tenantId, name: tenant?.name };
  if (poll.result.outcome !== 'failed') {
    if (failedBefore) log.info(fields, 'polls of a tenant succeed again');
    return;
  }
  const { kind, requestId, detail } = poll.result.failure;
  const failure = { ...fields, kind, requestId, detail };
  if (failedBefore) log.debug(failure, 'poll failed');
  else log.warn(failure, 'polls of a tenant begin to fail');
}

export const EMPTY_TALLY: RoundTally = {
  polled: 0,
  failed: 0,
  changes: [],
  failures: [],
  skipped: 0,
  errors: 0,
  clockCorrected: 0,
  incidents: { opened: 0, closed: 0 },
};

/** `unchanged`: so many polls besides found nothing new. */
export function addToTally(tally: RoundTally, updates: readonly TenantUpdate[], unchanged = 0): RoundTally {
  const failures = updates.flatMap((update) => failureOf(update) ?? []);
  const touched = updates.flatMap(({ poll, incidents }) => incidents.map((incident) => ({ incident, at: poll?.at })));
  return {
    ...tally,
    polled: tally.polled + updates.length + unchanged,
    failed: tally.failed + failures.length,
    changes: [...tally.changes, ...updates.flatMap(changesOf)],
    failures: [...tally.failures, ...failures],
    clockCorrected: tally.clockCorrected + updates.filter(({ clockCorrection }) => clockCorrection !== null).length,
    incidents: {
      opened: tally.incidents.opened + touched.filter(({ incident, at }) => incident.openedAt === at).length,
      closed: tally.incidents.closed + touched.filter(({ incident, at }) => incident.closedAt === at).length,
    },
  };
}

/** The parts of one round, each of other tenants. */
export function joinTallies(a: RoundTally, b: RoundTally): RoundTally {
  return {
    polled: a.polled + b.polled,
    failed: a.failed + b.failed,
    changes: [...a.changes, ...b.changes],
    failures: [...a.failures, ...b.failures],
    skipped: a.skipped + b.skipped,
    errors: a.errors + b.errors,
    clockCorrected: a.clockCorrected + b.clockCorrected,
    incidents: {
      opened: a.incidents.opened + b.incidents.opened,
      closed: a.incidents.closed + b.incidents.closed,
    },
  };
}

function changesOf({ changes, connections, tenant }: TenantUpdate): readonly RoundChange[] {
  return changes.map(({ id: _, ...change }) => ({
    ...change,
    tenantName: tenant?.name ?? '',
    displayName: connections.find(({ id }) => id === change.connectionId)?.displayName ?? null,
  }));
}

function failureOf({ poll, tenant, tenantId }: TenantUpdate): RoundFailure | null {
  if (poll?.result.outcome !== 'failed') return null;
  const { kind, detail } = poll.result.failure;
  return { tenantId, tenantName: tenant?.name ?? '', kind, detail };
}
