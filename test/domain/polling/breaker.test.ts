import { describe, expect, it } from '@jest/globals';
import { failureOf, type PollFailureKind, type PollResult } from '../../../src/domain/model/poll.ts';
import { HOUR_MS, MINUTE_MS } from '../../../src/domain/model/time.ts';
import {
  type BreakerStep,
  CLOSED,
  catchUpSpacingMs,
  type FailureRun,
  NO_FAILURE_RUN,
  probeSpacingMs,
  stepBreaker,
} from '../../../src/domain/polling/breaker.ts';
import { aPoll, NOW } from '../../support/builders.ts';

const closed = { openSince: null };
const open = { openSince: NOW };

/** What the polls of these tenants bring about, one after the other. */
function stepsOf(
  kinds: readonly (PollFailureKind | null)[],
  { tenants = 9, breaker = closed as typeof open | typeof closed } = {},
) {
  let run: FailureRun = NO_FAILURE_RUN;
  return kinds.map((kind, index): BreakerStep => {
    const after = stepBreaker(breaker, run, { tenantId: `tenant-${index % tenants}`, result: resultOf(kind) });
    run = after.run;
    return after.step;
  });
}

function resultOf(kind: PollFailureKind | null): PollResult {
  return kind === null ? aPoll().result : { outcome: 'failed', failure: failureOf(kind, 'as told') };
}

const kindsOf = (steps: readonly BreakerStep[]) => steps.map(({ kind }) => kind);

describe('The breaker', () => {
  it.each<PollFailureKind>(['timeout', 'dns', 'tls', 'connection', 'server', 'invalid_response'])(
    'opens with the fifth poll in a row that fails by %s',
    (kind) => {
      expect(stepsOf([kind, kind, kind, kind, kind])).toEqual([
        ...Array.from({ length: 4 }, () => ({ kind: 'stay' })),
        { kind: 'open', failure: kind },
      ]);
    },
  );

  it.each<PollFailureKind>([
    ...(['unauthorized', 'forbidden', 'missing_privilege'] as const),
    ...(['throttled', 'quota_exceeded', 'application_deactivated'] as const),
  ])('counts anew after any answer: %s', (kind) => {
    expect(kindsOf(stepsOf(['server', 'server', 'server', 'server', kind, 'server']))).not.toContain('open');
  });

  it.each<PollFailureKind>(['invalid_grant', 'invalid_client', 'refresh_failed', 'missing_scope', 'client'])(
    'learns nothing from %s',
    (kind) => {
      expect(kindsOf(stepsOf(['server', 'server', 'server', 'server', kind, 'server'])).at(-1)).toBe('open');
      expect(kindsOf(stepsOf([kind], { breaker: open }))).toEqual(['stay']);
    },
  );

  it('learns nothing from tenants that go on failing, however often they are asked', () => {
    const many = Array.from({ length: 50 }, () => 'server' as const);
    expect(kindsOf(stepsOf(many, { tenants: 4 }))).not.toContain('open');
    expect(kindsOf(stepsOf(many, { tenants: 5 })).filter((kind) => kind === 'open')).toHaveLength(1);
  });

  it('learns from a tenant that fails again after an answer', () => {
    const [fails, answers] = [
      Array.from({ length: 5 }, () => 'server' as const),
      Array.from({ length: 5 }, () => null),
    ];
    const steps = stepsOf([...fails, ...answers, ...fails], { tenants: 5 });
    expect(kindsOf(steps).filter((kind) => kind === 'open')).toHaveLength(2);
  });

  it('still knows the others that fail when one of them is answered', () => {
    const failing = { failures: 4, failing: new Set(['a', 'b', 'c', 'd']) };
    const { run } = stepBreaker(closed, failing, { tenantId: 'a', result: resultOf(null) });
    expect(run).toEqual({ failures: 0, failing: new Set(['b', 'c', 'd']) });
    const again = stepBreaker(closed, run, { tenantId: 'b', result: resultOf('server') });
    expect(again).toEqual({ step: { kind: 'stay' }, run });
  });

  it('stays closed with an answer', () => {
    expect(stepsOf([null, 'invalid_grant'])).toEqual([{ kind: 'stay' }, { kind: 'stay' }]);
    expect(CLOSED).toEqual({ openSince: null, failure: null, closedAt: null });
  });

  it('closes with the first answer, and stays open until then', () => {
    expect(
      kindsOf(stepsOf(['server', 'server', 'server', 'server', 'server', 'server', null], { breaker: open })),
    ).toEqual(['stay', 'stay', 'stay', 'stay', 'stay', 'stay', 'close']);
  });
});

describe('While it is open', () => {
  it('Constant Contact is asked every 30 seconds, or as often as RECHECK_AFTER says', () => {
    expect(probeSpacingMs(15 * MINUTE_MS)).toBe(30_000);
    expect(probeSpacingMs(5_000)).toBe(5_000);
    expect(probeSpacingMs(0)).toBe(1);
  });
});

describe('After it has closed', () => {
  it.each<[string, number | null, number, number | null]>([
    ['what was missed is made good at half the rate of the key', NOW - MINUTE_MS, 4, 500],
    ['the same from the very moment on', NOW, 4, 500],
    ['two a second where there is no limit', NOW - MINUTE_MS, 0, 250],
    ['ten minutes later all is as ever', NOW - 10 * MINUTE_MS, 4, null],
    ['a clock that was ahead makes it no longer', NOW + HOUR_MS, 4, null],
    ['and nothing where it never opened', null, 4, null],
  ])('%s', (_, closedAt, perSecond, spacing) => {
    expect(catchUpSpacingMs({ closedAt }, perSecond, NOW)).toBe(spacing);
  });
});
