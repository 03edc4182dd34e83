import { describe, expect, it } from '@jest/globals';
import { parseProfiles } from '../../../src/constant-contact/profiles-answer.ts';

/** As the published contract describes it. */
const documented = {
  profile_id: '5ad6d481-0744-4020-8a5d-50cb5434d4f1',
  name: 'My Business Page',
  network: 'facebook',
  connected: true,
  accessible: false,
  handle: null,
  network_profile_id: '1234',
  network_user_id: '17841400000000001',
  account_info: { network: 'facebook', network_account_id: '17841400000000001', display_name: 'Jane' },
};

const page = {
  network: 'facebook',
  accountIds: ['17841400000000001', '17841400000000001'],
  name: 'My Business Page',
  isAccessible: false,
};

function read(given: object) {
  return parseProfiles([{ ...documented, ...given }]);
}

describe('the answer of /social/profiles', () => {
  it('is read as it is documented', () => {
    expect(parseProfiles([documented])).toEqual({ pages: [page], isWhole: true });
    expect(parseProfiles([])).toEqual({ pages: [], isWhole: true });
  });

  it.each<[string, object, object]>([
    ['its name', { name: 17 }, { name: null }],
    ['its name, for which its handle stands in', { name: ' ', handle: 'jane' }, { name: 'jane' }],
    ['its account', { account_info: 'none' }, { accountIds: ['17841400000000001'] }],
    ['its user', { network_user_id: 17 }, { accountIds: ['17841400000000001'] }],
    ['whether it is connected', { connected: 'yes' }, {}],
    ['the case of its network', { network: ' Facebook ' }, { network: 'facebook' }],
  ])('needs little of an entry: not %s', (_, given, expected) => {
    expect(read(given)).toEqual({ pages: [{ ...page, ...expected }], isWhole: true });
  });

  it('leaves out a page that nobody chose to post to', () => {
    expect(read({ connected: false })).toEqual({ pages: [], isWhole: true });
  });

  it.each<[string, unknown]>([
    ['does not say whether it can be posted to', { ...documented, accessible: undefined }],
    ['says it in another type', { ...documented, accessible: 'false' }],
    ['says it as null', { ...documented, accessible: null }],
    ['names no network', { ...documented, network: null }],
    ['is nothing', null],
    ['is a list', []],
  ])('is not whole with an entry that %s, and the others count', (_, entry) => {
    expect(parseProfiles([entry, documented])).toEqual({ pages: [page], isWhole: false });
  });

  it('is not whole with a page that names no account', () => {
    expect(read({ account_info: null, network_user_id: null })).toMatchObject({ isWhole: false });
  });

  it.each([[{ profiles: [documented] }], [null], ['[]'], [17]])('is no other shape: %j', (body) => {
    expect(() => parseProfiles(body)).toThrow();
  });

  it('cuts names that nobody could read', () => {
    const { pages } = read({ name: 'x'.repeat(5_000) });
    expect(pages[0]?.name).toHaveLength(100);
  });
});
