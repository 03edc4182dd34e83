import { describe, expect, it } from '@jest/globals';
import { diagnose, type Findings } from '../../src/monitoring/doctor.ts';

const allWell: Findings = {
  database: { ok: true },
  tokens: { ok: true },
  mail: { ok: true },
  publicUrl: 'https://linkwatch.example',
  constantContact: { ok: true, clockSkewMs: 0 },
  client: { ok: true },
  polledAhead: 0,
};

function check(name: string, given: Partial<Findings>) {
  return diagnose({ ...allWell, ...given }).find((line) => line.name === name);
}

describe('The doctor', () => {
  it('finds nothing to do where all is well', () => {
    expect(diagnose(allWell).filter(({ ok, remedy }) => !ok || remedy !== null)).toEqual([]);
  });

  it('finds tenants that were polled by a clock that was ahead', () => {
    expect(check('stored times', { polledAhead: 3 })).toMatchObject({
      ok: false,
      detail: '3 tenants were last polled in the future: the clock was ahead then, or is behind now',
    });
  });

  it('says nothing of stored times where the database does not tell', () => {
    expect(check('stored times', { polledAhead: null })).toBeUndefined();
  });
});
