import { type Incident, isOperatorsMatter, withDecision } from '../model/incident.ts';
import type { NeverWorkedReport } from '../model/operator-report.ts';
import { type AccessFailureKind, accessFailureKinds } from '../model/poll.ts';
import type { Tenant } from '../model/tenant.ts';
import { noUpdate, type TenantRecord, type TenantUpdate } from '../model/tenant-record.ts';
import { HOUR_MS, type Instant } from '../model/time.ts';

/** Tenants whose access has certainly never worked, and those of which that may yet turn out. */
export type NeverWorked = Readonly<{
  /** The operator was not told of them; the longest known first. */
  untold: readonly Readonly<{ tenantId: string; confirmedAt: Instant }>[];
  /** How many new tenants were not asked yet, or were refused by one poll alone. */
  inDoubt: number;
}>;

export type TellOperatorDecision =
  | Readonly<{ kind: 'tell'; reason: 'all_known' | 'waited_long_enough' }>
  | Readonly<{ kind: 'wait'; reason: 'more_may_follow' }>
  | Readonly<{ kind: 'none'; reason: 'all_told' }>;

/** Whoever imports hundreds of dead tokens gets one mail, but does not wait for the last of them longer than this. */
const LONGEST_WAIT_MS = HOUR_MS;

export function decideNeverWorked(
  { untold, inDoubt }: NeverWorked,
  { now, groupWaitMs }: Readonly<{ now: Instant; groupWaitMs: number }>,
): TellOperatorDecision {
  const times = untold.map(({ confirmedAt }) => confirmedAt);
  if (times.length === 0) return { kind: 'none', reason: 'all_told' };
  if (now - Math.min(...times) >= LONGEST_WAIT_MS) return { kind: 'tell', reason: 'waited_long_enough' };
  const isQuiet = now - Math.max(...times) >= groupWaitMs;
  return isQuiet && inDoubt === 0 ? { kind: 'tell', reason: 'all_known' } : { kind: 'wait', reason: 'more_may_follow' };
}

/** Enough to recognise which file or key was wrong; `linkwatch tenant list` shows the others. */
const NAMED = 10;

export type ToldOperator = Readonly<{ updates: readonly TenantUpdate[]; report: NeverWorkedReport | null }>;

/** What the operator reads of the tenants that are still to be told of; null when another process was faster. */
export function reportNeverWorked(records: readonly TenantRecord[]): ToldOperator {
  const found = records.flatMap((record) => {
    const incident = record.incidents.find((one) => isToBeTold(one, record));
    return incident === undefined ? [] : [{ record, incident }];
  });
  const updates = found.map(({ record, incident }) => ({
    ...noUpdate(record.tenant.id),
    incidents: [withDecision(incident, 'operator_told')],
  }));
  if (found.length === 0) return { updates, report: null };
  const items = found.slice(0, NAMED).map(({ record: { tenant }, incident }) => ({
    tenantId: tenant.id,
    tenantName: tenant.name,
    failure: refusalOf(incident, tenant),
  }));
  return { updates, report: { about: 'never_worked', tenants: { items, total: found.length } } };
}

/** How its access was refused. What failed since, a timeout for example, is no reason that it has never worked. */
function refusalOf({ action }: Incident, { failing, state }: Tenant): AccessFailureKind {
  const { kind } = failing ?? {};
  const refused = accessFailureKinds.find((each) => each === kind);
  if (refused !== undefined) return refused;
  if (action === 'privileges') return 'forbidden';
  return state === 'reauthorize' ? 'invalid_grant' : 'unauthorized';
}

function isToBeTold(incident: Incident, { tenant }: TenantRecord): boolean {
  return isOperatorsMatter(incident, tenant) && incident.alerting.decision === 'before_first_good_poll';
}
