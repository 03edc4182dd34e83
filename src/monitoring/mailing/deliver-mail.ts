import pLimit, { type LimitFunction } from 'p-limit';
import {
  afterDelivery,
  type DeliveryRun,
  isStopped,
  isStoppedFor,
  NOTHING_DELIVERED,
} from '../../domain/delivery/delivery-run.ts';
import { domainOf } from '../../domain/model/email-domain.ts';
import { duePages } from '../due-pages.ts';
import { type FaultPorts, watchMailServer } from '../fleet/watch-faults.ts';
import { batchesOf } from '../pages.ts';
import type { DueMail, DuePage, Mailer, WorkQueue } from '../ports.ts';
import { type Answered, type DeliverOnePorts, deliverOne } from './deliver-one.ts';
import { type DomainLimits, limitPerDomain } from './domain-limits.ts';
import { type MailBrakePorts, tellOfBrake } from './mail-brake.ts';
import { type ReminderPorts, writeReminders } from './write-reminders.ts';

export type DeliverySummary = Pick<DeliveryRun, 'sent' | 'failed'>;

/** Mails read at once, and offered as one page. */
const BATCH = 50;
/** Pages offered at once; who looks next offers further ones. */
const OFFERED = 20;
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
    mailLimits: MailLimits;
    /** Null: nobody shares the work of this process. */
    queue: Pick<WorkQueue, 'offer'> | null;
  }>;

/** What all deliveries of a process keep to together: a few mails at once, and fewer to one domain. */
export type MailLimits = Readonly<{ slots: LimitFunction; domains: DomainLimits }>;

export function createMailLimits(): MailLimits {
  return { slots: pLimit(CONNECTIONS), domains: limitPerDomain() };
}

export type DeliveryOptions = Readonly<{
  /** Aborted: no further mail is begun. */
  signal?: AbortSignal | undefined;
  /** Called when a mail was tried, whatever came of it. */
  onMail?: (() => void) | undefined;
  /** These mails alone, as far as they are still due. */
  page?: DuePage | undefined;
}>;

/** Plans the reminders that are due, then claims, sends and marks every due mail: at least once, seldom twice. */
export async function deliverMail(ports: DeliveryPorts, options: DeliveryOptions = {}): Promise<DeliverySummary> {
  const { signal, page } = options;
  const now = ports.clock.now();
  if (page === undefined) await writeReminders(ports, now);

  const workers = createWorkers(ports, options);
  const read = async (limit: number) => {
    const due = await ports.outbox.dueMail(now, limit + workers.left() + ports.outcomes.waiting(), page);
    return due.filter(({ id }) => !ports.outcomes.isWaiting(id));
  };
  const unbegun = async () => (await read(BATCH * OFFERED)).filter(({ id }) => !workers.has(id));
  const readPage = async () => (workers.left() >= MOST_LEFT ? [] : await read(BATCH));
  for await (const due of duePages(readPage, ({ id }) => id)) {
    const mailer = await ports.openMailer();
    for (const mail of due) workers.take(mail, mailer);
    await workers.freeSlot();
    if (isStopped(workers.run()) || signal?.aborted) break;
    // Not before it has shown that mail is taken: a server that takes none needs no further worker that tries.
    if (page === undefined && due.length >= BATCH && (await offerTheRest(await unbegun(), ports))) break;
  }
  await workers.done();
  await tellOfBrake(ports);
  const { sent, failed } = workers.run();
  await watchMailServer(workers.run(), ports);
  return { sent, failed };
}

/** True when workers that are free, this one among them, take what is left. */
async function offerTheRest(left: readonly DueMail[], { queue }: DeliveryPorts): Promise<boolean> {
  if (queue === null || left.length === 0) return false;
  const ids = left.map(({ id }) => id);
  return await queue.offer('mail', [...batchesOf(ids, BATCH)]);
}

/**
 * A few mails at once, and fewer to one domain: a mail that waits for its slow domain keeps no slot from the others.
 */
function createWorkers(ports: DeliveryPorts, { signal, onMail }: DeliveryOptions) {
  let run = NOTHING_DELIVERED;
  const { slots, domains } = ports.mailLimits;
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
        .run(domainOf(mail.to), () => slots(() => deliver(mail, mailer)))
        .finally(() => running.delete(work));
      running.add(work);
    },
    run: () => run,
    /** How many were taken and are still in the queue. */
    left: () => undelivered.size,
    has: (id: string) => undelivered.has(id),
    async freeSlot(): Promise<void> {
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
