import pLimit from 'p-limit';
import type { AlertSettings } from '../../domain/model/settings.ts';
import { duePages } from '../due-pages.ts';
import type { DueMail, Mailer } from '../ports.ts';
import { type Delivered, type DeliverOnePorts, deliverOne } from './deliver-one.ts';
import { createTally, type DeliverySummary, type DeliveryTally } from './delivery-tally.ts';
import { domainOf, limitPerDomain } from './domain-limits.ts';
import { type MailBrake, type MailBrakePorts, openMailBrake, tellOfBrake } from './mail-brake.ts';
import { type MailTroublePorts, type MailTroubleWatch, watchMailTrouble } from './mail-trouble.ts';
import { type ReminderPorts, writeReminders } from './write-reminders.ts';

export type { DeliverySummary } from './delivery-tally.ts';

const BATCH = 50;
const CONNECTIONS = 5;
/** Mails that wait for slow domains, or could not be claimed; with so many of them the rest is for the next run. */
const MOST_LEFT = 500;

export type DeliveryPorts = ReminderPorts &
  MailBrakePorts &
  MailTroublePorts &
  Omit<DeliverOnePorts, 'mailer' | 'brake'> &
  Readonly<{
    /**
     * Asked for when mail is due, and not before: compiling its templates is a second's work that most runs need not.
     */
    openMailer(): Promise<Mailer>;
  }>;

/** Plans the reminders that are due, then claims, sends and marks every due mail: at least once, seldom twice. */
export async function deliverMail(
  ports: DeliveryPorts,
  settings: AlertSettings,
  signal?: AbortSignal,
): Promise<DeliverySummary> {
  const now = ports.clock.now();
  await writeReminders(ports, settings, now);

  const tally = createTally();
  let brake: MailBrake | null = null;
  const trouble = watchMailTrouble(ports, settings);
  const workers = createWorkers(ports, settings, { tally, trouble, signal });
  const readPage = async () => {
    if (workers.left() >= MOST_LEFT) return [];
    return await ports.outbox.dueMail(now, BATCH + workers.left());
  };
  for await (const due of duePages(readPage, ({ id }) => id)) {
    brake ??= await openMailBrake(ports, settings);
    const open = { mailer: await ports.openMailer(), brake };
    for (const mail of due) workers.take(mail, open);
    await workers.freeSlot();
    if (tally.isStopped() || signal?.aborted) break;
  }
  await workers.done();
  await tellOfBrake(ports, settings);
  await trouble.finish();
  return tally.summary();
}

/** What is opened, or read, when there is mail at all. */
type Opened = Readonly<{ mailer: Mailer; brake: MailBrake }>;

type Run = Readonly<{ tally: DeliveryTally; trouble: MailTroubleWatch; signal: AbortSignal | undefined }>;

/** So many mails at once, of them few to one domain: who waits for a slow domain keeps no slot from the others. */
function createWorkers(ports: DeliveryPorts, settings: AlertSettings, { tally, trouble, signal }: Run) {
  const slots = pLimit(CONNECTIONS);
  const domains = limitPerDomain();
  const running = new Set<Promise<void>>();
  const undelivered = new Set<string>();
  const deliver = async (mail: DueMail, { mailer, brake }: Opened) => {
    const domain = domainOf(mail.to);
    if (signal?.aborted || tally.isStopped(domain)) return;
    const delivered = await tryToDeliver(mail, { ...ports, mailer, brake }, settings);
    if (delivered === null) return;
    undelivered.delete(mail.id);
    tally.count(domain, delivered);
    trouble.see(delivered);
  };
  return {
    take(mail: DueMail, open: Opened): void {
      undelivered.add(mail.id);
      // The claim is made inside both limits, so that no lease is eaten up by waiting.
      const work = domains
        .run(domainOf(mail.to), () => slots(() => deliver(mail, open)))
        .finally(() => running.delete(work));
      running.add(work);
    },
    /** How many were taken and are still in the queue. */
    left: () => undelivered.size,
    async freeSlot(): Promise<void> {
      while (domains.inTurn() >= CONNECTIONS) await Promise.race(running);
    },
    done: async () => void (await Promise.all(running)),
  };
}

/** A mail whose delivery breaks off keeps its lease, and is due again when that ends. */
async function tryToDeliver(due: DueMail, ports: DeliverOnePorts, settings: AlertSettings): Promise<Delivered | null> {
  try {
    return await deliverOne(due, ports, settings);
  } catch (error) {
    const { id: notificationId, tenantId } = due;
    ports.log.error({ err: error, notificationId, tenantId }, 'a mail could not be delivered');
    return null;
  }
}
