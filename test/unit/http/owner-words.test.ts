import { describe, expect, it } from '@jest/globals';
import type { OwnerConnection, OwnerPage } from '../../../src/http/owner-page.ts';
import { ownerPageWords } from '../../../src/http/owner-words.ts';
import { NOW } from '../../support/builders.ts';

function aConnectionOnPage(given: Partial<OwnerConnection> = {}): OwnerConnection {
  return {
    network: 'facebook',
    accountId: '42',
    displayName: "Jane's Bakery",
    health: 'healthy',
    action: 'none',
    conditions: [],
    since: NOW,
    isCertain: true,
    ...given,
  };
}

const broken = aConnectionOnPage({ health: 'broken', action: 'reconnect', conditions: ['token_invalid'] });

function wordsOf(connections: readonly OwnerConnection[], given: Partial<OwnerPage> = {}) {
  const page: OwnerPage = {
    tenant: { name: "Jane's Bakery", timezone: 'America/New_York', lastGoodPollAt: NOW },
    contact: { email: 'jane@bakery.example', state: 'active' },
    connections,
    accessProblem: null,
    ...given,
  };
  return ownerPageWords(
    page,
    ({ action, networkName, account }) => [`${action} ${networkName} ${account}`],
    'help@x.example',
  );
}

describe("the summary of an owner's page", () => {
  it.each<[string, readonly OwnerConnection[], string]>([
    ['nothing connected', [], 'No social account is connected to Constant Contact'],
    ['all well', [aConnectionOnPage()], 'All of your social accounts work'],
    [
      'all well but a removed one',
      [aConnectionOnPage(), aConnectionOnPage({ health: 'removed' })],
      'All of your social accounts work',
    ],
    ['one broken', [broken, aConnectionOnPage()], 'One of your social accounts needs you'],
    ['two broken', [broken, broken], '2 of your social accounts need you'],
    ['one suspected', [{ ...broken, isCertain: false }], 'None of your social accounts needs you'],
    ['one unseen', [aConnectionOnPage({ health: 'unobserved' })], 'None of your social accounts needs you'],
    [
      'only a removed one',
      [aConnectionOnPage({ health: 'removed' })],
      'No social account is connected to Constant Contact',
    ],
  ])('with %s', (_what, connections, summary) => {
    expect(wordsOf(connections).summary).toBe(summary);
  });

  it('says nothing of the accounts while Linkwatch may not look at them', () => {
    const { summary, access } = wordsOf([broken], { accessProblem: { action: 'reauthorize', since: NOW } });
    expect(summary).toBe('Linkwatch cannot see your social accounts at the moment');
    expect(access.join(' ')).toContain('since Thursday, January 15, 2026 at 7:00 AM EST');
    expect(access.join(' ')).toContain('help@x.example');
    expect(access.join(' ')).not.toMatch(/broken|reconnect/i);
  });
});

describe('a connection in words', () => {
  it('says what is wrong, since when, and what to do', () => {
    expect(wordsOf([broken]).connections).toEqual([
      {
        network: 'Facebook',
        account: "Jane's Bakery",
        tone: 'needs-you',
        label: 'Needs you',
        lines: [
          'Facebook no longer accepts the permission that Constant Contact holds for this account.',
          expect.stringContaining('Since Thursday, January 15, 2026 at'),
        ],
        steps: ["reconnect Facebook Jane's Bakery"],
      },
    ]);
  });

  it('asks nobody to do anything on a mere suspicion', () => {
    const [connection] = wordsOf([{ ...broken, isCertain: false }]).connections;
    expect(connection).toMatchObject({ label: 'Looking again', tone: 'waiting', steps: [] });
    expect(connection?.lines.join()).toContain('looks again before it asks you');
  });

  it.each([
    [{ health: 'waiting', action: 'wait', conditions: ['rate_limited'] }, 'Waiting', 'nothing to do'],
    [{ health: 'waiting', action: 'none', conditions: ['check_failed'] }, 'Waiting', 'did not answer'],
    [{ health: 'unobserved' }, 'Not seen', 'last saw it on Thursday, January 15'],
    [{ health: 'unobserved', since: null }, 'Not seen', 'has not seen it yet'],
    [{ health: 'removed', conditions: ['removed'] }, 'Removed', 'no longer connected'],
    [{ health: 'healthy' }, 'Works', 'Since Thursday'],
  ] as const)('%j is "%s"', (given, label, said) => {
    const [connection] = wordsOf([aConnectionOnPage(given)]).connections;
    expect(connection?.label).toBe(label);
    expect(connection?.lines.join(' ')).toContain(said);
    expect(connection?.steps).toEqual([]);
  });

  it('goes by its number when it has no name', () => {
    expect(wordsOf([aConnectionOnPage({ displayName: null })]).connections[0]?.account).toBe('account 42');
  });
});
