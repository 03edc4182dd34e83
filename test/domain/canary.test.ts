import { describe, expect, it } from '@jest/globals';
import { canaryMayTakeMs, isCanaryBroken } from '../../src/domain/canary.ts';
import type { Incident } from '../../src/domain/model/incident.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/model/time.ts';
import { anIncident, aTenant } from '../support/builders.ts';
import { alertSettings } from '../support/domain-settings.ts';

const MIDNIGHT = Date.UTC(2026, 10, 28);
const baselined = aTenant({ baselinedAt: MIDNIGHT - 9 * DAY_MS });

function untold(openedAt: number): Incident {
  return anIncident({ state: 'open', openedAt, alerting: { lastAlert: null } });
}
function told(openedAt: number): Incident {
  const lastAlert = { action: 'reconnect', at: openedAt + MINUTE_MS, conversationId: 'mail-1' } as const;
  return anIncident({ state: 'open', openedAt, alerting: { lastAlert } });
}

describe('The connection of the canary', () => {
  it.each<[boolean, string, number, number | null, readonly Incident[]]>([
    [true, 'on its first day', MIDNIGHT, null, []],
    [true, 'on the first poll of a day', MIDNIGHT, MIDNIGHT - 1, []],
    [false, 'for the rest of a day in which its contact was told', MIDNIGHT + DAY_MS - 1, MIDNIGHT, []],
    [true, 'until its contact is told', MIDNIGHT + 15 * MINUTE_MS, null, [untold(MIDNIGHT)]],
    [false, 'once its contact is told, past midnight too', MIDNIGHT, MIDNIGHT - 1, [told(MIDNIGHT - HOUR_MS)]],
    [false, 'when the day ends without anybody told, so that it recovers', MIDNIGHT, null, [untold(MIDNIGHT - 1)]],
    [true, 'and breaks anew then', MIDNIGHT + HOUR_MS, null, [anIncident({ state: 'closed', closedAt: MIDNIGHT })]],
  ])('is broken (%s) %s', (isBroken, _, now, lastToldAt, incidents) => {
    expect(isCanaryBroken({ tenant: baselined, incidents }, lastToldAt, now)).toBe(isBroken);
  });

  it('is well on its very first poll, so that a break follows', () => {
    const tenant = aTenant({ baselinedAt: null });
    expect(isCanaryBroken({ tenant, incidents: [] }, null, MIDNIGHT)).toBe(false);
  });
});

describe('The time between two mails of the canary', () => {
  it('grows with the time that certainty takes', () => {
    const settings = alertSettings({ recheckAfterMs: 15 * MINUTE_MS, confirmPolls: 2, recoveryPolls: 2 });
    expect(canaryMayTakeMs({ ...settings, groupWaitMs: 2 * MINUTE_MS })).toBe(26 * HOUR_MS + 2 * MINUTE_MS);
  });
});
