import { buildOperatorMessageContent } from '../../domain/delivery/build-message-content.ts';
import { claimMail, lease, MAIL_LEASE_MS } from '../../domain/delivery/claim-mail.ts';
import type { Delivered } from '../../domain/delivery/delivery-run.ts';
import { firstTold, recordAttempt, resultOfAttempt } from '../../domain/delivery/record-attempt.ts';
import type { DeliveryOutcome, MessageContent } from '../../domain/model/message-content.ts';
import type {
  AttemptedNotification,
  Notification,
  OperatorNotification,
  PendingNotification,
  TenantNotification,
} from '../../domain/model/notification.ts';
import { noUpdate, type TenantRecord } from '../../domain/model/tenant-record.ts';
import { HOUR_MS, type Instant } from '../../domain/model/time.ts';
import type { Outcomes } from '../outcomes.ts';
import type { DueMail, Log, Mailer, MailOutcome, Observer, Stores, Surroundings } from '../ports.ts';
import type { RetriedWrites } from '../retried-writes.ts';
import { slept } from '../slept.ts';

export type DeliverOnePorts = Surroundings &
  Pick<Stores, 'records' | 'operatorMail' | 'holds'> &
  Readonly<{
    mailer: Mailer;
    outcomes: Outcomes;
    observer: Pick<Observer, 'mailed' | 'told'>;
    retriedWrites: RetriedWrites;
    /** At least 0, below 1: spreads retries. */
    chance(): number;
  }>;

type Leased = PendingNotification | OperatorNotification;

/** What was claimed; `mayHaveArrived` is true when an earlier attempt ended without an answer. */
type Claimed = Readonly<{
  notification: Leased;
  content: MessageContent;
  mayHaveArrived: boolean;
}>;

/** `stored` resolves when the outcome was tried to be stored, and never rejects. */
export type Answered = Delivered & Readonly<{ stored: Promise<void> }>;

/**
 * Claims and sends one mail, and marks it: its place at the mail server is free while the outcome is being stored. Null
 * when there was nothing to send after all.
 */
export async function deliverOne(due: DueMail, ports: DeliverOnePorts): Promise<Answered | null> {
  const claimed = await claim(due, ports);
  if (claimed === null) return null;
  const { notification, content, mayHaveArrived } = claimed;
  const mail = ports.mailer.compose(content);
  const { outcome, leaseUntil } = await sendLeased(ports.mailer.send(mail), notification, ports);
  const attempt = { now: ports.clock.now(), mail, outcome, mayHaveArrived, chance: ports.chance() };
  const after = { ...notification, ...resultOfAttempt(notification, attempt, ports.settings) };
  ports.observer.mailed(after.kind, mailOutcome(after, outcome));
  const stored = ports.outcomes.store(after.id, () => mark({ after, outcome, leaseUntil }, ports));
  logAttempt(content, after, ports.log);
  return { outcome, state: after.state, stored };
}

async function claim(due: DueMail, ports: DeliverOnePorts): Promise<Claimed | null> {
  if (due.tenantId === null) return await claimOperatorMail(due.id, ports.clock.now(), ports);
  const { id, tenantId } = due;
  const { settings } = ports;
  let claimed: LostClaim | null = null;
  // Read for each mail: the mails before it may have waited long for a slow server.
  const holds = await ports.holds.active();
  const now = ports.clock.now();
  const decide = ([record]: readonly TenantRecord[], leaseNow: Instant, mailSent: number) => {
    if (record === undefined) return { updates: [], result: null };
    const before = record.notifications.find((mail) => mail.id === id);
    const messageId = ports.mailer.messageIdOf(id);
    const isBraked = mailSent >= settings.mailBrake;
    const result = claimMail(record, id, { now, settings, holds, isBraked, messageId, leaseNow, newId: ports.newId });
    const added = result.update.notifications.filter((mail) => mail.id !== id);
    if (before && result.notification) claimed = { before, added, leaseUntil: result.notification.leaseUntil };
    return { updates: [result.update], result: { ...result, mayHaveArrived: before?.outcomeUnknown ?? false } };
  };
  const also = { mailSentSince: now - HOUR_MS };
  const taken = await ports.records.change([tenantId], decide, also).catch(async (error: unknown) => {
    if (claimed !== null) await giveBackClaim(claimed, ports);
    throw error;
  });
  if (taken === null) return null;
  const { decision, content, notification, mayHaveArrived } = taken;
  if (decision)
    ports.log.info({ notificationId: id, tenantId, decision: decision.kind, reason: decision.reason }, 'mail decided');
  return content && notification ? { notification, content, mayHaveArrived } : null;
}

type LostClaim = Readonly<{
  before: TenantNotification;
  leaseUntil: Instant | null;
  /** The mails that the claim has made of parts of it. */
  added: readonly TenantNotification[];
}>;

/** The store may have claimed the mail although its answer did not come: nothing was sent, so all is as before. */
async function giveBackClaim(
  { before, leaseUntil, added }: LostClaim,
  { records, retriedWrites }: DeliverOnePorts,
): Promise<void> {
  const { id, tenantId } = before;
  const parts = added.map((mail) => ({ ...mail, state: 'cancelled', reason: 'no_longer_true' }) as const);
  const restore = ([record]: readonly TenantRecord[]) => {
    const isOurs = record?.notifications.some((mail) => mail.id === id && mail.leaseUntil === leaseUntil) ?? false;
    return { updates: isOurs ? [{ ...noUpdate(tenantId), notifications: [before, ...parts] }] : [], result: undefined };
  };
  await retriedWrites.giveBack('the claim of a mail', () => records.change([tenantId], restore));
}

async function claimOperatorMail(
  id: string,
  now: Instant,
  { operatorMail, mailer, retriedWrites }: DeliverOnePorts,
): Promise<Claimed | null> {
  const free = await operatorMail.claim(id, MAIL_LEASE_MS);
  if (free === null) return null;
  const notification = lease(free, { now, messageId: mailer.messageIdOf(id), leaseUntil: free.leaseUntil });
  // An operator's mail can be found by its Message-ID even after a crash while the mail is sent.
  const isOurs = await operatorMail.save(notification, free.leaseUntil).catch(async (error: unknown) => {
    const unclaimed = { ...free, leaseUntil: null };
    await retriedWrites.giveBack('the claim of a mail', () => operatorMail.save(unclaimed, free.leaseUntil));
    throw error;
  });
  if (!isOurs) return null;
  return {
    notification,
    content: buildOperatorMessageContent(free, now),
    mayHaveArrived: free.outcomeUnknown,
  };
}

/** The answer of the mail server, and how long the lease is: it is renewed for as long as the server takes. */
async function sendLeased(sending: Promise<DeliveryOutcome>, mail: Leased, ports: DeliverOnePorts) {
  const answered = new AbortController();
  const renewing = keepLease(mail, ports, answered.signal);
  const outcome = await sending.finally(() => answered.abort());
  return { outcome, leaseUntil: await renewing };
}

async function keepLease(mail: Leased, ports: DeliverOnePorts, answered: AbortSignal): Promise<Instant | null> {
  let { leaseUntil } = mail;
  while (await slept(ports.clock, MAIL_LEASE_MS / 3, answered))
    leaseUntil = await tryToRenew({ ...mail, leaseUntil }, ports);
  return leaseUntil;
}

/** When the lease ends. A lease that another worker has taken over stays with that worker. */
async function tryToRenew(mail: Leased, ports: DeliverOnePorts): Promise<Instant | null> {
  const { id, tenantId, leaseUntil } = mail;
  try {
    if (tenantId === null) return (await ports.operatorMail.renew(mail, MAIL_LEASE_MS)) ?? leaseUntil;
    return await ports.records.change([tenantId], ([record], leaseNow) => {
      const stored = record?.notifications.find((each) => each.id === id);
      if (stored === undefined || stored.leaseUntil !== leaseUntil) return { updates: [], result: leaseUntil };
      const notifications = [{ ...stored, leaseUntil: leaseNow + MAIL_LEASE_MS }];
      return { updates: [{ ...noUpdate(tenantId), notifications }], result: leaseNow + MAIL_LEASE_MS };
    });
  } catch (error) {
    ports.log.warn({ err: error, notificationId: id, tenantId }, 'the lease of a mail could not be renewed');
    return leaseUntil;
  }
}

type Attempted = Readonly<{
  after: AttemptedNotification | OperatorNotification;
  outcome: DeliveryOutcome;
  leaseUntil: Instant | null;
}>;

/** What became of the mail, where an attempt without success is not its last. */
function mailOutcome({ state }: Attempted['after'], { outcome }: DeliveryOutcome): MailOutcome {
  if (state === 'sent' || state === 'failed') return state;
  return outcome === 'unknown' ? 'unknown' : 'deferred';
}

/** A mail whose lease ended meanwhile is left to the worker that has taken, and perhaps sent, it since. */
async function mark(
  { after, outcome, leaseUntil }: Attempted,
  { clock, records, operatorMail, newId, operatorEmail, settings, observer }: DeliverOnePorts,
): Promise<void> {
  if (after.tenantId === null) {
    await operatorMail.save(after, leaseUntil);
    return;
  }
  const context = { now: clock.now(), settings, newId, operatorEmail };
  const told = await records.change([after.tenantId], ([record]) => {
    const isOurs = record?.notifications.some((mail) => mail.id === after.id && mail.leaseUntil === leaseUntil);
    if (record === undefined || !isOurs) return { updates: [], result: [] };
    const update = recordAttempt(record, { after, outcome }, context);
    return { updates: [update], result: firstTold(record, update) };
  });
  for (const { openedAt } of told) observer.told((after.sentAt ?? context.now) - openedAt);
}

function logAttempt({ reason }: MessageContent, mail: Notification, log: Log): void {
  const { id: notificationId, tenantId, kind, state, attempts, response } = mail;
  const fields = { notificationId, tenantId, kind, reason, attempts, response };
  if (state === 'sent') log.info(fields, 'mail sent');
  else if (state === 'pending') log.warn(fields, 'mail deferred');
  else log.error({ ...fields, failure: mail.reason }, 'mail failed');
}
