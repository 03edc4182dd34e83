import { describe, expect, it } from '@jest/globals';
import { joinPages } from '../../../src/domain/detection/join-pages.ts';
import type { ConnectionIdentity } from '../../../src/domain/model/connection.ts';
import type { Page } from '../../../src/domain/model/pages.ts';

const facebook = { network: 'facebook', accountId: '17841400000000001' };
const instagram = { network: 'instagram', accountId: '17841400000000001' };

function aPage(name: string | null, isAccessible: boolean, given: Partial<Page> = {}): Page {
  return { network: 'facebook', accountIds: [facebook.accountId], name, isAccessible, ...given };
}

function joined(
  pages: readonly Page[],
  { isWhole = true, connections = [facebook] as readonly ConnectionIdentity[] } = {},
) {
  return joinPages(connections, { pages, isWhole });
}

const none = { named: [], more: 0 };

describe('what an answer says of a connection', () => {
  it('is which of its pages cannot be posted to, by name, and how many can', () => {
    expect(joined([aPage('Bakery', true), aPage('Catering', false)])).toEqual([
      { ...facebook, unreachable: { named: ['Catering'], more: 0 }, accessible: 1 },
    ]);
  });

  it('names three of two hundred and counts the rest, the nameless ones among them', () => {
    const pages = Array.from({ length: 200 }, (_, index) => aPage(index % 2 === 0 ? null : `Page ${index}`, false));
    expect(joined(pages)).toEqual([
      { ...facebook, unreachable: { named: ['Page 1', 'Page 3', 'Page 5'], more: 197 }, accessible: 0 },
    ]);
  });

  it('is that none is lost when the whole answer lists none of it', () => {
    expect(joined([])).toEqual([{ ...facebook, unreachable: none, accessible: 0 }]);
  });

  it('is nothing when its pages may be among those that could not be read', () => {
    expect(joined([], { isWhole: false })).toEqual([]);
    expect(joined([aPage('Catering', false)], { isWhole: false })).toMatchObject([{ unreachable: { more: 0 } }]);
  });

  it('is about the account of that network alone, although another one may have the same id', () => {
    const connections = [facebook, instagram];
    expect(joined([aPage('Catering', false)], { connections })).toEqual([
      { ...facebook, unreachable: { named: ['Catering'], more: 0 }, accessible: 0 },
      { ...instagram, unreachable: none, accessible: 0 },
    ]);
  });

  it('counts a page once that names its account in both places, and a connection once that is listed twice', () => {
    const page = aPage('Catering', false, { accountIds: [facebook.accountId, facebook.accountId] });
    expect(joined([page], { connections: [facebook, { ...facebook, network: 'Facebook' }] })).toMatchObject([
      { unreachable: { named: ['Catering'], more: 0 }, accessible: 0 },
    ]);
  });
});
