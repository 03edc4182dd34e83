import pLimit from 'p-limit';
import { claimMail, LEASE_MS } from '../domain/claim.ts';
import { type Attempt, afterAttempt, recordAttempt } from '../domain/delivery-outcome.ts';
import type { DeliveryOutcome, Letter } from '../domain/letter.ts';
import type { Notification } from '../domain/notification.ts';
import { planReminders } from '../domain/reminders.ts';
import type { AlertSettings } from '../domain/settings.ts';
import { noUpdate } from '../domain/tenant-record.ts';
import type { Instant } from '../domain/time.ts';
import { writeOperatorLetter } from '../domain/write-letter.ts';
import type { Clock, Log, Mailer, MailQueue, NewId, OperatorMail, TenantRecords } from './ports.ts';

const BATCH = 50;
const CONNECTIONS = 5;
/** So many in a row that no server took: the rest would fare no better now, and waits for the next run. */
const DEFERRED_TO_STOP = 3;

export type DeliveryPorts = Readonly<{
  clock: Clock;
  log: Log;
  newId: NewId;
  records: TenantRecords;
  mailQueue: MailQueue;
  operatorMail: OperatorMail;
  mailer: Mailer;
}>;

export type DeliverySummary = Readonly<{ sent: number; failed: number }>;

type DueMail = Readonly<{ id: string; tenantId: string | null }>;
type Claimed = Readonly<{ notification: Notification; letter: Letter }>;

/** Plans the reminders that are due, then claims, sends and marks every due mail: at least once, seldom twice. */
export async function deliverMail(
  ports: DeliveryPorts,
  settings: AlertSettings,
  signal?: AbortSignal,
): Promise<DeliverySummary> {
  const now = ports.clock.now();
  await writeReminders(ports, settings, now);

  const tally = createTally();
  const limit = pLimit(CONNECTIONS);
  const isStopped = () => signal?.aborted === true || tally.deferredInARow() >= DEFERRED_TO_STOP;
  for (;;) {
    const due = await ports.mailQueue.dueMail(now, BATCH);
    await Promise.all(
      due.map((mail) =>
        limit(async () => {
          if (!isStopped()) tally.count(await deliverOne(mail, ports, settings));
        }),
      ),
    );
    // Whatever was decided has left the queue; only a stop leaves due mail in it.
    if (due.length < BATCH || isStopped()) return tally.summary();
  }
}

function createTally() {
  const counts: Record<DeliveryOutcome['outcome'], number> = { accepted: 0, refused: 0, deferred: 0 };
  let deferredInARow = 0;
  return {
    count(outcome: DeliveryOutcome['outcome'] | null): void {
      if (outcome === null) return;
      counts[outcome] += 1;
      deferredInARow = outcome === 'deferred' ? deferredInARow + 1 : 0;
    },
    deferredInARow: () => deferredInARow,
    summary: (): DeliverySummary => ({ sent: counts.accepted, failed: counts.refused }),
  };
}

async function writeReminders(
  { mailQueue, records, newId }: DeliveryPorts,
  settings: AlertSettings,
  now: Instant,
): Promise<void> {
  for (;;) {
    const tenantIds = await mailQueue.tenantsWithDueReminders(now, BATCH);
    if (tenantIds.length === 0) return;
    await records.change(tenantIds, (remembered) => ({
      updates: remembered.map((record) => ({
        ...noUpdate(record.tenant.id),
        ...planReminders(record, { now, settings, newId }),
      })),
      result: undefined,
    }));
    if (tenantIds.length < BATCH) return;
  }
}

/** What the mail server said; null when there was nothing to send after all. */
async function deliverOne(
  due: DueMail,
  ports: DeliveryPorts,
  settings: AlertSettings,
): Promise<DeliveryOutcome['outcome'] | null> {
  const claimed = await claim(due, ports, settings);
  if (claimed === null) return null;
  const mail = ports.mailer.compose(claimed.letter);
  const outcome = await withinLease(ports.mailer.send(mail), ports.clock);
  await mark(claimed.notification, { now: ports.clock.now(), mail, outcome }, ports, settings);
  logOutcome(claimed, outcome, ports.log);
  return outcome.outcome;
}

async function claim(
  { id, tenantId }: DueMail,
  ports: DeliveryPorts,
  settings: AlertSettings,
): Promise<Claimed | null> {
  const now = ports.clock.now();
  if (tenantId === null) {
    const notification = await ports.operatorMail.claim(id, now, now + LEASE_MS);
    return notification === null ? null : { notification, letter: writeOperatorLetter(notification, now) };
  }
  const taken = await ports.records.change([tenantId], ([record]) => {
    if (record === undefined) return { updates: [], result: null };
    const result = claimMail(record, id, now, settings);
    return { updates: [result.update], result };
  });
  const decision = taken?.decision;
  if (decision)
    ports.log.info({ notificationId: id, tenantId, decision: decision.kind, reason: decision.reason }, 'mail decided');
  const [notification] = taken?.update.notifications ?? [];
  return taken?.letter && notification ? { notification, letter: taken.letter } : null;
}

/** A server slower than the lease must not let a second worker send the same mail meanwhile. */
async function withinLease(sending: Promise<DeliveryOutcome>, clock: Clock): Promise<DeliveryOutcome> {
  const timeout = new AbortController();
  const tooSlow = clock.sleep(LEASE_MS - 5_000, timeout.signal).then(
    (): DeliveryOutcome => ({
      outcome: 'deferred',
      response: 'no answer from the mail server in time',
      isOurFault: false,
    }),
  );
  try {
    return await Promise.race([sending, tooSlow]);
  } finally {
    timeout.abort();
    tooSlow.catch(() => undefined);
  }
}

async function mark(
  notification: Notification,
  attempt: Attempt,
  { records, operatorMail }: DeliveryPorts,
  settings: AlertSettings,
): Promise<void> {
  const { tenantId } = notification;
  if (tenantId === null) return await operatorMail.save(afterAttempt(notification, attempt, settings));
  await records.change([tenantId], ([record]) => ({
    updates: record === undefined ? [] : [recordAttempt(notification, attempt, record, settings)],
    result: undefined,
  }));
}

function logOutcome({ notification, letter }: Claimed, { outcome, response }: DeliveryOutcome, log: Log): void {
  const { id, tenantId, kind, attempts } = notification;
  const fields = { notificationId: id, tenantId, kind, reason: letter.reason, attempts, response };
  if (outcome === 'accepted') log.info(fields, 'mail sent');
  else if (outcome === 'deferred') log.warn(fields, 'mail deferred');
  else log.error(fields, 'mail refused');
}
