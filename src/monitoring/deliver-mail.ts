import pLimit from 'p-limit';
import { claimMail, LEASE_MS, lease } from '../domain/claim.ts';
import { type Attempt, afterAttempt, recordAttempt } from '../domain/delivery-outcome.ts';
import type { Hold } from '../domain/hold.ts';
import type { DeliveryOutcome, Letter } from '../domain/letter.ts';
import type { Notification, NotificationState } from '../domain/notification.ts';
import type { AlertSettings } from '../domain/settings.ts';
import { writeOperatorLetter } from '../domain/write-letter.ts';
import { duePages } from './due-pages.ts';
import { type MailBrake, type MailBrakePorts, openMailBrake } from './mail-brake.ts';
import type { Clock, Log, Mailer, OperatorMail } from './ports.ts';
import { type ReminderPorts, writeReminders } from './write-reminders.ts';

const BATCH = 50;
const CONNECTIONS = 5;
/** So many in a row that no server took: the rest would fare no better now, and waits for the next run. */
const DEFERRED_TO_STOP = 3;

export type DeliveryPorts = ReminderPorts &
  MailBrakePorts &
  Readonly<{
    operatorMail: OperatorMail;
    /** Asked for when mail is due, and not before: compiling its templates is a second's work that most runs need not. */
    openMailer(): Promise<Mailer>;
  }>;

/** The ports, with the mailer opened, and what may keep mail back at present. */
type OpenPorts = Omit<DeliveryPorts, 'openMailer'> &
  Readonly<{ mailer: Mailer; brake: MailBrake; activeHolds: readonly Hold[] }>;

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
  const readPage = () => ports.mailQueue.dueMail(now, BATCH);
  const brake = await openMailBrake(ports, settings);
  for await (const due of duePages(readPage, ({ id }) => id)) {
    const open = { ...ports, brake, mailer: await ports.openMailer(), activeHolds: await ports.holds.active() };
    const deliver = async (mail: DueMail) => {
      if (!isStopped()) tally.count(await tryToDeliver(mail, open, settings));
    };
    await Promise.all(due.map((mail) => limit(() => deliver(mail))));
    if (isStopped()) break;
  }
  await brake.finish();
  return tally.summary();
}

/** What became of one mail. */
type Delivered = Readonly<{ outcome: DeliveryOutcome['outcome']; state: NotificationState }>;

function createTally() {
  let sent = 0;
  let failed = 0;
  let deferredInARow = 0;
  return {
    count(delivered: Delivered | null): void {
      if (delivered === null) return;
      if (delivered.state === 'sent') sent += 1;
      if (delivered.state === 'failed') failed += 1;
      deferredInARow = delivered.outcome === 'deferred' ? deferredInARow + 1 : 0;
    },
    deferredInARow: () => deferredInARow,
    summary: (): DeliverySummary => ({ sent, failed }),
  };
}

/** A mail whose delivery breaks off keeps its lease, and is due again when that ends. */
async function tryToDeliver(due: DueMail, ports: OpenPorts, settings: AlertSettings): Promise<Delivered | null> {
  try {
    return await deliverOne(due, ports, settings);
  } catch (error) {
    const { id: notificationId, tenantId } = due;
    ports.log.error({ err: error, notificationId, tenantId }, 'a mail could not be delivered');
    return null;
  }
}

/** Null when there was nothing to send after all. */
async function deliverOne(due: DueMail, ports: OpenPorts, settings: AlertSettings): Promise<Delivered | null> {
  const claimed = await claim(due, ports, settings);
  if (claimed === null) return null;
  const mail = ports.mailer.compose(claimed.letter);
  const outcome = await withinLease(ports.mailer.send(mail), ports.clock);
  const attempt = { now: ports.clock.now(), mail, outcome };
  const after = afterAttempt(claimed.notification, attempt, settings);
  await mark(claimed.notification, attempt, ports, settings);
  logAttempt(claimed.letter, after, ports.log);
  return { outcome: outcome.outcome, state: after.state };
}

async function claim({ id, tenantId }: DueMail, ports: OpenPorts, settings: AlertSettings): Promise<Claimed | null> {
  const now = ports.clock.now();
  if (tenantId === null) {
    const free = await ports.operatorMail.claim(id, now, now + LEASE_MS);
    return free === null ? null : { notification: lease(free, now), letter: writeOperatorLetter(free, now) };
  }
  const { brake } = ports;
  const taken = await ports.records.change([tenantId], ([record]) => {
    if (record === undefined) return { updates: [], result: null };
    // In one go with the decision: what is not sent after all must not keep back what is decided meanwhile.
    const result = claimMail(record, id, { now, settings, holds: ports.activeHolds, isBraked: !brake.take(id) });
    if (!result.letter?.recipient) brake.giveBack(id);
    return { updates: [result.update], result };
  });
  const decision = taken?.decision;
  if (decision?.kind === 'hold' && decision.reason === 'held_brake') brake.hold();
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
  }
}

/** Who was held up beyond their lease leaves the mail to whoever has taken, and perhaps sent, it since. */
async function mark(
  notification: Notification,
  attempt: Attempt,
  { records, operatorMail }: OpenPorts,
  settings: AlertSettings,
): Promise<void> {
  const { tenantId } = notification;
  if (tenantId === null) return await operatorMail.save(afterAttempt(notification, attempt, settings));
  await records.change([tenantId], ([record]) => {
    const current = record?.notifications.find(({ id }) => id === notification.id);
    const isOurs = record !== undefined && current?.leaseUntil === notification.leaseUntil;
    return { updates: isOurs ? [recordAttempt(notification, attempt, record, settings)] : [], result: undefined };
  });
}

function logAttempt({ reason }: Letter, mail: Notification, log: Log): void {
  const { id: notificationId, tenantId, kind, state, attempts, response } = mail;
  const fields = { notificationId, tenantId, kind, reason, attempts, response };
  if (state === 'sent') log.info(fields, 'mail sent');
  else if (state === 'pending') log.warn(fields, 'mail deferred');
  else log.error({ ...fields, failure: mail.reason }, 'mail failed');
}
