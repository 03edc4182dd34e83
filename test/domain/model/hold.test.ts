import { describe, expect, it } from '@jest/globals';
import { causeKey, type HoldCause } from '../../../src/domain/model/hold.ts';

describe('The key of a hold', () => {
  it.each<[HoldCause, string]>([
    [{ kind: 'fleet', network: 'facebook', condition: 'removed' }, 'fleet:facebook:removed'],
    [{ kind: 'brake' }, 'brake'],
    [{ kind: 'command' }, 'command'],
    [{ kind: 'restored' }, 'restored'],
  ])('about %j is %s', (cause, key) => {
    expect(causeKey(cause)).toBe(key);
  });
});
