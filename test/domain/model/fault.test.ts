import { describe, expect, it } from '@jest/globals';
import { correctFault, type Fault, type FaultCause, faultKey } from '../../../src/domain/model/fault.ts';
import { aFault, NOW } from '../../support/builders.ts';

describe('The key of a fault', () => {
  it.each<[FaultCause, string]>([
    [{ kind: 'upstream', failure: 'timeout' }, 'upstream'],
    [{ kind: 'access', failure: 'invalid_grant', tenants: 3 }, 'access:invalid_grant'],
    [{ kind: 'access', failure: 'invalid_grant', tenants: 3, applicationId: 'app-1' }, 'access:invalid_grant:app-1'],
    [{ kind: 'mail', response: '535' }, 'mail'],
    [{ kind: 'application', applicationId: null, failure: 'invalid_client' }, 'application:'],
    [{ kind: 'application', applicationId: 'app-1', failure: 'invalid_client' }, 'application:app-1'],
    [{ kind: 'quota', applicationId: null }, 'quota:'],
    [{ kind: 'quota', applicationId: 'app-1' }, 'quota:app-1'],
  ])('about %j is %s', (cause, key) => {
    expect(faultKey(cause)).toBe(key);
  });
});

describe('A fault noted by a clock that ran ahead', () => {
  it.each<[string, Partial<Fault>, Partial<Fault>]>([
    ['began now', { since: NOW + 1 }, { since: NOW }],
    ['was confirmed now', { since: NOW - 1, confirmedAt: NOW + 1 }, { since: NOW - 1, confirmedAt: NOW }],
  ])('%s', (_, given, expected) => {
    expect(correctFault(aFault(given), NOW)).toEqual(aFault(expected));
  });

  it('is the same object when its times have passed', () => {
    const fault = aFault({ confirmedAt: NOW });
    expect(correctFault(fault, NOW)).toBe(fault);
  });
});
