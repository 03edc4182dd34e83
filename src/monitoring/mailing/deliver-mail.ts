import pLimit, { type LimitFunction } from 'p-limit';
import {
  afterDelivery,
  type DeliveryRun,
  isStopped,
  isStoppedFor,
  NOTHING_DELIVERED,
} from '../../domain/delivery/delivery-run.ts';
import { domainOf } from '../../domain/model/email-domain.ts';
import { BATCHES_OFFERED, batchesOf } from '../batches.ts';
import { type FaultPorts, watchMailServer } from '../fleet/watch-faults.ts';
import type { DueBatch, DueMail, Mailer, WorkQueue } from '../ports.ts';
import { readUntilEmpty } from '../read-until-empty.ts';
import { type Answered, type DeliverOnePorts, deliverOne } from './deliver-one.ts';
import { type DomainLimits, limitPerDomain } from './domain-limits.ts';
import { type MailBrakePorts, tellOfBrake } from './mail-brake.ts';
import { type ReminderPorts, writeReminders } from './write-reminders.ts';

export type DeliverySummary = Pick<DeliveryRun, 'sent' | 'failed'>;

/** Mails read at once, and offered as one batch. */
const BATCH = 50;
const CONNECTIONS = 5;
/** Mails that wait for slow domains, or could not be claimed; with so many of them the rest is for the next run. */
const MOST_LEFT = 500;

export type DeliveryPorts = ReminderPorts &
  MailBrakePorts &
  FaultPorts &
  Omit<DeliverOnePorts, 'mailer'> &
  Readonly<{
    /** Called only when mail is due: most runs send none, and need neither nodemailer nor the templates loaded. */
    openMailer(): Promise<Mailer>;
    mailLimits: MailLimits;
    /** Null: nobody shares the work of this process. */
    queue: Pick<WorkQueue, 'offer'> | null;
  }>;

/** What all deliveries of a process keep to together: a few mails at once, and fewer to one domain. */
export type MailLimits = Readonly<{ connections: LimitFunction; domains: DomainLimits }>;

export function createMailLimits(): MailLimits {
  return { connections: pLimit(CONNECTIONS), domains: limitPerDomain() };
}

export type DeliveryOptions = Readonly<{
  /** Aborted: no further mail is begun. */
  signal?: AbortSignal | undefined;
  /** Called when a mail was tried, whatever came of it. */
  onMail?: (() => void) | undefined;
  /** These mails alone, as far as they are still due. */
  batch?: DueBatch | undefined;
}>;

/** Plans the reminders that are due, then claims, sends and marks every due mail: at least once, seldom twice. */
export async function deliverMail(ports: DeliveryPorts, options: DeliveryOptions): Promise<DeliverySummary> {
  const { signal, batch } = options;
  const now = ports.clock.now();
  if (batch === undefined) await writeReminders(ports, now);

  const senders = createSenders(ports, options);
  const read = async (limit: number) => {
    const due = await ports.outbox.dueMail(now, limit + senders.left() + ports.outcomes.waiting(), batch);
    return due.filter(({ id }) => !ports.outcomes.isWaiting(id));
  };
  const unbegun = async () => (await read(BATCH * BATCHES_OFFERED)).filter(({ id }) => !senders.has(id));
  const readBatch = async () => (senders.left() >= MOST_LEFT ? [] : await read(BATCH));
  for await (const due of readUntilEmpty(readBatch, ({ id }) => id)) {
    const mailer = await ports.openMailer();
    for (const mail of due) senders.take(mail, mailer);
    await senders.freeConnection();
    if (isStopped(senders.run()) || signal?.aborted) break;
    // Not before it has shown that mail is taken: a server that takes none needs no further worker that tries.
    if (batch === undefined && due.length >= BATCH && (await offerTheRest(await unbegun(), ports))) break;
  }
  await senders.done();
  await tellOfBrake(ports);
  const { sent, failed } = senders.run();
  await watchMailServer(senders.run(), ports);
  return { sent, failed };
}

/** True when workers that are free, this one among them, take what is left. */
async function offerTheRest(left: readonly DueMail[], { queue }: DeliveryPorts): Promise<boolean> {
  if (queue === null || left.length === 0) return false;
  const ids = left.map(({ id }) => id);
  return await queue.offer('mail', [...batchesOf(ids, BATCH)]);
}

/**
 * A few mails at once, and fewer to one domain: a mail that waits for its slow domain keeps no connection from the
 * others.
 */
function createSenders(ports: DeliveryPorts, { signal, onMail }: DeliveryOptions) {
  let run = NOTHING_DELIVERED;
  const { connections, domains } = ports.mailLimits;
  const running = new Set<Promise<void>>();
  const storing = new Set<Promise<void>>();
  const undelivered = new Set<string>();
  const deliver = async (mail: DueMail, mailer: Mailer) => {
    const domain = domainOf(mail.to);
    if (signal?.aborted || isStopped(run) || isStoppedFor(run, domain)) return;
    const delivered = await tryToDeliver(mail, { ...ports, mailer });
    onMail?.();
    if (delivered === null) return;
    undelivered.delete(mail.id);
    run = afterDelivery(run, domain, delivered);
    const stored = delivered.stored.finally(() => storing.delete(stored));
    storing.add(stored);
  };
  return {
    take(mail: DueMail, mailer: Mailer): void {
      undelivered.add(mail.id);
      // The claim is made inside both limits, so that no lease is eaten up by waiting.
      const work = domains
        .run(domainOf(mail.to), () => connections(() => deliver(mail, mailer)))
        .finally(() => running.delete(work));
      running.add(work);
    },
    run: () => run,
    /** How many were taken and are still in the queue. */
    left: () => undelivered.size,
    has: (id: string) => undelivered.has(id),
    async freeConnection(): Promise<void> {
      while (running.size > 0 && domains.inTurn() >= CONNECTIONS) await Promise.race(running);
    },
    done: async () => {
      await Promise.all(running);
      await Promise.all(storing);
    },
  };
}

/** A mail whose delivery breaks off for another reason than the store's is due again when its lease ends. */
async function tryToDeliver(due: DueMail, ports: DeliverOnePorts): Promise<Answered | null> {
  try {
    return await deliverOne(due, ports);
  } catch (error) {
    const { id: notificationId, tenantId } = due;
    ports.log.error({ err: error, notificationId, tenantId }, 'a mail could not be delivered');
    return null;
  }
}
