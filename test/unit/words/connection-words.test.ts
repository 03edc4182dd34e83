import { describe, expect, it } from '@jest/globals';
import type { Action, Condition } from '../../../src/domain/model/condition.ts';
import { accountNames, isRepairable, subjectOf, tenantName } from '../../../src/words/connection-words.ts';
import { wordsFor } from '../../../src/words/words.ts';

const { say } = wordsFor('en');
const facebook = { network: 'facebook', accountId: '17', displayName: "Jane's Bakery" };
const unnamed = (accountId: string) => say('account.unnamed', { accountId });

describe('An account is called', () => {
  it.each([
    ['by its network and its name', facebook, 'Facebook', "Jane's Bakery"],
    ['by its number where it has no name', { ...facebook, displayName: null }, 'Facebook', unnamed('17')],
    ['so where its name has nothing to read', { ...facebook, displayName: ' \u200b' }, 'Facebook', unnamed('17')],
    [
      'by none where that cannot be read either',
      { network: '', accountId: ' ', displayName: '' },
      say('network.unnamed'),
      unnamed('?'),
    ],
    ['so where it is our access', null, say('network.unnamed'), unnamed('?')],
    ['by no link', { ...facebook, displayName: 'https://evil.example a' }, 'Facebook', '… a'],
    ['by a name of a limited length', { ...facebook, displayName: 'x'.repeat(90) }, 'Facebook', `${'x'.repeat(69)}…`],
  ])('%s', (_, connection, network, account) => {
    expect(accountNames(connection, say)).toEqual({ network, account });
  });

  it.each([
    ["Jane's Bakery", "Jane's Bakery"],
    [null, say('tenant.unnamed')],
    [' ', say('tenant.unnamed')],
  ])('the whole account %j: %j', (name, expected) => {
    expect(tenantName(name, say)).toBe(expected);
  });
});

describe('A problem is spoken of', () => {
  it.each<[string, Action, readonly Condition[], string]>([
    ['by its repair', 'reconnect', ['token_invalid', 'rate_limited'], 'reconnect'],
    ['by the page to choose', 'choose_profile', ['no_profile'], 'choose_profile'],
    ['by the page that was lost', 'choose_profile', ['page_unreachable'], 'page_unreachable'],
    [
      'by its repair, when lost pages are the least of it',
      'reconnect',
      ['token_missing', 'page_unreachable'],
      'reconnect',
    ],
    ['as one to wait for', 'wait', ['rate_limited'], 'wait'],
    ['so when nothing is to be done', 'none', ['check_failed'], 'wait'],
    ['so when our access is lost', 'reauthorize', [], 'wait'],
  ])('%s', (_, action, conditions, subject) => {
    expect(subjectOf({ action, conditions })).toBe(subject);
    expect(isRepairable({ action })).toBe(subject !== 'wait');
  });
});
