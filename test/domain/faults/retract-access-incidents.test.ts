import { describe, expect, it } from '@jest/globals';
import { retractAccessIncidents } from '../../../src/domain/faults/retract-access-incidents.ts';
import type { Incident } from '../../../src/domain/model/incident.ts';
import type { Tenant } from '../../../src/domain/model/tenant.ts';
import {
  aConfirmedIncident,
  aNotification,
  anIncident,
  aTenant,
  aTopic,
  type GivenIncident,
  type GivenNotification,
  NOW,
} from '../../support/builders.ts';
import { aRecord } from '../../support/domain-record.ts';
import { ms } from '../../support/domain-time.ts';

const ofAccess = { connectionId: null, action: 'reauthorize', conditions: [] } as const;
const lost = aConfirmedIncident(ofAccess);
const mail = aNotification({ kind: 'reauthorize', topics: [aTopic({ action: 'reauthorize' })] });
const regular = NOW + ms('1h');

function blamed(incident: Incident, given: GivenNotification = {}, tenant: Partial<Tenant> = {}) {
  const record = aRecord({
    tenant: aTenant({ state: 'reauthorize', nextPollAt: null, ...tenant }),
    incidents: [incident],
    notifications: [aNotification({ ...mail, ...given })],
  });
  return retractAccessIncidents(record, NOW - ms('1h'), {
    now: NOW,
    newId: () => 'new',
    planRegularPoll: () => ({ nextPollAt: regular }),
  });
}

describe('when our access fails by our own fault', () => {
  it('what was concluded about a tenant is taken back, and nobody is told', () => {
    expect(blamed(lost)).toMatchObject({
      tenant: { state: 'active', nextPollAt: regular },
      incidents: [{ state: 'closed', closeReason: 'ours', closedAt: NOW, alerting: { decision: 'ours' } }],
      notifications: [{ state: 'cancelled', reason: 'ours' }],
    });
  });

  it('a suspicion is dropped as well', () => {
    const suspected = anIncident({ connectionId: null, action: 'privileges', conditions: [] });
    expect(blamed(suspected, { topics: [] }, { state: 'active' })).toMatchObject({
      incidents: [{ closeReason: 'ours' }],
      notifications: [],
    });
  });

  it('an owner who was asked for a new permission keeps the incident, and the tenant is polled again', () => {
    const told = { alerting: { lastAlert: { action: 'reauthorize', at: NOW, conversationId: 'c' } } } as const;
    const asked = aConfirmedIncident({ ...ofAccess, ...told });
    const unpolled = { state: 'reauthorize', nextPollAt: null } as const;
    const update = blamed(asked, {}, unpolled);
    expect(update.tenant).toMatchObject({ state: 'access_denied', nextPollAt: NOW + ms('1h') });
    expect(update).toMatchObject({ incidents: [], notifications: [] });
    expect(blamed(asked, {}, { state: 'access_denied' }).tenant).toBeNull();
    expect(blamed(asked, {}, { state: 'paused', nextPollAt: null }).tenant).toBeNull();
    expect(blamed({ ...asked, openedAt: NOW - ms('1h') - 1 }, {}, unpolled).tenant).toBeNull();
  });

  it('a paused tenant stays paused', () => {
    const paused = { state: 'paused', nextPollAt: null } as const;
    expect(blamed(lost, {}, paused).tenant).toMatchObject(paused);
  });

  it.each<[string, GivenIncident]>([
    ['an account', { connectionId: 'connection-1' }],
    ['what began before', { openedAt: NOW - ms('1h') - 1 }],
    ['what is over', { state: 'closed', closeReason: 'recovered', closedAt: NOW }],
  ])('trouble stays as it is with %s', (_, given) => {
    expect(blamed(aConfirmedIncident({ ...ofAccess, ...given }))).toMatchObject({
      tenant: null,
      incidents: [],
      notifications: [],
    });
  });

  it.each<[string, GivenNotification]>([
    ['that may have been read', { outcomeUnknown: true }],
    ['that was sent', { state: 'sent' }],
    ['about something else', { topics: [aTopic({ incidentId: 'another' })] }],
  ])('mail is left alone %s', (_, given) => {
    expect(blamed(lost, given).notifications).toEqual([]);
  });
});
