import { describe, expect, it } from '@jest/globals';
import { decideQuota, quotaReport } from '../../../src/domain/faults/quota-fault.ts';
import { aFault, NOW } from '../../support/builders.ts';

const told = aFault({ cause: { kind: 'quota', applicationId: null }, since: NOW, confirmedAt: NOW });

describe('A day of which Constant Contact says that it is used up', () => {
  it.each([
    ['is told at once', null, true, { kind: 'begin', reason: 'quota_exceeded' }],
    ['is told once', told, true, { kind: 'wait', reason: 'still_refused' }],
    ['ends at midnight', told, false, { kind: 'end', reason: 'new_day' }],
    ['is none while requests are left', null, false, { kind: 'none', reason: 'requests_left' }],
  ])('%s', (_, fault, isExhausted, step) => {
    expect(decideQuota(fault, { isExhausted })).toEqual(step);
  });

  it('is told with what was used, and of which application where there are several', () => {
    const begin = { kind: 'begin', reason: 'quota_exceeded' } as const;
    const today = { used: 9_000, limit: 10_000 };
    const report = { about: 'quota_exceeded', since: NOW, used: 9_000, limit: 10_000 };
    expect(quotaReport(begin, told, today, null)).toEqual(report);
    expect(quotaReport(begin, told, today, 'brand')).toEqual({ ...report, application: 'brand' });
    expect(quotaReport({ kind: 'end', reason: 'new_day' }, told, today, null)).toBeNull();
  });
});
