import type { LinkHolder } from '../../domain/model/link.ts';
import { noUpdate, type TenantRecord } from '../../domain/model/tenant-record.ts';
import { SECOND_MS } from '../../domain/model/time.ts';
import { type CheckOutcome, outcomeOfFailure, whatWasSeen, whyNotChecked } from '../../domain/owner/check-outcome.ts';
import type { RoundTally } from '../application.ts';
import { inTime } from '../in-time.ts';
import type { Stores, Surroundings } from '../ports.ts';

/** A page waits no longer than this for the answer, which is stored all the same when it comes. */
const ANSWER_WITHIN_MS = 20 * SECOND_MS;

export type CheckNowPorts = Surroundings &
  Pick<Stores, 'records'> &
  Readonly<{
    /** A round for this tenant alone. */
    pollTenant(tenantId: string, signal?: AbortSignal): Promise<RoundTally>;
  }>;

export type Checks = Readonly<{
  /** Null when the tenant or the contact is gone. An abort ends the wait; the answer is stored all the same. */
  checkNow(holder: LinkHolder, signal?: AbortSignal): Promise<CheckOutcome | null>;
  /** Resolves when every answer is stored. */
  settled(): Promise<void>;
}>;

/**
 * "I have reconnected": a poll at once, and another after RECHECK_AFTER. Contacts who ask meanwhile share the answer.
 */
export function createChecks(ports: CheckNowPorts): Checks {
  const running = new Map<string, Promise<CheckOutcome>>();
  const begin = (before: TenantRecord, signal?: AbortSignal) => {
    const { id } = before.tenant;
    const check = tryToCheck(before, { ...ports, signal }).finally(() => running.delete(id));
    running.set(id, check);
    return check;
  };
  return {
    async checkNow({ tenantId, contactId }, signal) {
      const [before] = await ports.records.read([tenantId]);
      if (before?.contacts.some(({ id }) => id === contactId) !== true) return null;
      const refusal = whyNotChecked(before.tenant, ports.clock.now());
      const outcome = refusal ?? (await waitFor(running.get(tenantId) ?? begin(before, signal), { ...ports, signal }));
      ports.log.info({ tenantId, contactId, outcome }, 'a contact asked for a check');
      return outcome;
    },
    settled: async () => void (await Promise.allSettled(running.values())),
  };
}

/** `signal` is aborted when the process stops. */
type Checking = CheckNowPorts & Readonly<{ signal: AbortSignal | undefined }>;

async function tryToCheck(before: TenantRecord, ports: Checking): Promise<CheckOutcome> {
  try {
    return await check(before, ports);
  } catch (error) {
    ports.log.error({ err: error, tenantId: before.tenant.id }, 'a check for a contact failed');
    return 'no_answer';
  }
}

async function check(before: TenantRecord, ports: Checking): Promise<CheckOutcome> {
  const { polled, skipped, errors, failures } = await ports.pollTenant(before.tenant.id, ports.signal);
  if (errors > 0) return 'no_answer';
  // Neither asked nor left out for want of requests: the tenant was paused or removed meanwhile, or the process stops.
  if (polled === 0) return skipped > 0 ? 'used_up' : 'no_answer';
  const [failure] = failures;
  return failure === undefined ? await readAndPlan(before, ports) : outcomeOfFailure(failure.kind);
}

/** Reads the result, and plans the next poll; a poll that failed has planned it already. */
async function readAndPlan(before: TenantRecord, { records, settings }: CheckNowPorts): Promise<CheckOutcome> {
  return await records.change([before.tenant.id], ([record]) => {
    if (record === undefined) return { updates: [], result: 'no_answer' as const };
    const { tenant } = record;
    const recheckAt = (tenant.lastPolledAt ?? 0) + settings.recheckAfterMs;
    const isLater = tenant.nextPollAt !== null && tenant.nextPollAt > recheckAt;
    const planned = isLater ? [{ ...noUpdate(tenant.id), tenant: { ...tenant, nextPollAt: recheckAt } }] : [];
    return { updates: planned, result: whatWasSeen(record, before.incidents) };
  });
}

/** A check never rejects (`tryToCheck`), so what rejects here is the wait. */
async function waitFor(check: Promise<CheckOutcome>, { clock, signal }: Checking): Promise<CheckOutcome> {
  return await inTime(check, ANSWER_WITHIN_MS, clock, signal).catch(() => 'still_asking');
}
