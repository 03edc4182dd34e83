import { attachToHold, type BegunHold } from '../../domain/holds/attach-to-hold.ts';
import {
  type FleetTrouble,
  type SharedProblem,
  sharedProblems,
  tenantsToHold,
} from '../../domain/holds/fleet-trouble.ts';
import { endOfHold, endsByItself, enoughPolled, isFleetWide } from '../../domain/holds/hold-lifetime.ts';
import { beginHold, causeKey, type EndReason, type Hold } from '../../domain/model/hold.ts';
import { beginOperatorMail } from '../../domain/model/notification.ts';
import type { Stores, Surroundings } from '../ports.ts';
import { type ChangeInBatchesPorts, changeInBatches, releaseEndedHolds } from './change-in-batches.ts';

/** So many of the suspected tenants are still polled early: enough to see when the trouble is over. */
const SAMPLE = 20;

export type WatchHoldsPorts = ChangeInBatchesPorts & Surroundings & Pick<Stores, 'holds' | 'fleet'>;

/**
 * Begins a hold when so many tenants have the same trouble that its cause is not theirs, and ends the hold when the
 * trouble is over. The operator is told once of each begin and of each end.
 */
export async function watchHolds(ports: WatchHoldsPorts): Promise<void> {
  const { settings } = ports;
  const now = ports.clock.now();
  const from = now - settings.fleetWindowMs;
  const holds = await ports.holds.active();
  const before = await ports.suspicions.fleetTroubles(Math.min(from, ...holds.map(({ since }) => since)));
  for (const hold of holds) {
    const reason = endOfHold(hold, await ports.suspicions.progress(hold), { ...settings, now });
    if (reason !== null) await endHold(hold, reason, ports);
    // Takes the mail that an earlier look missed because of a crash, or that was written since.
    else await takeMail({ hold, others: holds }, before, ports);
  }
  const active = await ports.holds.active();
  await releaseEndedHolds(active, ports);
  const hasOneEnded = holds.some(({ id }) => !active.some((one) => one.id === id));
  const troubles = hasOneEnded ? await ports.suspicions.fleetTroubles(from) : before;
  const held = new Set(active.map(({ cause }) => causeKey(cause)));
  for (const problem of sharedProblems(troubles, from).filter(({ cause }) => !held.has(causeKey(cause)))) {
    await beginHoldIfFleetWide({ ...problem, troubles, active }, ports);
  }
}

async function takeMail(begun: BegunHold, troubles: readonly FleetTrouble[], ports: WatchHoldsPorts): Promise<void> {
  const tenantIds = tenantsToHold(troubles, begun.hold);
  await changeInBatches(tenantIds, (record, context) => attachToHold(record, begun, context), ports);
}

type Suspected = SharedProblem & Readonly<{ troubles: readonly FleetTrouble[]; active: readonly Hold[] }>;

async function beginHoldIfFleetWide(
  { cause, since, tenants, troubles, active }: Suspected,
  ports: WatchHoldsPorts,
): Promise<void> {
  const { settings } = ports;
  if (tenants < settings.fleetMin) return;
  // Tenants whose pages nobody asked about may have lost pages as well: only tenants that were asked count.
  const { polledSince, lookedSince } = ports.fleet;
  const askedSince = cause.condition === 'page_unreachable' ? lookedSince : polledSince;
  const polled = await askedSince(since, cause.network, enoughPolled(tenants, settings));
  if (!isFleetWide({ suspects: tenants, polled }, settings)) return;
  const now = ports.clock.now();
  const sample = tenantsToHold(troubles, { cause, since }).slice(0, SAMPLE);
  const begun = beginHold({ id: ports.newId(), cause, since, beganAt: now, tenants, sample });
  const mail = beginOperatorMail(
    { about: 'hold_began', hold: begun, polled },
    { ...ports, now, conversationId: begun.id },
  );
  if (!(await ports.holds.begin(begun, mail))) return;
  ports.log.error({ holdId: begun.id, ...cause, tenants, polled, reason: 'fleet_wide' }, 'hold began');
  await takeMail({ hold: begun, others: active }, troubles, ports);
}

/** Ends a hold, and tells the operator how many tenants recovered. Its mail is released after that. */
export async function endHold(hold: Hold, reason: EndReason, ports: WatchHoldsPorts): Promise<boolean> {
  const now = ports.clock.now();
  const { concerned, recovered } = await ports.suspicions.progress(hold);
  const ended: Hold = { ...hold, endedAt: now, endReason: reason };
  const report = { about: 'hold_ended', hold: ended, reason, recovered, remaining: concerned - recovered } as const;
  const mail = endsByItself(hold) ? beginOperatorMail(report, { ...ports, now, conversationId: hold.id }) : [];
  if (!(await ports.holds.end(ended, mail))) return false;
  ports.log.warn({ holdId: hold.id, ...hold.cause, reason, concerned, recovered }, 'hold ended');
  return true;
}
