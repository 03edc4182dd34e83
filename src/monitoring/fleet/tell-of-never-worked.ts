import { decideNeverWorked, reportNeverWorked } from '../../domain/faults/never-worked.ts';
import { beginOperatorMail } from '../../domain/model/notification.ts';
import type { Stores, Surroundings } from '../ports.ts';

/** So many tenants are locked and changed in one transaction; more get another mail. */
const MOST_AT_ONCE = 1000;

export type NeverWorkedPorts = Surroundings & Pick<Stores, 'fleet' | 'records'>;

/** Tells the operator once, in as few mails as possible, of new tenants whose access has never worked. */
export async function tellOfNeverWorked(ports: NeverWorkedPorts): Promise<void> {
  const now = ports.clock.now();
  const view = await ports.fleet.neverWorked(MOST_AT_ONCE);
  const decision = decideNeverWorked(view, { ...ports.settings, now });
  if (decision.kind !== 'tell') return;
  const told = await ports.records.change(
    view.untold.map(({ tenantId }) => tenantId),
    (records) => {
      const { updates, report } = reportNeverWorked(records);
      const mail = report === null ? [] : beginOperatorMail(report, { ...ports, now, conversationId: null });
      const [first, ...others] = updates;
      return { updates: first === undefined ? [] : [{ ...first, operatorMail: mail }, ...others], result: report };
    },
  );
  if (told === null) return;
  ports.log.warn({ tenants: told.tenants.total, reason: decision.reason }, 'access to new tenants has never worked');
}
