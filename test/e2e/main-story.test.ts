import { describe, expect } from '@jest/globals';
import { DAY_MS, MINUTE_MS } from '../../src/domain/model/time.ts';
import type { HistoryAnswer, RoundAnswer } from '../support/program-answers.ts';
import { breakConnection, connectionOf, repairConnection, tenantAt } from '../support/program-connections.ts';
import { storyOnBoth } from '../support/program-story.ts';
import type { World } from '../support/program-world.ts';

const RECHECK_AFTER_MS = 15 * MINUTE_MS;
const GROUP_WAIT_MS = 2 * MINUTE_MS;
const NO_MAIL = { sent: 0, pending: 0, held: 0, failed: 0 };
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const TEXT = expect.stringMatching(/./);

describe('a break, told by `poll` commands with the settings of production', () => {
  storyOnBoth(
    'is told once when certain, reminded of when due, and thanked for once',
    { migrated: false, ownProcesses: true },
    async (world) => {
      const owner = tenantAt(world.control, 0);
      const [tenantId = ''] = await world.importTenants();
      const baseline = await pollOf(world);
      expect(baseline).toMatchObject({ polled: 2, failed: 0, incidents: { opened: 0, closed: 0 }, mail: NO_MAIL });
      expect(baseline.changes.map(({ from, to }) => [from, to])).toEqual(Array(6).fill([null, 'healthy']));

      breakConnection(world.control, owner);
      await expectAlert(world, tenantId);
      await expectReminder(world);
      repairConnection(world.control, owner);
      await expectThanks(world);

      await expectOneConversation(world);
      await expectRightAnswers(world, tenantId, connectionOf(owner).accountId);
    },
  );
});

function pollOf({ json }: World): Promise<RoundAnswer> {
  return json<RoundAnswer>(['poll']);
}

async function expectAlert(world: World, tenantId: string): Promise<void> {
  const owner = tenantAt(world.control, 0);
  const change = {
    tenantId,
    connectionId: TEXT,
    network: 'facebook',
    accountId: connectionOf(owner).accountId,
    from: 'healthy',
    to: 'broken',
    conditions: ['token_invalid'],
    reason: TEXT,
  };
  expect(await pollOf(world)).toMatchObject({ polled: 2, failed: 0, changes: [change], mail: NO_MAIL });
  await world.letTimePass(RECHECK_AFTER_MS);
  expect(await pollOf(world)).toMatchObject({ changes: [], mail: { ...NO_MAIL, pending: 1 } });
  await world.letTimePass(GROUP_WAIT_MS);
  expect(await pollOf(world)).toMatchObject({ changes: [], mail: { ...NO_MAIL, sent: 1 } });
  expect(world.mails()).toMatchObject([
    { to: [owner.contactEmail], subject: `Reconnect Facebook (${owner.name}) to keep posting` },
  ]);
  await world.letTimePass(RECHECK_AFTER_MS);
  expect(await pollOf(world)).toMatchObject({ changes: [], mail: NO_MAIL });
  expect(world.mails()).toHaveLength(1);
}

async function expectReminder(world: World): Promise<void> {
  await world.letTimePass(2 * DAY_MS);
  expect(await pollOf(world)).toMatchObject({ mail: { ...NO_MAIL, sent: 1 } });
  expect(world.mails()[1]?.text).toContain('still needs to be reconnected');
  expect(await pollOf(world)).toMatchObject({ mail: NO_MAIL });
}

async function expectThanks(world: World): Promise<void> {
  expect(await pollOf(world)).toMatchObject({ changes: [{ from: 'broken', to: 'healthy' }], mail: NO_MAIL });
  await world.letTimePass(RECHECK_AFTER_MS);
  expect(await pollOf(world)).toMatchObject({
    incidents: { opened: 0, closed: 1 },
    mail: { ...NO_MAIL, pending: 1 },
  });
  await world.letTimePass(GROUP_WAIT_MS);
  expect(await pollOf(world)).toMatchObject({ mail: { ...NO_MAIL, sent: 1 } });
  expect(world.mails()[2]?.text).toContain('Facebook works again');
  await world.letTimePass(7 * DAY_MS);
  expect(await pollOf(world)).toMatchObject({ changes: [], mail: NO_MAIL });
}

async function expectOneConversation({ mails }: World): Promise<void> {
  expect(mails()).toHaveLength(3);
  const [alert, reminder, thanks] = mails();
  expect(reminder?.subject).toBe(`Re: ${alert?.subject}`);
  expect(thanks?.subject).toMatch(/works again$/);
  for (const mail of mails()) {
    expect(mail.to).toEqual(alert?.to);
    expect(headerOf(mail.source, 'References')).toBe(headerOf(alert?.source ?? '', 'References'));
  }
  expect(new Set(mails().map(({ source }) => headerOf(source, 'Message-ID'))).size).toBe(3);
}

function headerOf(source: string, name: string): string {
  const [, value] = new RegExp(`^${name}: (.*)$`, 'im').exec(source) ?? [];
  if (value === undefined) throw new Error(`The mail has no ${name}.`);
  return value.trim();
}

/** Field by field as the public contract names them; more may be added. */
async function expectRightAnswers({ json, mails }: World, tenantId: string, accountId: string): Promise<void> {
  const counts = { total: 3, healthy: 3, waiting: 0, broken: 0, removed: 0, unobserved: 0 };
  const healthy = { state: 'active', health: 'healthy', connections: counts, lastPolledAt: TIME, nextPollAt: TIME };
  const { tenants } = await json<{ tenants: unknown[] }>(['tenant', 'list']);
  expect(tenants).toHaveLength(2);
  expect(tenants).toContainEqual(expect.objectContaining({ ...healthy, id: tenantId, name: TEXT }));

  const told = { tenantId, to: mails()[0]?.to, state: 'sent', attempts: 1, response: TEXT };
  const mail = (kind: string, reason: string) => ({
    ...told,
    id: TEXT,
    kind,
    reason,
    subject: TEXT,
    messageId: TEXT,
    createdAt: TIME,
    sentAt: TIME,
  });
  const outbox = await json<{ mail: readonly { id: string; messageId: string }[] }>(['mail', 'list']);
  expect(outbox).toMatchObject({
    mail: [mail('recovered', 'recovered'), mail('reminder', 'reminder_due'), mail('alert', 'first_alert')],
  });
  expect(outbox.mail.map(({ messageId }) => messageId).toReversed()).toEqual(
    mails().map(({ source }) => headerOf(source, 'Message-ID')),
  );

  expect(await json(['incidents', '--state', 'all'])).toMatchObject({
    incidents: [
      {
        id: TEXT,
        tenantId,
        connectionId: TEXT,
        network: 'facebook',
        accountId,
        displayName: TEXT,
        action: 'reconnect',
        conditions: ['token_invalid'],
        state: 'closed',
        snoozedUntil: null,
        openedAt: TIME,
        confirmedAt: TIME,
        closedAt: TIME,
        notifications: expect.arrayContaining(outbox.mail.map(({ id }) => id)),
      },
    ],
  });
  expect(await json(['incidents'])).toEqual({ incidents: [] });
  await expectRightHistory(await json<HistoryAnswer>(['history', tenantId]), tenantId);
}

async function expectRightHistory(history: HistoryAnswer, tenantId: string): Promise<void> {
  expect(history).toMatchObject({ tenant: { id: tenantId, name: TEXT }, from: TIME, to: TIME });
  const facebook = history.connections.find(({ network }) => network === 'facebook');
  expect(facebook).toMatchObject({ id: TEXT, accountId: TEXT, displayName: TEXT, uptime: expect.any(Number) });
  // The two days and the week without a poll are nobody's.
  expect(facebook?.periods.map(({ health }) => health)).toEqual([
    'unobserved',
    'healthy',
    'broken',
    'unobserved',
    'broken',
    'healthy',
    'unobserved',
    'healthy',
  ]);
  for (const period of facebook?.periods ?? []) {
    expect(period).toMatchObject({ from: TIME, to: TIME, conditions: expect.any(Array), polls: expect.any(Number) });
    expect(Object.keys((period as unknown as { status: object }).status)).toEqual([
      'hasToken',
      'isActiveUser',
      'rateLimited',
      'tokenHasScopes',
      'tokenIsValid',
      'error',
      'networkStatus',
    ]);
  }
  expect(facebook?.coverage).toBeLessThan(0.1);
  const others = history.connections.filter(({ network }) => network !== 'facebook');
  expect(others.map(({ uptime }) => uptime)).toEqual([1, 1]);
}
