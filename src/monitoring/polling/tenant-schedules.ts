import type { Tenant } from '../../domain/model/tenant.ts';
import type { Parsed } from '../../domain/polling/cron.ts';
import { readSchedule, type Schedule } from '../../domain/polling/schedule.ts';
import type { Log } from '../ports.ts';

/** Schedules that are kept as read: a fleet shares few, and with many it costs little to read one again. */
const KEPT = 1_000;

type Scheduled = Pick<Tenant, 'schedule' | 'timezone'>;

/** Gives each tenant its own schedule in its time zone, or the global one in UTC. */
export type TenantSchedules = Readonly<{
  read: (tenant: Scheduled) => Parsed<Schedule>;
  /** The global one also when the tenant's own cannot be read. */
  scheduleOf: (tenant: Scheduled) => Schedule;
  /** The schedule of `scheduleOf`; the log says once what is wrong with the tenant's own. */
  scheduleToPlanBy: (tenant: Scheduled & Pick<Tenant, 'id' | 'name'>) => Schedule;
}>;

/** @throws when the global schedule cannot be read */
export function createTenantSchedules(globalSchedule: string, log: Log): TenantSchedules {
  const shared = readSchedule(globalSchedule, 'UTC');
  if (!shared.ok) throw new Error(`The schedule “${globalSchedule}” cannot be read: ${shared.problem}`);
  const readings = createMemory<Parsed<Schedule>>();
  const warnings = createMemory<true>();

  const read: TenantSchedules['read'] = ({ schedule, timezone }) =>
    schedule === null ? shared : readings(`${timezone} ${schedule}`, () => readSchedule(schedule, timezone));

  const scheduleOf: TenantSchedules['scheduleOf'] = (tenant) => {
    const reading = read(tenant);
    return reading.ok ? reading.value : shared.value;
  };

  return {
    read,
    scheduleOf,
    scheduleToPlanBy: (tenant) => {
      const reading = read(tenant);
      if (reading.ok) return reading.value;
      const { id, name, schedule, timezone } = tenant;
      warnings(`${id} ${timezone} ${schedule}`, () => {
        log.warn({ tenantId: id, tenant: name, schedule, timezone, problem: reading.problem }, UNREADABLE);
        return true;
      });
      return shared.value;
    },
  };
}

const UNREADABLE =
  'the schedule of this tenant cannot be read, so POLL_SCHEDULE is used; set another with `linkwatch tenant update`';

/** Makes a value once for each key, and forgets all before there are too many. */
function createMemory<T>(): (key: string, make: () => T) => T {
  const known = new Map<string, T>();
  return (key, make) => {
    const value = known.get(key) ?? make();
    if (known.size >= KEPT) known.clear();
    known.set(key, value);
    return value;
  };
}
