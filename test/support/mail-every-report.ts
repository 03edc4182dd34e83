import { conditions } from '../../src/domain/model/condition.ts';
import type { Digest } from '../../src/domain/model/digest.ts';
import type { ReportedCause } from '../../src/domain/model/fault.ts';
import { endReasons } from '../../src/domain/model/hold.ts';
import type { MessageContent } from '../../src/domain/model/message-content.ts';
import type { OperatorReport, ReportedHold } from '../../src/domain/model/operator-report.ts';
import { pollFailureKinds } from '../../src/domain/model/poll.ts';
import { previewDigest } from '../../src/mail/preview-digest.ts';
import { aTenant, NOW } from './builders.ts';
import { aLetter, anOperatorLetter, aRecipient, aReportedHold } from './mail-contents.ts';

const since = NOW - 3_600_000;

/** Letters that between them need every message there is for the operator, `failures` being the kinds of failure. */
export function everyOperatorLetter(failures: readonly string[]): readonly MessageContent[] {
  const reports: readonly OperatorReport[] = [
    ...failures.map((kind) => ({ about: 'outage_began', since, failing: 30, polled: 40, kind }) as const),
    { about: 'outage_ended', since, endedAt: NOW, kind: 'timeout' },
    { about: 'outage_ended', since, endedAt: NOW, kind: 'invalid_client', application: 'Northwind' },
    { about: 'quota_exceeded', since, used: 8_214, limit: 10_000 },
    { about: 'quota_exceeded', since, used: 8_214, limit: null, application: 'Northwind' },
    { about: 'trial' },
    { about: 'mail_works_again', since, until: NOW, response: '535 5.7.8 Authentication failed' },
    ...causes.map((cause) => ({ about: 'hold_began', hold: { ...aReportedHold(), cause }, polled: 400 }) as const),
    ...causes.map((cause) => endOf({ ...aReportedHold(), cause }, 'released', 2)),
    ...endReasons.map((reason) => endOf(aReportedHold(), reason, 2)),
    endOf(aReportedHold(), 'mostly_good_again', 0),
    { about: 'brake', perHour: 500, held: 7 },
    ...(['undeliverable', 'unsubscribed', 'not_mine'] as const).flatMap((why) => [0, 2].map((left) => gone(why, left))),
    ...[1, 2].map(
      (total) => ({ about: 'never_worked', tenants: { items: neverWorked.slice(0, total), total } }) as const,
    ),
    ...(['failing', 'gone'] as const).flatMap((why) => [webhookStopped(why, 'HTTP 500'), webhookStopped(why, null)]),
    { about: 'digest', digest: everyDigest() },
  ];
  const standIn = aLetter({ recipient: aRecipient({ contact: null, tenant: aTenant() }) });
  return [...reports.map((report) => anOperatorLetter({ report })), standIn];
}

const neverWorked = ['invalid_grant', 'forbidden'].map((failure) => ({
  tenantId: 'tenant-1',
  tenantName: "Jane's Bakery",
  failure: failure as 'invalid_grant' | 'forbidden',
}));

const causes: readonly ReportedCause[] = [
  ...conditions.map((condition) => ({ kind: 'fleet', network: 'facebook', condition }) as const),
  ...pollFailureKinds.map((failure) => ({ kind: 'access', failure }) as const),
  { kind: 'brake' },
  { kind: 'command' },
  { kind: 'restored' },
];

function endOf(hold: ReportedHold, reason: (typeof endReasons)[number], remaining: number): OperatorReport {
  return { about: 'hold_ended', hold, reason, recovered: 20, remaining };
}

function webhookStopped(why: 'failing' | 'gone', response: string | null): OperatorReport {
  const endpoint = { endpointId: 'webhook-1', host: 'shop.example', tenantId: null };
  return { about: 'webhook_stopped', why, ...endpoint, since, response };
}

function gone(why: 'undeliverable' | 'unsubscribed' | 'not_mine', left: number): OperatorReport {
  const email = 'jane@bakery.example';
  const response = why === 'undeliverable' ? '550 5.1.1 No such mailbox' : null;
  const whom = { tenantId: 'tenant-1', tenantName: "Jane's Bakery", email, role: 'owner' } as const;
  return { about: 'recipient_gone', ...whom, why, response, left };
}

/** The preview's, with what it has one of in every shape there is. */
function everyDigest(): Digest {
  const { held, unreachable, mailFailed, stillBroken, accessLost, ...others } = previewDigest(NOW);
  return {
    ...others,
    held: { items: held.items.flatMap((item) => causes.map((cause) => ({ ...item, cause }))), total: 40 },
    unreachable: {
      items: unreachable.items.flatMap((item) =>
        (['undeliverable', 'unsubscribed', 'not_mine'] as const).map((why) => ({ ...item, why })),
      ),
      total: 3,
    },
    mailFailed: {
      items: mailFailed.items.flatMap((item) => [
        ...['address_refused', 'refused', 'gave_up', 'bounced', 'something_else'].map((reason) => ({
          ...item,
          reason,
        })),
        { ...item, response: null },
      ]),
      total: 5,
    },
    stillBroken: {
      items: stillBroken.items.flatMap((item) => [
        ...(['reconnect', 'choose_profile', 'wait', 'none'] as const).map((action) => ({ ...item, action })),
        ...(['none', 'snoozed', 'acknowledged'] as const).map((reaction) => ({ ...item, reaction })),
      ]),
      total: 99,
    },
    restored: { items: [{ tenants: 2, since }], total: 1 },
    accessLost: {
      items: accessLost.items.flatMap((item) =>
        (['reauthorize', 'privileges'] as const).flatMap((action) => [
          { ...item, action },
          { ...item, action, missing: action === 'reauthorize' ? ('scope' as const) : ('privilege' as const) },
        ]),
      ),
      total: 8,
    },
  };
}
