import { describe, expect, it } from '@jest/globals';
import { type FaultStep, faultAfter } from '../../../src/domain/faults/fault-step.ts';
import type { Fault } from '../../../src/domain/model/fault.ts';
import { aFault, NOW } from '../../support/builders.ts';

const fault = aFault({ since: NOW - 1 });
const cause = { kind: 'upstream', failure: 'server' } as const;

describe('A fault after a step', () => {
  it.each<[string, FaultStep, Fault | null, Fault | null]>([
    ['is as it was suspected', { kind: 'suspect', reason: 'our_client_refused' }, fault, fault],
    [
      'is certain, with its latest cause, when it begins',
      { kind: 'begin', reason: 'outage_lasts' },
      fault,
      { ...fault, confirmedAt: NOW, cause },
    ],
    ['keeps its cause when it ends', { kind: 'end', reason: 'fleet_is_well' }, fault, { ...fault, endedAt: NOW }],
    [
      'is forgotten when it passed before it was told',
      { kind: 'forget', reason: 'passed_before_it_was_told' },
      fault,
      null,
    ],
    ['is the same while it goes on', { kind: 'wait', reason: 'still_failing' }, fault, fault],
    ['is none when there was none', { kind: 'begin', reason: 'outage_lasts' }, null, null],
  ])('%s', (_, step, before, expected) => {
    expect(faultAfter(step, before, { cause, now: NOW })).toEqual(expected);
  });
});
