import { z } from 'zod';
import { previewKinds } from '../../monitoring/mailing/preview-kinds.ts';
import { explanation as explanationView } from '../../monitoring/views/explanation.ts';
import { incidentDetail, incidentView } from '../../monitoring/views/incidents.ts';
import { bounceOutcome, mailDetail, mailView, testedMail } from '../../monitoring/views/mail.ts';
import { text } from '../../monitoring/views/parts.ts';

/** The answers about incidents and mail, by their names in the OpenAPI document. */

const incidentExample = {
  id: 'i-5f21',
  tenantId: '4ba1vqnyqq0hp7ur',
  tenantName: "Jane's Bakery",
  connectionId: 'c-81f0',
  network: 'facebook',
  accountId: '17841400000000000',
  displayName: "Jane's Bakery",
  action: 'reconnect',
  conditions: ['token_invalid'],
  state: 'open',
  openedAt: '2026-11-28T08:00:12.000Z',
  confirmedAt: '2026-11-28T08:15:12.000Z',
  closedAt: null,
  closeReason: null,
  acknowledgedAt: null,
  snoozedUntil: null,
  toldAt: null,
  decision: 'first_alert',
  notifications: ['m-77aa'],
};

export const incident = incidentView.meta({ id: 'Incident', examples: [incidentExample] });

const mailExample = {
  id: 'm-77aa',
  tenantId: '4ba1vqnyqq0hp7ur',
  kind: 'alert',
  to: ['jane@bakery.example'],
  subject: "Reconnect Facebook for Jane's Bakery",
  state: 'sent',
  reason: 'first_alert',
  attempts: 1,
  firstAttemptAt: '2026-11-28T08:17:13.000Z',
  lastAttemptAt: '2026-11-28T08:17:13.000Z',
  outcomeUnknown: false,
  response: '250 2.0.0 Ok: queued',
  messageId: '<m-77aa@linkwatch.example>',
  createdAt: '2026-11-28T08:15:12.000Z',
  dueAt: '2026-11-28T08:17:12.000Z',
  sentAt: '2026-11-28T08:17:13.000Z',
};

export const mail = mailView.meta({ id: 'Mail', examples: [mailExample] });

export const incidentWithMail = incidentDetail.meta({
  id: 'IncidentDetail',
  examples: [
    {
      ...incidentExample,
      timezone: 'America/New_York',
      mail: [{ ...mailExample, reader: 'owner' }],
      polls: [
        {
          from: '2026-11-28T08:00:12.000Z',
          to: '2026-11-28T09:00:12.000Z',
          health: 'broken',
          conditions: ['token_invalid'],
          polls: 3,
        },
      ],
      acts: [
        {
          at: '2026-11-28T08:31:00.000Z',
          action: 'contact.check',
          by: { kind: 'contact', email: 'jane@bakery.example' },
        },
      ],
    },
  ],
});

export const mailWithText = mailDetail.meta({
  id: 'MailDetail',
  examples: [{ ...mailExample, incidents: ['i-5f21'], text: 'Facebook has logged you out.', html: null }],
});

export const mailSelected = z
  .object({ changed: z.array(z.string()).readonly(), skipped: z.array(z.string()).readonly() })
  .meta({ id: 'MailSelected', examples: [{ changed: ['m-77aa'], skipped: [] }] });

export const explanation = explanationView.meta({
  id: 'Explanation',
  examples: [
    {
      tenant: { id: '4ba1vqnyqq0hp7ur', name: "Jane's Bakery", state: 'active' },
      from: '2026-10-29T09:12:00.000Z',
      at: '2026-11-28T09:12:00.000Z',
      contacts: [{ email: 'jane@bakery.example', role: 'owner', state: 'active', wantsReminders: true, snoozes: [] }],
      incidents: [incidentExample],
      mail: [{ ...mailExample, reader: 'owner', incidents: ['i-5f21'] }],
      holds: [],
      next: [
        {
          kind: 'reminder',
          at: '2026-11-30T14:00:00.000Z',
          incidentId: 'i-5f21',
          mailId: null,
          to: ['jane@bakery.example'],
          reason: null,
          unless: ['good_poll', 'snooze'],
        },
      ],
    },
  ],
});

export const mailPreview = z
  .object({
    kind: z.enum(previewKinds),
    subject: text,
    headers: z.record(text, text),
    text,
    html: text,
  })
  .meta({
    id: 'MailPreview',
    examples: [
      {
        kind: 'alert',
        subject: "Reconnect Facebook (Jane's Bakery) to keep posting",
        headers: { 'Auto-Submitted': 'auto-generated' },
        text: 'Facebook has logged you out.',
        html: '<!doctype html>\n<html lang="en">…</html>\n',
      },
    ],
  });

const pageExample = '<!doctype html>\n<html lang="en">…</html>\n';
export const previewHtml = z.string().meta({ examples: [pageExample] });
export const previewText = z.string().meta({ examples: ['Facebook has logged you out.'] });

export const mailTested = testedMail.meta({
  id: 'TestedMail',
  examples: [{ to: 'ops@watch.example.com', outcome: 'accepted', response: '250 2.0.0 Ok: queued' }],
});

export const returnedMail = z
  .custom<Uint8Array>((body) => body instanceof Uint8Array)
  .meta({
    type: 'string',
    contentMediaType: 'message/rfc822',
    description: 'A mail as it came, headers first (RFC 5322); within it the report (RFC 3464).',
    examples: ['Return-Path: <>\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n…'],
  });

export const bounce = bounceOutcome.meta({
  id: 'Bounce',
  examples: [
    {
      outcome: 'recorded',
      id: 'm-77aa',
      to: ['jane@bakery.example'],
      kind: 'alert',
      status: '5.1.1',
      response: '550 5.1.1 No such user',
      reason: 'address_rejected',
      isRepeated: false,
      contactState: 'undeliverable',
    },
  ],
});
