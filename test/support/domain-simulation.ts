import { claimMail } from '../../src/domain/delivery/claim-mail.ts';
import { recordAttempt, resultOfAttempt } from '../../src/domain/delivery/record-attempt.ts';
import type { DeliveryOutcome, MessageContent } from '../../src/domain/model/message-content.ts';
import type { TenantNotification } from '../../src/domain/model/notification.ts';
import type { Poll, PollResult } from '../../src/domain/model/poll.ts';
import type { AlertSettings } from '../../src/domain/model/settings.ts';
import { noUpdate, type TenantRecord, type TenantUpdate } from '../../src/domain/model/tenant-record.ts';
import type { Instant } from '../../src/domain/model/time.ts';
import { planMailByClock } from '../../src/domain/notification/reminders.ts';
import { type AssessmentContext, assessPoll } from '../../src/domain/polling/assess-poll.ts';
import { planRegularPoll, type TenantToPlan } from '../../src/domain/polling/poll-plan.ts';
import { aContact, aTenant } from './builders.ts';
import { applyUpdate, recordOf, type Tables } from './domain-record.ts';
import { alertSettings, countedIds } from './domain-settings.ts';
import {
  type Delivered,
  type Happening,
  lineOf,
  type MailServerDoes,
  type Moment,
  START,
  type Story,
  type Told,
} from './domain-story.ts';
import { clock, ms } from './domain-time.ts';
import { everyGap, unstretched } from './schedules.ts';

const POLL_LEASE_MS = ms('10m');

type MailServer = Readonly<{ everybody: MailServerDoes; byContact: Readonly<Record<string, MailServerDoes>> }>;

type MailServerChange = Extract<Happening, { kind: 'mail_server' }>;

const ACCEPTING: MailServer = { everybody: 'accept', byContact: {} };

/** Everything but `tables` is the world outside: only the tables survive a stop. */
type World = {
  now: Instant;
  tables: Tables;
  answer: PollResult | null;
  mailServer: MailServer;
  isStopped: boolean;
  delivered: Delivered[];
  moments: Moment[];
  readonly onPoll: OnPoll;
  readonly settings: AlertSettings;
  readonly intervalMs: number;
  readonly newId: () => string;
};

/** Sees each poll with the record before it. */
type OnPoll = (record: TenantRecord, poll: Poll, context: AssessmentContext) => void;

/** Lets a story happen to one tenant on a virtual clock: its polls, reminders and mail, each when it is due. */
export function tell(
  { settings, tenant, contacts, intervalMs = ms('1h'), script, until }: Story,
  onPoll: OnPoll = () => undefined,
): Told {
  const world: World = {
    now: START,
    tables: beginning(tenant, contacts, intervalMs),
    answer: null,
    mailServer: ACCEPTING,
    isStopped: false,
    delivered: [],
    moments: [],
    onPoll,
    settings: alertSettings(settings),
    intervalMs,
    newId: countedIds(),
  };
  for (const [when, what] of script) {
    advanceTo(world, momentOf(when));
    happen(world, what);
  }
  advanceTo(world, momentOf(until));
  const { tables, delivered, moments } = world;
  const mail = delivered.map(lineOf);
  return {
    mail,
    delivered,
    moments,
    tables,
    decisions: tables.incidents.map(({ alerting: { decision } }) => decision),
  };
}

function beginning(tenant: Story['tenant'], contacts: Story['contacts'], intervalMs: number): Tables {
  return {
    tenant: aTenant({ createdAt: START, nextPollAt: START, intervalMs, ...tenant }),
    contacts: contacts ?? [aContact({ id: 'owner' })],
    connections: [],
    snapshots: [],
    changes: [],
    incidents: [],
    notifications: [],
  };
}

function momentOf(when: string | number): Instant {
  return START + (typeof when === 'number' ? when : ms(when));
}

function happen(world: World, what: Happening): void {
  switch (what.kind) {
    case 'answers':
      world.answer = what.result;
      return;
    case 'poll':
      poll(world);
      return;
    case 'mail_server':
      world.mailServer = mailServerAfter(world.mailServer, what);
      return;
    case 'stop':
      world.isStopped = true;
      return;
    case 'start':
      restart(world);
      return;
    case 'change':
      save(world, what.change(recordOf(world.tables), world.now));
  }
}

function mailServerAfter(server: MailServer, { does, contactId }: MailServerChange): MailServer {
  if (contactId === null) return { everybody: does, byContact: {} };
  return { ...server, byContact: { ...server.byContact, [contactId]: does } };
}

/** Nothing but what a database holds comes back. */
function restart(world: World): void {
  world.tables = JSON.parse(JSON.stringify(world.tables));
  world.isStopped = false;
}

function advanceTo(world: World, end: Instant): void {
  for (let steps = 0; nextDueAt(world) <= end; steps += 1) {
    if (steps > 20_000) throw new Error(`the story does not move on: ${clock(world.now - START)}`);
    world.now = Math.max(world.now, nextDueAt(world));
    doWhatIsDue(world);
  }
  world.now = Math.max(world.now, end);
}

function nextDueAt({ tables, isStopped, answer }: World): Instant {
  if (isStopped) return Number.POSITIVE_INFINITY;
  const { tenant, incidents, notifications } = tables;
  const pollAt = answer === null ? null : tenant.nextPollAt;
  const mailAt = notifications.filter(({ state }) => state === 'pending').map(claimableAt);
  const remindAt = incidents.flatMap((incident) => incident.reminders.nextAt ?? []);
  return Math.min(pollAt ?? Number.POSITIVE_INFINITY, ...mailAt, ...remindAt);
}

function claimableAt({ dueAt, leaseUntil }: TenantNotification): Instant {
  return Math.max(dueAt, leaseUntil ?? 0);
}

function doWhatIsDue(world: World): void {
  const { tenant, incidents, notifications } = world.tables;
  const mail = notifications.find((each) => each.state === 'pending' && claimableAt(each) <= world.now);
  const isPollDue = world.answer !== null && tenant.nextPollAt !== null && tenant.nextPollAt <= world.now;
  if (isPollDue) pollAsDue(world);
  else if (incidents.some(({ reminders: { nextAt } }) => nextAt !== null && nextAt <= world.now)) remind(world);
  else if (mail !== undefined) deliver(world, mail.id);
}

/** Whoever takes a due tenant from the queue has it for a while. */
function pollAsDue(world: World): void {
  world.tables = { ...world.tables, tenant: { ...world.tables.tenant, nextPollAt: world.now + POLL_LEASE_MS } };
  poll(world);
}

function poll(world: World): void {
  const { now, settings, newId, intervalMs, answer } = world;
  const { id, nextPollAt } = world.tables.tenant;
  if (nextPollAt === null || answer === null) return;
  const context = {
    settings,
    newId,
    now,
    holds: [],
    faults: [],
    operatorEmail: null,
    planRegularPoll: (tenant: TenantToPlan, at: Instant) =>
      planRegularPoll(tenant, at, { schedule: everyGap(intervalMs), spread: false, stretch: unstretched }),
  };
  const [record, asked] = [recordOf(world.tables), { tenantId: id, at: now, durationMs: 100, result: answer }];
  world.onPoll(record, asked, context);
  save(world, assessPoll(record, asked, context));
}

function remind(world: World): void {
  save(world, planMailByClock(recordOf(world.tables), { ...world, holds: [], operatorEmail: null }));
}

function deliver(world: World, notificationId: string): void {
  const mayHaveArrived = world.tables.notifications.some(
    ({ id, outcomeUnknown }) => id === notificationId && outcomeUnknown,
  );
  const claim = claimMail(recordOf(world.tables), notificationId, {
    ...world,
    holds: [],
    isBraked: false,
    leaseNow: world.now,
    messageId: `<${notificationId}@linkwatch.example>`,
  });
  save(world, claim.update);
  const { notification: claimed } = claim;
  if (claim.content === null || claimed === null) return;
  const does = world.mailServer.byContact[claimed.contactId ?? ''] ?? world.mailServer.everybody;
  if (does === 'accept' || does === 'accept_but_we_crash') accept(world, claim.content, claimed, does === 'accept');
  if (does === 'accept_but_we_crash' || does === 'hear_nothing_as_we_crash') {
    world.mailServer = ACCEPTING;
    restart(world);
    return;
  }
  const mail = { messageId: `<${claimed.id}@linkwatch.example>`, subject: claim.content.kind };
  const attempt = { now: world.now, mail, outcome: outcomeOf[does], mayHaveArrived, chance: 0 };
  const after = { ...claimed, ...resultOfAttempt(claimed, attempt, world.settings) };
  save(world, recordAttempt(recordOf(world.tables), { after, outcome: attempt.outcome }, contextOf(world)));
}

/** The simulation looks at tenants' mail alone. */
function contextOf({ settings, newId, now }: World) {
  return { now, settings, newId, operatorEmail: null };
}

const outcomeOf: Readonly<Record<Exclude<MailServerDoes, `${string}crash`>, DeliveryOutcome>> = {
  accept: { outcome: 'accepted', response: '250 OK' },
  defer: { outcome: 'deferred', response: '451 try again later', isOurFault: false },
  refuse: { outcome: 'refused', response: '554 no', isAddressBad: false },
  know_no_such_address: { outcome: 'refused', response: '550 5.1.1 no such user', isAddressBad: true },
};

function accept(world: World, content: MessageContent, { topics }: TenantNotification, isOutcomeKnown: boolean): void {
  world.delivered.push({ at: world.now, content, topics, isOutcomeKnown, before: world.tables });
}

function save(world: World, changes: Partial<TenantUpdate>): void {
  const update = { ...noUpdate(world.tables.tenant.id), ...changes };
  const before = world.tables;
  world.tables = applyUpdate(before, update);
  world.moments.push({ at: world.now, update, before, after: world.tables });
}
