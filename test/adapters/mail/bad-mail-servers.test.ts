import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { HOUR_MS } from '../../../src/domain/model/time.ts';
import { createMailer, type MailServer } from '../../../src/mail/create-mailer.ts';
import { createSmtpClient, type SmtpClient, type SmtpOptions } from '../../../src/mail/smtp-client.ts';
import { createMailLimits, type DeliverySummary, deliverMail } from '../../../src/monitoring/mailing/deliver-mail.ts';
import { createOutcomes } from '../../../src/monitoring/outcomes.ts';
import type { Stores } from '../../../src/monitoring/ports.ts';
import { createRetriedWrites } from '../../../src/monitoring/retried-writes.ts';
import { silentObserver } from '../../../src/monitoring/silent-observer.ts';
import {
  aConfirmedIncident,
  aConnection,
  aContact,
  aNotification,
  anUpdate,
  aTenant,
  aTopic,
  NOW,
} from '../../support/builders.ts';
import { alertSettings, countedIds } from '../../support/domain-settings.ts';
import { mailerOptions } from '../../support/mail-contents.ts';
import { type RudeServer, startRudeServer } from '../../support/rude-smtp-server.ts';
import { createTestDatabase, type TestDatabase } from '../../support/store-fixtures.ts';
import { firstPage } from '../../support/store-records.ts';
import { manualClock } from '../../support/use-case-clock.ts';
import { collectingLog } from '../../support/use-case-log.ts';

const MAILS = 14;
/** As many as a process keeps open: what may be on its way at one moment. */
const CONNECTIONS = 5;
/** A busy machine takes a while over so many transactions. */
const STORY_MS = 30_000;

let database: TestDatabase;
let server: RudeServer;
let store: Stores;
let composer: MailServer;
let client: SmtpClient;
let clock: ReturnType<typeof manualClock>;

beforeAll(async () => {
  database = await createTestDatabase('SQLite');
  composer = await createMailer(mailerOptions());
}, STORY_MS);
beforeEach(async () => {
  server = await startRudeServer();
  store = database.open();
  clock = manualClock(NOW);
  client = open();
  await alertsDue(store);
}, STORY_MS);
afterEach(async () => {
  client.close();
  await server.close();
  await database.empty();
});
afterAll(() => database.drop());

function open(given: Partial<SmtpOptions> = {}): SmtpClient {
  return createSmtpClient({ smtpUrl: server.smtpUrl.replace('//', '//linkwatch:secret@'), ...given });
}

describe('a mail server that refuses our login', () => {
  it(
    'gets no mail; all of it arrives once when the login is put right',
    async () => {
      server.rude('login', '535 5.7.8 Wrong password');
      expect(await deliver()).toEqual({ sent: 0, failed: 0 });
      expect((await mails()).every(({ state, outcomeUnknown }) => state === 'pending' && !outcomeUnknown)).toBe(true);
      expect(server.kept()).toEqual([]);

      server.polite();
      await deliverUntilDone();
      await expectEachArrived({ atMostTwice: 0 });
    },
    STORY_MS,
  );
});

describe('a mail server that is slow', () => {
  it(
    'gets every mail once, few at a time',
    async () => {
      for (const stage of ['greeting', 'sender', 'kept'] as const) server.rude(stage, { answersAfterMs: 40 });
      expect(await deliver()).toEqual({ sent: MAILS, failed: 0 });
      expect(server.mostInFlight()).toBeLessThanOrEqual(CONNECTIONS);
      await expectEachArrived({ atMostTwice: 0 });
    },
    STORY_MS,
  );

  it(
    'and answers twelve seconds after the final dot gets every mail once',
    async () => {
      server.rude('kept', { answersAfterMs: 12_000 }, { times: CONNECTIONS });
      expect(await deliver()).toEqual({ sent: MAILS, failed: 0 });
      await expectEachArrived({ atMostTwice: 0 });
    },
    STORY_MS,
  );

  it(
    'slower than we wait, may have taken what was on its way, and that alone comes twice',
    async () => {
      server.rude('kept', { answersAfterMs: 3000 });
      client.close();
      client = open({ smtpTimeoutMs: 1000 });
      expect(await deliver()).toEqual({ sent: 0, failed: 0 });
      await expectUnknown(server.kept());
      expect(server.kept().length).toBeLessThanOrEqual(CONNECTIONS + 2);

      server.polite();
      client.close();
      client = open();
      await deliverUntilDone();
      await expectEachArrived({ atMostTwice: CONNECTIONS + 2 });
    },
    STORY_MS,
  );
});

describe('a mail server that hangs up', () => {
  it(
    'after DATA has not taken the mail, which comes once',
    async () => {
      server.rude('data', 'hangs up', { times: 3 });
      await deliverUntilDone();
      await expectEachArrived({ atMostTwice: 0 });
    },
    STORY_MS,
  );

  it(
    'after the final dot may have taken it: the same message comes again, and no other',
    async () => {
      server.rude('kept', 'hangs up', { times: 2 });
      await deliver();
      const [first = '', second = ''] = server.kept();
      await expectUnknown([first, second]);

      await deliverUntilDone();
      await expectEachArrived({ atMostTwice: 2 });
      expect(server.kept().filter((id) => id === first || id === second)).toHaveLength(4);
    },
    STORY_MS,
  );

  it(
    'after the final dot, and then refuses: whoever may have got the mail is remembered',
    async () => {
      server.rude('kept', 'hangs up', { times: 1 });
      await deliver();
      const [first = ''] = server.kept();
      server.rude('sender', '451 4.3.0 Not now');
      await clock.advance(2 * HOUR_MS);
      await deliver();
      await expectUnknown([first]);
    },
    STORY_MS,
  );
});

describe('a mail server that answers 421 in the middle', () => {
  it.each(['sender', 'data'] as const)(
    'to the command at %s loses and doubles nothing',
    async (stage) => {
      server.rude(stage, '421 4.7.0 Too much, come back later', { afterMails: 7, times: 4 });
      server.rude('greeting', '421 4.3.2 Not now', { afterMails: 7, times: 4 });
      expect((await deliver()).sent).toBeLessThan(MAILS);
      await deliverUntilDone();
      await expectEachArrived({ atMostTwice: 0 });
    },
    STORY_MS,
  );

  it(
    'after the final dot has said no: the mail comes again and counts once',
    async () => {
      server.rude('kept', '421 4.3.2 Shutting down', { afterMails: 5, times: 3 });
      await deliver();
      expect((await mails()).filter(({ outcomeUnknown }) => outcomeUnknown)).toEqual([]);
      await deliverUntilDone();
      await expectEachArrived({ atMostTwice: 3 });
    },
    STORY_MS,
  );
});

/** One account with one alert to one owner, each at a domain of its own. */
async function alertsDue({ tenants, records }: Stores): Promise<void> {
  const ids = Array.from({ length: MAILS }, (_, index) => `t${index}`);
  await tenants.add(
    ids.map((id) => ({
      tenant: aTenant({ id, nextPollAt: null }),
      contacts: [aContact({ id: `owner-${id}`, tenantId: id, email: `jane@${id}.example` })],
      grant: null,
    })),
  );
  const updates = ids.map((tenantId) => {
    const connection = aConnection({ id: `c-${tenantId}`, tenantId, period: null });
    const incident = aConfirmedIncident({ id: `i-${tenantId}`, tenantId, connectionId: connection.id });
    const mail = aNotification({
      id: `mail-${tenantId}`,
      tenantId,
      contactId: `owner-${tenantId}`,
      to: `jane@${tenantId}.example`,
      topics: [aTopic({ incidentId: incident.id })],
    });
    return anUpdate({ tenantId, connections: [connection], incidents: [incident], notifications: [mail] });
  });
  await records.change(ids, () => ({ updates, result: null }));
}

function deliver(): Promise<DeliverySummary> {
  const { outbox, operatorMail, records, holds, faults } = store;
  const chances = { clock, log: collectingLog(), newId: countedIds(), chance: () => 0 };
  const retriedWrites = createRetriedWrites(chances);
  const ports = { ...chances, records, outbox, operatorMail, holds, faults, operatorEmail: null, retriedWrites };
  const delivering = {
    ...ports,
    outcomes: createOutcomes('the outcome of a mail', ports),
    observer: silentObserver,
    settings: alertSettings(),
    openMailer: async () => ({ ...composer, ...client }),
    mailLimits: createMailLimits(),
    queue: null,
  };
  return deliverMail(delivering, {});
}

async function deliverUntilDone(): Promise<void> {
  for (let runs = 0; runs < 40; runs += 1) {
    await deliver();
    if ((await store.outbox.counts(null)).pending === 0) return;
    await clock.advance(HOUR_MS / 4);
  }
}

async function mails() {
  return (await store.mail.list(firstPage)).items;
}

async function expectUnknown(messageIds: readonly string[]): Promise<void> {
  const unknown = (await mails()).filter(({ outcomeUnknown }) => outcomeUnknown);
  expect(unknown.map(({ messageId }) => messageId).toSorted()).toEqual([...messageIds].toSorted());
  expect(unknown.every(({ state }) => state === 'pending')).toBe(true);
}

/** Nothing lost, and doubled only what was on its way when the server misbehaved. */
async function expectEachArrived({ atMostTwice }: Readonly<{ atMostTwice: number }>): Promise<void> {
  const all = await mails();
  expect(all.filter(({ state }) => state === 'sent')).toHaveLength(MAILS);
  const kept = server.kept();
  expect(new Set(kept)).toEqual(new Set(all.map(({ messageId }) => messageId)));
  expect(kept.length - MAILS).toBeLessThanOrEqual(atMostTwice);
}
