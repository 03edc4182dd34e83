import { describe, expect, it } from '@jest/globals';
import { beginHold, causeKey, type HoldCause } from '../../../src/domain/model/hold.ts';
import { NOW } from '../../support/builders.ts';

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

describe('A hold that begins', () => {
  const begun = { id: 'hold-1', cause: { kind: 'brake' }, beganAt: NOW, tenants: 12 } as const;

  it('is about trouble that begins now, and asks no suspect early', () => {
    expect(beginHold(begun)).toEqual({ ...begun, since: NOW, endedAt: null, endReason: null, sample: [] });
  });

  it('may be about older trouble, and ask some of its suspects early', () => {
    const given = { since: NOW - 1, sample: ['tenant-1'] };
    expect(beginHold({ ...begun, ...given })).toEqual({ ...begun, ...given, endedAt: null, endReason: null });
  });
});
