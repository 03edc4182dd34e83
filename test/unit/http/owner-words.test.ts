import { describe, expect, it } from '@jest/globals';
import { MINUTE_MS } from '../../../src/domain/model/time.ts';
import { UNTIL_FIXED } from '../../../src/domain/owner/contact-request.ts';
import type { OwnerConnection } from '../../../src/domain/owner/owner-page.ts';
import { ownerPageWords, type PageOptions, type RepairSteps } from '../../../src/http/owner/owner-words.ts';
import { voiceTo } from '../../../src/http/voice.ts';
import { aBrand, NOW } from '../../support/builders.ts';
import { anOwnerPage, aConnectionOnPage as broken, wellOnPage as well } from '../../support/owner-pages.ts';

type Given = Parameters<typeof anOwnerPage>[0];

function wordsOf(connections: readonly OwnerConnection[], given: Given = {}, asked: Partial<PageOptions> = {}) {
  const page = anOwnerPage({ ...given, connections });
  const options = { repairSteps, isGuest: false, number: 1, ...asked };
  return ownerPageWords(page, voiceTo(page, { brand: aBrand(), helpAddress: 'help@x.example' }), options);
}

const repairSteps: RepairSteps = (repairs) =>
  repairs.map(({ action, networkName, account }) => `${action} ${networkName} ${account}`);

describe("the summary of an owner's page", () => {
  it.each<[string, readonly OwnerConnection[], Given, string]>([
    ['nothing connected', [], {}, 'No social account is connected to Constant Contact'],
    ['all well', [well], {}, 'All of your social accounts work'],
    ['all well but a removed one', [well, { ...well, health: 'removed' }], {}, 'All of your social accounts work'],
    ['one broken', [broken(), well], {}, 'One of your social accounts needs you'],
    ['two broken', [broken(), broken()], {}, '2 of your social accounts need you'],
    [
      'one suspected',
      [broken({ unconfirmed: 'break' })],
      {},
      'One of your social accounts may have a problem: we are checking again',
    ],
    [
      'one unseen',
      [{ ...well, health: 'unobserved' }],
      {},
      'We do not know how one of your social accounts is doing at the moment',
    ],
    [
      'one limited',
      [well, broken({ health: 'waiting', action: 'wait', conditions: ['rate_limited'] })],
      {},
      '1 of your social accounts is limited for now',
    ],
    ['only a removed one', [{ ...well, health: 'removed' }], {}, 'No social account is connected to Constant Contact'],
    ['no poll so far', [], { tenant: { baselinedAt: null } }, 'Your social accounts have not been checked yet'],
    [
      'watching paused',
      [broken()],
      { tenant: { state: 'paused' } },
      'These social accounts are not being checked at the moment',
    ],
  ])('with %s', (_what, connections, given, summary) => {
    expect(wordsOf(connections, given).summary).toBe(summary);
  });

  it('says nothing of the accounts while we may not look at them', () => {
    const accessProblem = { action: 'reauthorize', missing: null, since: NOW, snoozedUntil: null } as const;
    const { summary, access } = wordsOf([], { accessProblem, tenant: { state: 'reauthorize' } });
    expect(summary).toBe('We cannot see your social accounts at the moment');
    expect(access.join(' ')).toContain('Since Thursday, January 15, 2026 at 7:00 AM Eastern Time');
    expect(access.join(' ')).toContain('help@x.example');
    expect(access.join(' ')).not.toMatch(/broken|reconnect/i);
  });
});

describe('the way to repair', () => {
  it.each<[string, Given, boolean]>([
    ['somebody who gets mail', {}, true],
    ['somebody who has unsubscribed', { contact: { state: 'unsubscribed' } }, false],
    ['somebody whose address does not exist', { contact: { state: 'undeliverable' } }, false],
    ['anybody while watching is paused', { tenant: { state: 'paused' } }, false],
  ])('promises a note to %s: %#', (_who, given, isPromised) => {
    expect(wordsOf([broken()], given).repair?.closing !== null).toBe(isPromised);
  });
});

describe('a connection in words', () => {
  it('says what is wrong, since when, what stops working, and what to do', () => {
    expect(wordsOf([broken()]).list.connections).toEqual([
      {
        network: 'Facebook',
        account: "Jane's Bakery",
        tone: 'needs-you',
        label: 'Needs you',
        lines: [
          'Facebook no longer accepts the permission that Constant Contact has for this account.',
          expect.stringContaining('Since Thursday, January 15, 2026 at'),
          'Scheduled posts will not be published there until the account is reconnected.',
        ],
      },
    ]);
    expect(wordsOf([broken()]).repair?.steps).toEqual(["reconnect Facebook Jane's Bakery"]);
  });

  it('asks nobody to do anything on a mere suspicion', () => {
    const { list, repair } = wordsOf([broken({ unconfirmed: 'break' })]);
    expect(list.connections[0]).toMatchObject({ label: 'Checking again', tone: 'waiting' });
    expect(list.connections[0]?.lines.join()).toContain('check again before we ask you');
    expect(repair).toBeNull();
  });

  it.each<[string, Partial<OwnerConnection>, string, string]>([
    [
      'limited',
      { health: 'waiting', action: 'wait', conditions: ['rate_limited'] },
      'Waiting',
      'nothing you need to do',
    ],
    ['not checked', { health: 'waiting', action: 'none', conditions: ['check_failed'] }, 'Waiting', 'did not answer'],
    ['seen before', { ...well, health: 'unobserved' }, 'Not checked', 'Last checked on Thursday, January 15'],
    ['never seen', { ...well, health: 'unobserved', since: null, observedAt: null }, 'Not checked', 'Not checked yet'],
    ['removed', { ...well, health: 'removed', conditions: ['removed'] }, 'Removed', 'no longer connected'],
    ['well, but not for sure', { ...well, unconfirmed: 'repair' }, 'Works', 'check once more to be sure'],
  ])('that is %s', (_, given, label, said) => {
    const { list, repair } = wordsOf([broken(given)]);
    expect(list.connections[0]?.label).toBe(label);
    expect(list.connections[0]?.lines.join(' ')).toContain(said);
    expect(repair).toBeNull();
  });

  it('that works says no more: since when we have seen it says nothing of the account', () => {
    expect(wordsOf([{ ...well, since: NOW }]).list.connections).toEqual([
      { network: 'Facebook', account: "Jane's Bakery", tone: 'well', label: 'Works', lines: [] },
    ]);
  });

  it.each<[string, Partial<OwnerConnection>, string]>([
    ['found when monitoring began may be older', { foundAtBaseline: true }, 'It may have started earlier'],
    ['snoozed says until when', { snoozedUntil: NOW + 90 * MINUTE_MS }, 'until Thursday, January 15, 2026 at 8:30 AM'],
    ['snoozed for good says until what', { snoozedUntil: UNTIL_FIXED }, 'No reminders about it until it works'],
  ])('that was %s', (_, given, said) => {
    expect(wordsOf([broken(given)]).list.connections[0]?.lines.join(' ')).toContain(said);
  });

  it('goes by its number when it has no name', () => {
    expect(wordsOf([broken({ displayName: ' \u202e ' })]).list.connections[0]?.account).toBe(
      'account 10223344556677889',
    );
  });
});

describe('a long list', () => {
  const many = Array.from({ length: 1000 }, (_, index) => broken({ accountId: String(index), displayName: null }));
  const listOf = (number: number) => wordsOf(many, {}, { number }).list;

  it('comes fifty at a time, with the way to the others', () => {
    expect(listOf(1)).toMatchObject({ range: 'Accounts 1 to 50 of 1000', links: [{ number: 2 }] });
    expect(listOf(3)).toMatchObject({ range: 'Accounts 101 to 150 of 1000', links: [{ number: 2 }, { number: 4 }] });
    expect(listOf(20)).toMatchObject({ range: 'Accounts 951 to 1000 of 1000', links: [{ number: 19 }] });
    expect(
      listOf(2)
        .connections.map(({ account }) => account)
        .slice(0, 2),
    ).toEqual(['account 50', 'account 51']);
  });

  it.each([
    [-1, 'Accounts 1 to'],
    [0.5, 'Accounts 1 to'],
    [Number.NaN, 'Accounts 1 to'],
    [1e9, 'Accounts 951 to'],
  ])('takes %p for the nearest page', (number, range) => {
    expect(listOf(number).range).toContain(range);
  });

  it('still counts every account in its summary', () => {
    expect(wordsOf(many).summary).toBe('1000 of your social accounts need you');
  });
});

describe('a guest', () => {
  const asGuest = (connections: readonly OwnerConnection[], given: Given = {}) =>
    wordsOf(connections, given, { isGuest: true });

  it('is told why the page can be seen, and offered a check alone', () => {
    expect(asGuest([well]).notes.join(' ')).toContain('This page was passed on to you');
    expect(asGuest([well]).nav.links.map(({ action }) => action)).toEqual(['check']);
    expect(asGuest([broken()]).nav.links).toEqual([]);
    expect(asGuest([broken()]).repair).toMatchObject({ closing: null, check: 'I have reconnected: check now' });
  });

  it.each(['unsubscribed', 'not_mine', 'undeliverable'] as const)('learns nothing of a contact who is %s', (state) => {
    const words = JSON.stringify(asGuest([well], { contact: { state, wantsReminders: false } }));
    expect(words).not.toMatch(/jane@bakery|unsubscribed|not yours|no reminders/);
  });
});

describe('whoever speaks', () => {
  it.each([
    ['the account’s own sender', { senderName: 'Agency Bright' }, 'Agency Bright keeps an eye on'],
    ['the deployment’s brand', {}, 'Linkwatch keeps an eye on'],
  ])('is %s', (_who, tenant, intro) => {
    expect(wordsOf([well], { tenant }).intro).toContain(intro);
  });
});

describe('what a reader can do', () => {
  const actionsOf = (given: Given) =>
    wordsOf(given?.connections ?? [well], given).nav.links.map(({ action }) => action);
  it.each<[string, Given, readonly string[]]>([
    ['everything', {}, ['check', 'snooze', 'preferences', 'not-mine', 'unsubscribe']],
    [
      'no snooze when there is nothing to be reminded of',
      { reminders: 'none' },
      ['check', 'preferences', 'not-mine', 'unsubscribe'],
    ],
    [
      'no check of its own where it stands beside the repair',
      { connections: [broken()] },
      ['snooze', 'preferences', 'not-mine', 'unsubscribe'],
    ],
    [
      'no check while it would not be done',
      { tenant: { state: 'reauthorize' } },
      ['snooze', 'preferences', 'not-mine', 'unsubscribe'],
    ],
    ['the way back, once gone', { contact: { state: 'not_mine' } }, ['return', 'check', 'preferences']],
  ])('%s', (_, given, expected) => {
    expect(actionsOf(given)).toEqual(expected);
  });

  it.each<[string, Given, string]>([
    ['paused', { tenant: { state: 'paused', replyTo: 'agency@x.example' } }, 'agency@x.example'],
    ['unsubscribed', { contact: { state: 'unsubscribed' } }, 'You are unsubscribed'],
    ['not mine', { contact: { state: 'not_mine' } }, 'not yours'],
    ['undeliverable', { contact: { state: 'undeliverable' } }, 'Email to jane@bakery.example could not be delivered'],
    ['without reminders', { contact: { wantsReminders: false } }, 'You get no reminders'],
  ])('and what holds for who is %s', (_, given, note) => {
    expect(wordsOf([well], given).notes.join(' ')).toContain(note);
  });
});
