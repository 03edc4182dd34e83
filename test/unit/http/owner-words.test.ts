import { describe, expect, it } from '@jest/globals';
import { MINUTE_MS } from '../../../src/domain/model/time.ts';
import { UNTIL_FIXED } from '../../../src/domain/owner/contact-request.ts';
import type { OwnerConnection } from '../../../src/domain/owner/owner-page.ts';
import { ownerPageWords } from '../../../src/http/owner/owner-words.ts';
import { voiceTo } from '../../../src/http/owner/voice.ts';
import { NOW } from '../../support/builders.ts';
import { anOwnerPage, aConnectionOnPage as broken, wellOnPage as well } from '../../support/owner-pages.ts';

type Given = Parameters<typeof anOwnerPage>[0];

function wordsOf(connections: readonly OwnerConnection[], given: Given = {}) {
  const page = anOwnerPage({ ...given, connections });
  return ownerPageWords(page, voiceTo(page, 'help@x.example'), ({ action, networkName, account }) => [
    `${action} ${networkName} ${account}`,
  ]);
}

describe("the summary of an owner's page", () => {
  it.each<[string, readonly OwnerConnection[], Given, string]>([
    ['nothing connected', [], {}, 'No social account is connected to Constant Contact'],
    ['all well', [well], {}, 'All of your social accounts work'],
    ['all well but a removed one', [well, { ...well, health: 'removed' }], {}, 'All of your social accounts work'],
    ['one broken', [broken(), well], {}, 'One of your social accounts needs you'],
    ['two broken', [broken(), broken()], {}, '2 of your social accounts need you'],
    ['one suspected', [broken({ unconfirmed: 'break' })], {}, 'None of your social accounts needs you'],
    ['one unseen', [{ ...well, health: 'unobserved' }], {}, 'None of your social accounts needs you'],
    ['only a removed one', [{ ...well, health: 'removed' }], {}, 'No social account is connected to Constant Contact'],
    ['no poll so far', [], { tenant: { baselinedAt: null } }, 'Linkwatch has not seen your social accounts yet'],
    [
      'watching paused',
      [broken()],
      { tenant: { state: 'paused' } },
      'Linkwatch is not watching these social accounts at the moment',
    ],
  ])('with %s', (_what, connections, given, summary) => {
    expect(wordsOf(connections, given).summary).toBe(summary);
  });

  it('says nothing of the accounts while Linkwatch may not look at them', () => {
    const accessProblem = { action: 'reauthorize', since: NOW, snoozedUntil: null } as const;
    const { summary, access } = wordsOf([], { accessProblem });
    expect(summary).toBe('Linkwatch cannot see your social accounts at the moment');
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
    expect(wordsOf([broken()]).connections).toEqual([
      {
        network: 'Facebook',
        account: "Jane's Bakery",
        tone: 'needs-you',
        label: 'Needs you',
        lines: [
          'Facebook no longer accepts the permission that Constant Contact holds for this account.',
          expect.stringContaining('Since Thursday, January 15, 2026 at'),
          'Posts planned for it will not be published until it is reconnected.',
        ],
        steps: ["reconnect Facebook Jane's Bakery"],
      },
    ]);
  });

  it('asks nobody to do anything on a mere suspicion', () => {
    const [connection] = wordsOf([broken({ unconfirmed: 'break' })]).connections;
    expect(connection).toMatchObject({ label: 'Looking again', tone: 'waiting', steps: [] });
    expect(connection?.lines.join()).toContain('looks again before it asks you');
  });

  it.each<[string, Partial<OwnerConnection>, string, string]>([
    [
      'limited',
      { health: 'waiting', action: 'wait', conditions: ['rate_limited'] },
      'Waiting',
      'nothing you need to do',
    ],
    ['not checked', { health: 'waiting', action: 'none', conditions: ['check_failed'] }, 'Waiting', 'did not answer'],
    ['seen before', { ...well, health: 'unobserved' }, 'Not seen', 'last saw it on Thursday, January 15'],
    ['never seen', { ...well, health: 'unobserved', since: null, observedAt: null }, 'Not seen', 'has not seen it yet'],
    ['removed', { ...well, health: 'removed', conditions: ['removed'] }, 'Removed', 'no longer connected'],
    ['well', well, 'Works', 'Since Thursday'],
    ['well, but not for sure', { ...well, unconfirmed: 'repair' }, 'Works', 'looks once more to be sure'],
  ])('that is %s', (_, given, label, said) => {
    const [connection] = wordsOf([broken(given)]).connections;
    expect(connection?.label).toBe(label);
    expect(connection?.lines.join(' ')).toContain(said);
    expect(connection?.steps).toEqual([]);
  });

  it.each<[string, Partial<OwnerConnection>, string]>([
    ['found when monitoring began may be older', { foundAtBaseline: true }, 'it may have been so for longer'],
    ['snoozed says until when', { snoozedUntil: NOW + 90 * MINUTE_MS }, 'until Thursday, January 15, 2026 at 8:30 AM'],
    ['snoozed for good says until what', { snoozedUntil: UNTIL_FIXED }, 'No reminders about it until it works'],
  ])('that was %s', (_, given, said) => {
    expect(wordsOf([broken(given)]).connections[0]?.lines.join(' ')).toContain(said);
  });

  it('goes by its number when it has no name', () => {
    expect(wordsOf([broken({ displayName: ' \u202e ' })]).connections[0]?.account).toBe('account 10223344556677889');
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
    ['undeliverable', { contact: { state: 'undeliverable' } }, 'Mail to jane@bakery.example was refused'],
    ['without reminders', { contact: { wantsReminders: false } }, 'You get no reminders'],
  ])('and what holds for who is %s', (_, given, note) => {
    expect(wordsOf([well], given).notes.join(' ')).toContain(note);
  });
});
