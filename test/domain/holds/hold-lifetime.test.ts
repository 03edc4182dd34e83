import { describe, expect, it } from '@jest/globals';
import { endOfHold, enoughPolled, isFleetWide } from '../../../src/domain/holds/hold-lifetime.ts';
import type { Hold } from '../../../src/domain/model/hold.ts';
import { aHold, NOW } from '../../support/builders.ts';
import { alertSettings } from '../../support/domain-settings.ts';
import { ms } from '../../support/domain-time.ts';

describe('Tenants with the same trouble are a problem of the whole fleet', () => {
  it.each<[string, number, number, boolean]>([
    ['when they are FLEET_MIN and all that were polled', 10, 10, true],
    ['not when they are one fewer than FLEET_MIN', 9, 9, false],
    ['when they are exactly FLEET_SHARE of those polled', 10, 40, true],
    ['not when they are just below FLEET_SHARE', 10, 41, false],
    ['not when they are many, but a small share', 100, 5000, false],
    ['not when there are none', 0, 0, false],
  ])('%s', (_, suspects, polled, expected) => {
    expect(isFleetWide({ suspects, polled }, alertSettings())).toBe(expected);
  });

  it('not as soon as enoughPolled() tenants were polled, whatever the share', () => {
    for (let percent = 1; percent <= 100; percent += 1) {
      const settings = alertSettings({ fleetShare: percent / 100 });
      for (let suspects = 10; suspects <= 300; suspects += 1) {
        const polled = enoughPolled(suspects, settings);
        expect(isFleetWide({ suspects, polled }, settings)).toBe(false);
        expect(polled).toBeLessThanOrEqual(suspects / settings.fleetShare + 2);
      }
    }
    expect(enoughPolled(10, alertSettings({ fleetShare: 0 }))).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('A hold ends by itself', () => {
  it.each<[string, Partial<Hold>, number, number, string, string | null]>([
    ['when 90 % of its tenants are well again', {}, 10, 9, '1m', 'mostly_good_again'],
    ['not when fewer than 90 % are well again', {}, 20, 17, '1m', null],
    ['not while it has taken no incident yet', {}, 0, 0, '5h59m', null],
    ['after FLEET_HOLD', {}, 10, 0, '6h', 'held_long_enough'],
    ['after FLEET_HOLD with nobody concerned', {}, 0, 0, '6h', 'held_long_enough'],
    ['not a second before FLEET_HOLD', {}, 10, 0, '5h59m59s', null],
    ['never when it is a brake', { cause: { kind: 'brake' } }, 10, 10, '9d', null],
    ['never when it was begun by command', { cause: { kind: 'command' } }, 10, 10, '9d', null],
  ])('%s', (_, hold, concerned, recovered, after, expected) => {
    const context = { ...alertSettings(), now: NOW + ms(after) };
    expect(endOfHold(aHold(hold), { concerned, recovered }, context)).toBe(expected);
  });
});
