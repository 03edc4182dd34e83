import { describe, expect, it } from '@jest/globals';
import type { Incident } from '../../../src/domain/model/incident.ts';
import type { TenantNotification } from '../../../src/domain/model/notification.ts';
import { noUpdate, recordMembers } from '../../../src/domain/model/tenant-record.ts';
import { aNotification, anIncident, aTopic } from '../../support/builders.ts';

const closed = anIncident({ id: 'closed', state: 'closed', closeReason: 'recovered' });
const open = anIncident({ id: 'open', state: 'open' });
const mail = (id: string, state: TenantNotification['state'], ...about: readonly string[]) =>
  aNotification({ id, state, topics: about.map((incidentId) => aTopic({ incidentId })) });

describe('The record of a tenant', () => {
  it.each<[string, readonly Incident[], readonly TenantNotification[], readonly string[]]>([
    [
      'leaves out a closed incident, and the mail that was sent about it',
      [closed],
      [mail('sent', 'sent', 'closed')],
      [],
    ],
    ['has a closed incident that pending mail is about', [closed], [mail('m', 'pending', 'closed')], ['closed', 'm']],
    ['has a closed incident that held mail is about', [closed], [mail('m', 'held', 'closed')], ['closed', 'm']],
    [
      'has all mail about a closed incident that waiting mail is about',
      [closed],
      [mail('sent', 'sent', 'closed'), mail('m', 'held', 'closed')],
      ['closed', 'sent', 'm'],
    ],
    [
      'has mail of every state about an open incident',
      [open],
      [mail('a', 'sent', 'open'), mail('b', 'failed', 'open'), mail('c', 'cancelled', 'open')],
      ['open', 'a', 'b', 'c'],
    ],
    [
      'has sent mail about an open and a closed incident, but not the closed one',
      [open, closed],
      [mail('m', 'sent', 'closed', 'open')],
      ['open', 'm'],
    ],
    ['has mail that waits and is about no incident', [], [mail('m', 'pending')], ['m']],
    ['leaves out sent mail that is about no incident', [], [mail('m', 'sent')], []],
  ])('%s', (_, incidents, notifications, expected) => {
    const members = recordMembers({ incidents, notifications });
    expect([...members.incidents, ...members.notifications].map(({ id }) => id)).toEqual(expected);
  });
});

it('an update of nothing has none of what an update may have', () => {
  const { tenantId, ...rest } = noUpdate('tenant-1');
  expect(tenantId).toBe('tenant-1');
  expect(Object.values(rest).filter((part) => part !== null && !(Array.isArray(part) && part.length === 0))).toEqual(
    [],
  );
});
