import {
  type AccessFault,
  accessReport,
  decideAccessBegin,
  decideAccessEnd,
  type Refusal,
  withMostRefused,
} from '../../domain/faults/access-fault.ts';
import { type FaultChange, type FaultStep, faultAfter } from '../../domain/faults/fault-step.ts';
import {
  decideMailServer,
  type MailServerView,
  mailServerReport,
  tellsOfMailServer,
} from '../../domain/faults/mail-fault.ts';
import { decideQuota, quotaReport } from '../../domain/faults/quota-fault.ts';
import { retractAccessIncidents } from '../../domain/faults/retract-access-incidents.ts';
import {
  applicationCause,
  applicationViewOf,
  decideUpstream,
  type FleetView,
  fleetViewOf,
  isRecoveryProven,
  upstreamCause,
  upstreamReport,
} from '../../domain/faults/upstream-fault.ts';
import { enoughPolled } from '../../domain/holds/hold-lifetime.ts';
import { correctFault, type Fault, type FaultCause, faultKey, suspectFault } from '../../domain/model/fault.ts';
import { beginOperatorMail } from '../../domain/model/notification.ts';
import type { OperatorReport } from '../../domain/model/operator-report.ts';
import { DAY_MS, type Instant } from '../../domain/model/time.ts';
import { isCatchingUp } from '../../domain/polling/breaker.ts';
import { keptFor, seldom } from '../kept-for.ts';
import type { Log, Stores, Surroundings, Upstreams } from '../ports.ts';
import { keyQuotaOf } from '../request-quota.ts';
import { type ChangeInBatchesPorts, changeInBatches } from './change-in-batches.ts';

/**
 * Far enough back to see every tenant's latest poll. In a shorter time those in trouble, asked again and again, would
 * be most of what is seen, and a few of them an outage.
 */
const VIEW_MS = DAY_MS;

export type FaultPorts = Surroundings & Pick<Stores, 'faults'>;

export type WatchUpstreamPorts = FaultPorts &
  Pick<Stores, 'fleet' | 'quota' | 'breakers'> &
  Readonly<{ upstreams: Pick<Upstreams, 'applications'>; readView: ReturnType<typeof createFleetView> }>;

/** How the latest polls of all tenants went, as it was lately. */
export function createFleetView({ fleet, clock }: Pick<Stores, 'fleet'> & Pick<FaultPorts, 'clock'>) {
  return keptFor(seldom, clock, () => fleet.view(clock.now() - VIEW_MS));
}

/** Looks whether Constant Contact itself fails, for all applications or for one. */
export async function watchUpstream(ports: WatchUpstreamPorts): Promise<void> {
  const faults = await openFaults(ports);
  const applications = await ports.upstreams.applications();
  const groups = await ports.readView();
  await watchFleet(faults, fleetViewOf(groups), ports);
  const todays = await ports.quota.todayOfAll(applications.map(keyQuotaOf), ports.clock.now());
  for (const [index, application] of applications.entries()) {
    const named = applications.length === 1 ? null : application.name;
    const asked = { id: application.id, named };
    const openOf = (kind: 'application' | 'quota') =>
      faults.find(({ cause }) => cause.kind === kind && cause.applicationId === application.id) ?? null;
    await watchApplication(openOf('application'), applicationViewOf(groups, application.id), asked, ports);
    const today = todays[index];
    if (today !== undefined) await watchQuota(openOf('quota'), today, asked, ports);
  }
}

/** `fleet`: all whose latest poll is not too old. */
async function watchFleet(faults: readonly Fault[], fleet: FleetView, ports: WatchUpstreamPorts): Promise<void> {
  const now = ports.clock.now();
  const open = faults.find(({ cause }) => cause.kind === 'upstream') ?? null;
  const breaker = await ports.breakers.read();
  // While few are asked, those few tell how it is; and what failed in the silence says nothing of the time after it.
  const since = breaker.openSince ?? breaker.closedAt ?? 0;
  const view = since <= now - VIEW_MS ? fleet : fleetViewOf(await ports.fleet.view(since));
  const isTooEarly = breaker.openSince === null && isCatchingUp(breaker, now) && !isRecoveryProven(view, fleet);
  const circumstances = { ...ports.settings, now, breakerOpenSince: breaker.openSince, isTooEarly };
  const step = decideUpstream(open, view, circumstances);
  const report = (fault: Fault) => upstreamReport(step, fault, view);
  await moveFault({ open, step, cause: upstreamCause(view, open), since: now, report, fields: view }, ports);
}

/** `named`: the application's name; null where there is only one. */
type Application = Readonly<{ id: string | null; named: string | null }>;

async function watchApplication(
  open: Fault | null,
  view: FleetView,
  { id, named }: Application,
  ports: FaultPorts,
): Promise<void> {
  const now = ports.clock.now();
  const step = decideUpstream(open, view, { ...ports.settings, now });
  const report = (fault: Fault) => upstreamReport(step, fault, view, named);
  await moveFault({ open, step, cause: applicationCause(view, open, id), since: now, report, fields: view }, ports);
}

async function watchQuota(
  open: Fault | null,
  today: Awaited<ReturnType<Stores['quota']['today']>>,
  { id, named }: Application,
  ports: FaultPorts,
): Promise<void> {
  const step = decideQuota(open, today);
  const report = (fault: Fault) => quotaReport(step, fault, today, named);
  const cause = { kind: 'quota', applicationId: id } as const;
  await moveFault({ open, step, cause, since: ports.clock.now(), report, fields: today }, ports);
}

export type WatchAccessPorts = FaultPorts & ChangeInBatchesPorts & Pick<Stores, 'fleet'>;

/** Looks whether so many tenants refuse us alike that it is our own fault, and blames none of them for it. */
export async function watchAccess(ports: WatchAccessPorts): Promise<void> {
  const faults = await openFaults(ports);
  for (const { cause, ...fault } of faults) {
    if (cause.kind === 'access') await goOnOrEnd({ ...fault, cause }, ports);
  }
  const open = new Set(faults.map(({ cause }) => faultKey(cause)));
  const refusals = await ports.fleet.refusals(ports.clock.now() - ports.settings.fleetWindowMs);
  for (const refusal of refusals) {
    if (!open.has(faultKey(accessCause(refusal)))) await beginAccessFaultIfFleetWide(refusal, ports);
  }
}

function accessCause({ failure, tenants, applicationId }: Refusal): AccessFault['cause'] {
  return { kind: 'access', failure, tenants, ...(applicationId !== null && { applicationId }) };
}

function refusalOf({ failure, applicationId }: AccessFault['cause']): Pick<Refusal, 'applicationId' | 'failure'> {
  return { failure, applicationId: applicationId ?? null };
}

async function goOnOrEnd(before: AccessFault, ports: WatchAccessPorts): Promise<void> {
  const { since } = before;
  const refusals = await ports.fleet.refusals(since);
  const meant = refusalOf(before.cause);
  const refused = refusals
    .filter(({ failure, applicationId }) => failure === meant.failure && applicationId === meant.applicationId)
    .reduce((sum, { polled }) => sum + polled, 0);
  const open = withMostRefused(before, refused);
  if (open !== before) await ports.faults.save(before, open, []);
  const { cause } = open;
  const step = decideAccessEnd(open, refused);
  const report = (fault: Fault) => accessReport(step, fault, { polled: 0, refused });
  // A crash, or a poll meanwhile, may have left some tenants blamed.
  if (step.kind === 'wait') await retract(open, ports);
  else await moveFault({ open, step, cause, since, report, fields: { refused } }, ports);
}

async function beginAccessFaultIfFleetWide(refusal: Refusal, ports: WatchAccessPorts): Promise<void> {
  const { since, tenants, applicationId } = refusal;
  if (tenants < ports.settings.fleetMin) return;
  const polled = await ports.fleet.polledSince(since, null, enoughPolled(tenants, ports.settings), applicationId);
  const step = decideAccessBegin(refusal, polled, ports.settings);
  const cause = accessCause(refusal);
  const report = (fault: Fault) => accessReport(step, fault, { polled, refused: tenants });
  const begun = await moveFault({ open: null, step, cause, since, report, fields: { tenants, polled } }, ports);
  if (begun !== null) await retract({ ...begun, cause }, ports);
}

async function retract({ cause, since }: AccessFault, ports: WatchAccessPorts): Promise<void> {
  const tenantIds = await ports.fleet.refusedTenants(refusalOf(cause), since);
  await changeInBatches(tenantIds, (record, context) => retractAccessIncidents(record, since, context), ports);
}

/** Looks whether a run of the delivery met a mail server that refuses us, or one that takes mail again. */
export async function watchMailServer(view: MailServerView, ports: FaultPorts): Promise<void> {
  if (!tellsOfMailServer(view)) return;
  const now = ports.clock.now();
  const open = (await openFaults(ports)).find(({ cause }) => cause.kind === 'mail') ?? null;
  const step = decideMailServer(open, view);
  const cause = open?.cause ?? { kind: 'mail', response: view.refusalOfUs ?? '' };
  const report = (fault: Fault) => mailServerReport(step, fault, ports.settings);
  await moveFault({ open, step, cause, since: now, report, fields: {} }, ports);
}

/** Times that a fast clock has written are corrected in the store, because a fault's duration counts from them. */
async function openFaults({ faults, clock }: FaultPorts): Promise<readonly Fault[]> {
  const now = clock.now();
  const open: Fault[] = [];
  for (const fault of await faults.open()) {
    const corrected = correctFault(fault, now);
    if (corrected !== fault) await faults.save(fault, corrected, []);
    open.push(corrected);
  }
  return open;
}

type Move = Readonly<{
  open: Fault | null;
  step: FaultStep;
  cause: FaultCause;
  /** The beginning of a fault that is not open yet. */
  since: Instant;
  report: (fault: Fault) => OperatorReport | null;
  /** Figures for the log. */
  fields: object;
}>;

/** Stores a step with the operator's mail about it. Null: nothing changed, or another process was faster. */
async function moveFault({ open, step, cause, since, report, fields }: Move, ports: FaultPorts): Promise<Fault | null> {
  if (step.kind === 'none' || step.kind === 'wait') return null;
  const now = ports.clock.now();
  const fault = open ?? suspectFault({ id: ports.newId(), cause, since });
  const after = faultAfter(step, fault, { cause, now });
  const reported = after === null ? null : report(after);
  const mail = reported === null ? [] : beginOperatorMail(reported, { ...ports, now, conversationId: fault.id });
  if (!(await ports.faults.save(open, after, mail))) return null;
  const [level, message] = logOf[step.kind];
  ports.log[level]({ faultId: fault.id, reason: step.reason, ...cause, ...fields }, message);
  return after;
}

const logOf: Readonly<Record<FaultChange['kind'], readonly [keyof Log, string]>> = {
  suspect: ['info', 'fault suspected'],
  forget: ['info', 'suspected fault dropped'],
  begin: ['error', 'fault began'],
  end: ['warn', 'fault ended'],
};
