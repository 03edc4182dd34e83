import { describe, expect, it } from '@jest/globals';
import { type FaultChange, faultAfter } from '../../../src/domain/faults/fault-step.ts';
import type { Fault } from '../../../src/domain/model/fault.ts';
import { aFault, NOW } from '../../support/builders.ts';

const fault = aFault({ since: NOW - 1 });
const cause = { kind: 'upstream', failure: 'server' } as const;

describe('A fault after a step', () => {
  it.each<[string, FaultChange, Fault | null]>([
    ['is as it was suspected', { kind: 'suspect', reason: 'our_client_refused' }, fault],
    [
      'is certain, with its latest cause, when it begins',
      { kind: 'begin', reason: 'outage_lasts' },
      { ...fault, confirmedAt: NOW, cause },
    ],
    ['keeps its cause when it ends', { kind: 'end', reason: 'fleet_is_well' }, { ...fault, endedAt: NOW }],
    ['is forgotten when it passed before it was told', { kind: 'forget', reason: 'passed_before_it_was_told' }, null],
  ])('%s', (_, step, expected) => {
    expect(faultAfter(step, fault, { cause, now: NOW })).toEqual(expected);
  });
});
