import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS } from '../../../src/domain/model/time.ts';
import { effectOf, NEVER_AFTER_MS, SMALL, type ToldIncident } from '../../../src/domain/reports/effect.ts';
import { NOW } from '../../support/builders.ts';

const told = (given: Partial<ToldIncident> = {}): ToldIncident => ({
  network: 'facebook',
  locale: 'en-US',
  action: 'reconnect',
  remindersUsed: 0,
  toldAt: NOW - DAY_MS,
  repairedAt: null,
  ...given,
});

const after = (ms: number) => told({ toldAt: NOW - DAY_MS, repairedAt: NOW - DAY_MS + ms });

describe('The effect of mail', () => {
  it('of no mail is nothing', () => {
    expect(effectOf([], NOW)).toEqual({ all: [], network: [], language: [], ask: [], reminders: [] });
  });

  it.each([
    [[2], 2],
    [[5, 1, 3], 3],
    [[1, 2, 3, 4], 2],
  ])('is the time within which half of the owners came back: %j hours', (hours, median) => {
    const [line] = effectOf(
      hours.map((each) => after(each * HOUR_MS)),
      NOW,
    ).all;
    expect(line).toMatchObject({ told: hours.length, repaired: hours.length, medianMs: median * HOUR_MS });
  });

  it.each([
    [NEVER_AFTER_MS - 1, null, 0],
    [NEVER_AFTER_MS, null, 1],
    [NEVER_AFTER_MS, NOW, 0],
  ])('counts as never whoever was told %d ms ago and has not come back', (agoMs, repairedAt, neverRepaired) => {
    const [line] = effectOf([told({ toldAt: NOW - agoMs, repairedAt })], NOW).all;
    expect(line).toMatchObject({ neverRepaired });
  });

  it('names groups that are too small to tell anything', () => {
    const many = Array.from({ length: SMALL }, () => told());
    const { network } = effectOf([...many, told({ network: null }), told({ network: 'x' })], NOW);
    expect(network.map(({ group, isSmall }) => [group, isSmall])).toEqual([
      ['facebook', false],
      [null, true],
      ['x', true],
    ]);
  });

  it('is told by network, by the language that was written in, by what was asked, and by reminders', () => {
    const { language, ask, reminders } = effectOf(
      [told({ locale: 'de-CH' }), told({ locale: 'sv', action: 'privileges', remindersUsed: 2 })],
      NOW,
    );
    expect(language.map(({ group }) => group)).toEqual(['de', 'en']);
    expect(ask.map(({ group }) => group)).toEqual(['reconnect', 'privileges']);
    expect(reminders.map(({ group }) => group)).toEqual([0, 2]);
  });
});
