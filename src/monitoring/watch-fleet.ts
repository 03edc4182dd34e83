import { beginNotification, type Notification, type OperatorReport } from '../domain/notification.ts';
import { decideOutage, type FleetView, type Outage, type OutageStep } from '../domain/outage.ts';
import type { AlertSettings } from '../domain/settings.ts';
import { DAY_MS, type Instant } from '../domain/time.ts';
import type { Clock, FleetWatch, Log, NewId } from './ports.ts';

/**
 * Far enough back to see every tenant's latest poll. In a shorter time those in trouble, asked again and again, would
 * be most of what is seen, and a few of them an outage.
 */
const VIEW_MS = DAY_MS;

export type WatchFleetPorts = Readonly<{
  clock: Clock;
  log: Log;
  newId: NewId;
  fleet: FleetWatch;
  /** Null when nobody is configured: outages are then only logged. */
  operatorEmail: string | null;
}>;

/** Looks whether Constant Contact itself fails, and tells the operator once when it began and once when it is over. */
export async function watchFleet(ports: WatchFleetPorts, settings: AlertSettings): Promise<void> {
  const now = ports.clock.now();
  const before = await ports.fleet.currentOutage();
  const view = await ports.fleet.view(now - VIEW_MS);
  const step = decideOutage(before, view, now, settings);
  if (step.kind === 'none' || step.kind === 'wait') return;

  const next = outageAfter(step, before, view, now, ports.newId);
  const report = next === null ? null : reportOf(step, next, view);
  const mail = report === null || next === null ? [] : operatorMail(report, next, now, ports);
  if (!(await ports.fleet.saveOutage(before, next, mail))) return;
  const fields = { reason: step.reason, ...view, outageId: next?.id };
  if (step.kind === 'begin') ports.log.error(fields, 'upstream outage began');
  else if (step.kind === 'end') ports.log.warn(fields, 'upstream outage ended');
  else ports.log.info(fields, 'upstream outage suspected, or no longer');
}

function outageAfter(
  step: OutageStep,
  before: Outage | null,
  view: FleetView,
  now: Instant,
  newId: NewId,
): Outage | null {
  const kind = view.mainKind ?? before?.kind ?? 'connection';
  if (step.kind === 'suspect') return { id: newId(), since: now, confirmedAt: null, endedAt: null, kind };
  if (before === null || step.kind === 'forget') return null;
  return step.kind === 'begin' ? { ...before, confirmedAt: now, kind } : { ...before, endedAt: now };
}

function reportOf(step: OutageStep, { since, kind, endedAt }: Outage, view: FleetView): OperatorReport | null {
  if (step.kind === 'begin') return { about: 'outage_began', since, failing: view.failing, polled: view.polled, kind };
  if (step.kind === 'end' && endedAt !== null) return { about: 'outage_ended', since, endedAt, kind };
  return null;
}

function operatorMail(
  report: OperatorReport,
  { id }: Outage,
  now: Instant,
  { newId, operatorEmail }: WatchFleetPorts,
): readonly Notification[] {
  if (operatorEmail === null) return [];
  return [
    beginNotification({
      id: newId(),
      tenantId: null,
      contactId: null,
      to: operatorEmail,
      kind: 'operator',
      reason: report.about,
      createdAt: now,
      conversationId: id,
      topics: [],
      report,
    }),
  ];
}
