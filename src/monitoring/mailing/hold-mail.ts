import { discardMail } from '../../domain/delivery/discard-mail.ts';
import { releaseByCommand } from '../../domain/holds/attach-to-hold.ts';
import { beginHold, type EndReason } from '../../domain/model/hold.ts';
import {
  mayBeChanged,
  type Notification,
  type NotificationState,
  type TenantNotification,
} from '../../domain/model/notification.ts';
import { noUpdate, type TenantRecord, type TenantUpdate } from '../../domain/model/tenant-record.ts';
import type { Instant } from '../../domain/model/time.ts';
import type { Mail, MailSelection, MailSelectionOutcome } from '../application.ts';
import { releaseEndedHolds } from '../fleet/change-in-batches.ts';
import { endHold, type WatchHoldsPorts } from '../fleet/watch-holds.ts';
import { readAllPages } from '../pages.ts';
import type { MailStore, Stores } from '../ports.ts';
import { assertMayChange, scopeOf, sees, type Viewer } from '../viewer.ts';

export type HoldMailPorts = WatchHoldsPorts & Pick<Stores, 'mail' | 'outbox'>;

/** Mail in one state, as far as the viewer sees it. */
type Meant = Readonly<{ viewer: Viewer; selection: MailSelection; state: NotificationState }>;

export function createMailHolds(ports: HoldMailPorts): Pick<Mail, 'hold' | 'release' | 'discard'> {
  const { settings } = ports;
  return {
    hold: async (viewer, selection) => {
      const meant = meantBy(viewer, selection, 'pending');
      if (meant.selection.kind === 'all') await beginCommandHold(ports);
      return await changeMail(meant, ports, (record, mails) => ({
        ...noUpdate(record.tenant.id),
        notifications: mails
          .filter(mayBeChanged)
          .map((mail) => ({ ...mail, state: 'held', reason: 'held_by_command' })),
      }));
    },
    /** Mail that a fleet's hold kept back goes out only after another poll. */
    release: async (viewer, selection) =>
      await letGo(meantBy(viewer, selection, 'held'), { reason: 'released', change: releaseByCommand }, ports),
    discard: async (viewer, selection) => {
      const change: Change = (record, mails, now) => discardMail(record, mails, { now, settings });
      return await letGo(meantBy(viewer, selection, 'held'), { reason: 'discarded', change }, ports);
    },
  };
}

/** Everybody's mail is, for a viewer of one tenant, that tenant's. */
function meantBy(viewer: Viewer, selection: MailSelection, state: NotificationState): Meant {
  assertMayChange(viewer);
  if (selection.kind === 'ids') return { viewer, selection, state };
  const scope = scopeOf(viewer, selection.kind === 'tenant' ? selection.tenantId : null);
  if (scope === null) return { viewer, selection: { kind: 'ids', ids: [] }, state };
  const { tenantId } = scope;
  return { viewer, selection: tenantId === null ? { kind: 'all' } : { kind: 'tenant', tenantId }, state };
}

async function letGo(
  meant: Meant,
  { reason, change }: Readonly<{ reason: EndReason; change: Change }>,
  ports: HoldMailPorts,
): Promise<MailSelectionOutcome> {
  const outcome = await changeMail(meant, ports, change);
  if (meant.selection.kind !== 'all') {
    await endIdleBrake(reason, ports);
    return outcome;
  }
  await endHolds(reason, ports);
  // Mail that a delivery has held between the two would belong to no hold, and would never be let go.
  const late = await changeMail(meant, ports, change);
  return { changed: [...outcome.changed, ...late.changed], skipped: [...outcome.skipped, ...late.skipped] };
}

async function beginCommandHold({ holds, newId, clock, log }: HoldMailPorts): Promise<void> {
  const hold = beginHold({ id: newId(), cause: { kind: 'command' }, beganAt: clock.now(), tenants: 0 });
  if (await holds.begin(hold, [])) log.warn({ holdId: hold.id, reason: 'held_by_command' }, 'hold began');
}

async function endHolds(reason: EndReason, ports: HoldMailPorts): Promise<void> {
  for (const hold of await ports.holds.active()) await endHold(hold, reason, ports);
  await releaseEndedHolds(await ports.holds.active(), ports);
}

/** A brake that holds no mail any more is over. The operator is told again when something more is held for it. */
export async function endIdleBrake(reason: EndReason, ports: HoldMailPorts): Promise<void> {
  const brake = (await ports.holds.active()).find(({ cause }) => cause.kind === 'brake');
  if (brake === undefined) return;
  if ((await ports.outbox.heldForBrake()).mails === 0) await endHold(brake, reason, ports);
}

type Change = (record: TenantRecord, mails: readonly TenantNotification[], now: Instant) => TenantUpdate;

async function changeMail(
  meant: Meant,
  { mail, records, clock }: HoldMailPorts,
  change: Change,
): Promise<MailSelectionOutcome> {
  const { selection, state } = meant;
  const found = await findMail(meant, mail);
  const changed: string[] = [];
  for (const [tenantId, mails] of Map.groupBy(found, (one) => one.tenantId)) {
    const ids = mails.map(({ id }) => id);
    const done = await records.change([tenantId], ([record]) => {
      if (record === undefined) return { updates: [], result: [] };
      const present = record.notifications.filter((one) => ids.includes(one.id) && one.state === state);
      const update = change(record, present, clock.now());
      return { updates: [update], result: update.notifications.map(({ id }) => id) };
    });
    changed.push(...done);
  }
  const asked = selection.kind === 'ids' ? selection.ids : found.map(({ id }) => id);
  return { changed, skipped: asked.filter((id) => !changed.includes(id)) };
}

/** The operator's own mail is never held. */
async function findMail({ viewer, selection, state }: Meant, mail: MailStore): Promise<readonly TenantNotification[]> {
  const found = selection.kind === 'ids' ? await named(selection.ids, mail) : await all(selection, state, mail);
  return found.filter((one) => one.tenantId !== null).filter(({ tenantId }) => sees(viewer, tenantId));
}

async function named(ids: readonly string[], mail: MailStore): Promise<readonly Notification[]> {
  const found = await Promise.all(ids.map((id) => mail.find(id)));
  return found.filter((one) => one !== null);
}

async function all(
  selection: Exclude<MailSelection, { kind: 'ids' }>,
  state: NotificationState,
  mail: MailStore,
): Promise<readonly Notification[]> {
  const tenantId = selection.kind === 'tenant' ? selection.tenantId : null;
  return await readAllPages((page) => mail.list({ tenantId, state, ...page }));
}
