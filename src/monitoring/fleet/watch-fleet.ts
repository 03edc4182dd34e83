import { beginOperatorMail } from '../../domain/model/notification.ts';
import { correctOutage, decideOutage, type Outage, outageAfter, outageReport } from '../../domain/model/outage.ts';
import { DAY_MS, type Instant } from '../../domain/model/time.ts';
import type { Stores, Surroundings } from '../ports.ts';

/**
 * Far enough back to see every tenant's latest poll. In a shorter time those in trouble, asked again and again, would
 * be most of what is seen, and a few of them an outage.
 */
const VIEW_MS = DAY_MS;

export type WatchFleetPorts = Surroundings & Pick<Stores, 'outages'>;

/**
 * Looks whether Constant Contact itself fails, and tells the operator once of the outage's begin and once of its end.
 */
export async function watchFleet(ports: WatchFleetPorts): Promise<void> {
  const now = ports.clock.now();
  const before = await presentOutage(ports, now);
  const view = await ports.outages.view(now - VIEW_MS);
  const step = decideOutage(before, view, now, ports.settings);
  if (step.kind === 'none' || step.kind === 'wait') return;

  const next = outageAfter(step, { before, view, now, newId: ports.newId });
  const report = next === null ? null : outageReport(step, next, view);
  const mail =
    report === null || next === null ? [] : beginOperatorMail(report, { ...ports, now, conversationId: next.id });
  if (!(await ports.outages.saveOutage(before, next, mail))) return;
  const fields = { reason: step.reason, ...view, outageId: next?.id };
  if (step.kind === 'begin') ports.log.error(fields, 'upstream outage began');
  else if (step.kind === 'end') ports.log.warn(fields, 'upstream outage ended');
  else ports.log.info(fields, 'upstream outage suspected, or no longer');
}

async function presentOutage({ outages }: WatchFleetPorts, now: Instant): Promise<Outage | null> {
  const stored = await outages.currentOutage();
  const outage = stored && correctOutage(stored, now);
  if (outage !== stored) await outages.saveOutage(stored, outage, []);
  return outage;
}
