import { describe, expect, it } from '@jest/globals';
import { HOUR_MS } from '../../../src/domain/model/time.ts';
import type { Look } from '../../../src/http/dashboard/frame.ts';
import { incidentRows } from '../../../src/http/dashboard/incident-page.ts';
import type { IncidentView } from '../../../src/monitoring/views.ts';
import { NOW } from '../../support/builders.ts';
import { anIncidentView } from '../../support/cli-views.ts';

const look = { now: NOW, zone: 'UTC', base: '' } as Look;

describe('Whether the people of a tenant were told, in a table of incidents,', () => {
  it.each<[string, Partial<IncidentView>, RegExp]>([
    ['is when', { toldAt: NOW - HOUR_MS }, /^<time [^>]*>1 h ago<\/time>$/],
    ['is when, though it is over', { toldAt: NOW - HOUR_MS, closedAt: NOW, closeReason: 'recovered' }, /1 h ago/],
    ['is to come while mail waits', { decision: 'first_alert' }, /^<strong>not yet<\/strong>$/],
    [
      'is not to come when no server took the mail',
      { decision: 'mail_address_refused' },
      /^no, because the mail server/,
    ],
    ['is not to come when the mail was discarded', { decision: 'discarded' }, /^no, because it was discarded/],
    ['is not to come when it is over', { closedAt: NOW, decision: 'not_confirmed' }, /^no, because the next poll did/],
    ['waits for another poll', { notifications: [], decision: 'awaiting_confirmation' }, /^no, because another poll/],
    ['has a reason that is no HTML', { notifications: [], decision: '<b>' }, /^no, because &lt;b&gt;$/],
  ])('%s', (_, given, told) => {
    expect(incidentRows([anIncidentView({ notifications: ['mail-1'], ...given })], look)[0]?.told).toMatch(told);
  });
});
