import pLimit from 'p-limit';
import {
  afterDelivery,
  type Delivered,
  type DeliveryRun,
  isStopped,
  isStoppedFor,
  NOTHING_DELIVERED,
} from '../../domain/delivery/delivery-run.ts';
import { domainOf } from '../../domain/model/email-domain.ts';
import { duePages } from '../due-pages.ts';
import { type FaultPorts, watchMailServer } from '../fleet/watch-faults.ts';
import type { DueMail, Mailer } from '../ports.ts';
import { type DeliverOnePorts, deliverOne } from './deliver-one.ts';
import { limitPerDomain } from './domain-limits.ts';
import { type MailBrakePorts, tellOfBrake } from './mail-brake.ts';
import { type ReminderPorts, writeReminders } from './write-reminders.ts';

export type DeliverySummary = Pick<DeliveryRun, 'sent' | 'failed'>;

const BATCH = 50;
const CONNECTIONS = 5;
/** Mails that wait for slow domains, or could not be claimed; with so many of them the rest is for the next run. */
const MOST_LEFT = 500;

export type DeliveryPorts = ReminderPorts &
  MailBrakePorts &
  FaultPorts &
  Omit<DeliverOnePorts, 'mailer'> &
  Readonly<{
    /**
     * Asked for when mail is due, and not before: compiling its templates is a second's work that most runs need not.
     */
    openMailer(): Promise<Mailer>;
  }>;

export type DeliveryOptions = Readonly<{
  /** Aborted: no further mail is begun. */
  signal?: AbortSignal | undefined;
  /** Called when a mail was tried, whatever came of it. */
  onMail?: (() => void) | undefined;
}>;

/** Plans the reminders that are due, then claims, sends and marks every due mail: at least once, seldom twice. */
export async function deliverMail(ports: DeliveryPorts, options: DeliveryOptions = {}): Promise<DeliverySummary> {
  const { signal } = options;
  const now = ports.clock.now();
  await writeReminders(ports, now);

  const workers = createWorkers(ports, options);
  const readPage = async () => {
    if (workers.left() >= MOST_LEFT) return [];
    const due = await ports.outbox.dueMail(now, BATCH + workers.left() + ports.outcomes.waiting());
    return due.filter(({ id }) => !ports.outcomes.isWaiting(id));
  };
  for await (const due of duePages(readPage, ({ id }) => id)) {
    const mailer = await ports.openMailer();
    for (const mail of due) workers.take(mail, mailer);
    await workers.freeSlot();
    if (isStopped(workers.run()) || signal?.aborted) break;
  }
  await workers.done();
  await tellOfBrake(ports);
  const { sent, failed } = workers.run();
  await watchMailServer(workers.run(), ports);
  return { sent, failed };
}

/**
 * A few mails at once, and fewer to one domain: a mail that waits for its slow domain keeps no slot from the others.
 */
function createWorkers(ports: DeliveryPorts, { signal, onMail }: DeliveryOptions) {
  let run = NOTHING_DELIVERED;
  const slots = pLimit(CONNECTIONS);
  const domains = limitPerDomain();
  const running = new Set<Promise<void>>();
  const undelivered = new Set<string>();
  const deliver = async (mail: DueMail, mailer: Mailer) => {
    const domain = domainOf(mail.to);
    if (signal?.aborted || isStopped(run) || isStoppedFor(run, domain)) return;
    const delivered = await tryToDeliver(mail, { ...ports, mailer });
    onMail?.();
    if (delivered === null) return;
    undelivered.delete(mail.id);
    run = afterDelivery(run, domain, delivered);
  };
  return {
    take(mail: DueMail, mailer: Mailer): void {
      undelivered.add(mail.id);
      // The claim is made inside both limits, so that no lease is eaten up by waiting.
      const work = domains
        .run(domainOf(mail.to), () => slots(() => deliver(mail, mailer)))
        .finally(() => running.delete(work));
      running.add(work);
    },
    run: () => run,
    /** How many were taken and are still in the queue. */
    left: () => undelivered.size,
    async freeSlot(): Promise<void> {
      while (domains.inTurn() >= CONNECTIONS) await Promise.race(running);
    },
    done: async () => void (await Promise.all(running)),
  };
}

/** A mail whose delivery breaks off for another reason than the store's is due again when its lease ends. */
async function tryToDeliver(due: DueMail, ports: DeliverOnePorts): Promise<Delivered | null> {
  try {
    return await deliverOne(due, ports);
  } catch (error) {
    const { id: notificationId, tenantId } = due;
    ports.log.error({ err: error, notificationId, tenantId }, 'a mail could not be delivered');
    return null;
  }
}
