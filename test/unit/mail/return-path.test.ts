import { describe, expect, it } from '@jest/globals';
import { createReturnPath } from '../../../src/mail/return-path.ts';

const ID = '2h7pq4v9s0e6b1yn';
const key = (byte: number) => new Uint8Array(32).fill(byte);
const options = { returnPath: 'bounces@linkwatch.example', mailFrom: 'alerts@linkwatch.example' };
const ours = createReturnPath({ ...options, returnPathKeys: [key(1)] });

describe('the address that a mail comes back to', () => {
  it('names the mail, and is the same for every attempt', () => {
    const address = ours.addressOf(ID);
    expect(address).toMatch(new RegExp(`^bounces\\+${ID}\\.[0-9a-f]{16}@linkwatch\\.example$`));
    expect(ours.addressOf(ID)).toBe(address);
    expect(ours.read(address)).toEqual({ kind: 'valid', notificationId: ID });
  });

  it('is read in capitals, too', () => {
    expect(ours.read(ours.addressOf(ID).toUpperCase())).toEqual({ kind: 'valid', notificationId: ID });
  });

  it('has a local part of at most 64 characters', () => {
    const longest = createReturnPath({
      ...options,
      returnPath: `${'b'.repeat(30)}@x.example`,
      returnPathKeys: [key(1)],
    });
    expect(longest.addressOf(ID).split('@')[0]).toHaveLength(64);
  });

  it('is the sender itself where no return path is configured', () => {
    const none = createReturnPath({ ...options, returnPath: null, returnPathKeys: [key(1)] });
    expect(none.addressOf(ID)).toBe('alerts@linkwatch.example');
    expect(none.plain).toBe('alerts@linkwatch.example');
  });

  it('is still ours when the key that signed it is an old one', () => {
    const renewed = createReturnPath({ ...options, returnPathKeys: [key(2), key(1)] });
    expect(renewed.read(ours.addressOf(ID))).toEqual({ kind: 'valid', notificationId: ID });
  });

  it.each([
    ['another mail', ours.addressOf(ID).replace(ID, '2h7pq4v9s0e6b1yx')],
    ['another key', createReturnPath({ ...options, returnPathKeys: [key(9)] }).addressOf(ID)],
    ['nobody', `bounces+${ID}.0000000000000000@linkwatch.example`],
  ])('is forged with the signature of %s', (_, address) => {
    expect(ours.read(address)).toMatchObject({ kind: 'forged' });
  });

  it.each(['jane@bakery.example', 'bounces@linkwatch.example', `bounces+${ID}@linkwatch.example`, '', '+.@'])(
    'is not %p',
    (address) => {
      expect(ours.read(address)).toBeNull();
    },
  );
});
