import { describe, expect, it } from '@jest/globals';
import {
  accessReport,
  decideAccessBegin,
  decideAccessEnd,
  withMostRefused,
} from '../../../src/domain/faults/access-fault.ts';
import type { FaultStep } from '../../../src/domain/faults/fault-step.ts';
import { aFault, lostAccess, NOW } from '../../support/builders.ts';
import { alertSettings } from '../../support/domain-settings.ts';
import { ms } from '../../support/domain-time.ts';

const over: FaultStep = { kind: 'end', reason: 'mostly_good_again' };
const goesOn: FaultStep = { kind: 'wait', reason: 'still_refused' };
const begins: FaultStep = { kind: 'begin', reason: 'fleet_wide' };

describe('Tenants refused alike are our own fault', () => {
  it.each<[string, number, number, FaultStep]>([
    ['not when they are fewer than FLEET_MIN', 9, 9, { kind: 'none', reason: 'not_fleet_wide' }],
    ['not when they are a small share of those polled', 10, 41, { kind: 'none', reason: 'not_fleet_wide' }],
    ['when they are FLEET_MIN and FLEET_SHARE of those polled', 10, 40, begins],
  ])('%s', (_, tenants, polled, expected) => {
    expect(decideAccessBegin({ tenants }, polled, alertSettings())).toEqual(expected);
  });
});

describe('Lost access of the whole fleet ends', () => {
  const since = (ago: string) => lostAccess('unauthorized', { since: NOW - ms(ago), confirmedAt: NOW - ms(ago) });
  it.each<[string, string, number, number, FaultStep]>([
    ['when 90 % of its tenants are let in again', '1m', 10, 1, over],
    ['not before, however long it lasts', '9d', 10, 2, goesOn],
    ['not when more tenants are refused than when it began', '1m', 10, 30, goesOn],
    ['not when it concerned no tenant', '1m', 0, 0, goesOn],
  ])('%s', (_, ago, tenants, refused, expected) => {
    const fault = { ...since(ago), cause: { kind: 'access', failure: 'unauthorized', tenants } } as const;
    expect(decideAccessEnd(fault, refused)).toEqual(expected);
  });
});

describe('The most tenants that lost access has concerned at a time', () => {
  const cause = { kind: 'access', failure: 'unauthorized', tenants: 10 } as const;
  const fault = { ...lostAccess('unauthorized'), cause };
  it('grows with those refused, so that the fault ends when most of all are let in again', () => {
    const grown = withMostRefused(fault, 98);
    expect(grown.cause.tenants).toBe(98);
    expect(decideAccessEnd(grown, 10)).toEqual(goesOn);
    expect(decideAccessEnd(grown, 9)).toEqual(over);
  });

  it('does not shrink', () => {
    expect(withMostRefused(fault, 1)).toBe(fault);
  });
});

describe('The operator reads of lost access', () => {
  const fault = lostAccess('forbidden');
  const hold = { cause: { kind: 'access', failure: 'forbidden' }, since: NOW - ms('1h'), beganAt: NOW, tenants: 10 };
  const counts = { polled: 40, refused: 1 };

  it.each<[string, FaultStep, object | null]>([
    ['as of a hold that began', begins, { about: 'hold_began', hold: { ...hold, endedAt: null }, polled: 40 }],
    ['not while it goes on', goesOn, null],
  ])('%s', (_, step, expected) => {
    expect(accessReport(step, fault, counts)).toEqual(expected);
  });

  it('as of a hold that ended, with those that work again and those that do not', () => {
    expect(accessReport(over, { ...fault, endedAt: NOW + 1 }, counts)).toEqual({
      about: 'hold_ended',
      hold: { ...hold, endedAt: NOW + 1 },
      reason: 'mostly_good_again',
      recovered: 9,
      remaining: 1,
    });
  });

  it('and of no other fault so', () => {
    expect(accessReport(begins, aFault(), counts)).toBeNull();
  });
});
