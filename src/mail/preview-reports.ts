import type { Hold } from '../domain/model/hold.ts';
import type { OperatorReport, ReportedHold } from '../domain/model/operator-report.ts';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../domain/model/time.ts';
import type { OperatorPreviewKind } from '../monitoring/mailing/preview-kinds.ts';
import { previewDigest } from './preview-digest.ts';

/** An example report to the operator of a fleet of hundreds, as of `at`. */
export function previewReport(kind: Exclude<OperatorPreviewKind, 'alert-to-operator'>, at: Instant): OperatorReport {
  const since = at - HOUR_MS;
  switch (kind) {
    case 'operator':
      return { about: 'outage_began', since, failing: 412, polled: 430, kind: 'timeout' };
    case 'operator-ended':
      return { about: 'outage_ended', since, endedAt: at, kind: 'timeout' };
    case 'quota-exceeded':
      return { about: 'quota_exceeded', since, used: 8_214, limit: 10_000, application: 'Northwind' };
    case 'operator-test':
      return { about: 'trial' };
    case 'hold-fleet':
      return { about: 'hold_began', hold: facebookHold(at - 25 * MINUTE_MS), polled: 430 };
    case 'hold-access':
      return { about: 'hold_began', hold: accessHold(at - 10 * MINUTE_MS), polled: 430 };
    case 'hold-ended':
      return holdEnded(at);
    case 'mail-works-again':
      return {
        about: 'mail_works_again',
        since: at - 3 * HOUR_MS,
        until: at,
        response: '535 5.7.8 Authentication failed',
      };
    case 'brake':
      return { about: 'brake', perHour: 500, held: 137 };
    case 'undeliverable':
      return { ...gone, why: 'undeliverable', response: '550 5.1.1 No such mailbox', left: 1 };
    case 'recipient-gone':
      return { ...gone, why: 'unsubscribed', response: null, left: 0 };
    case 'never-worked':
      return { about: 'never_worked', tenants: { items: [neverWorked], total: 12 } };
    case 'webhook-stopped':
      return { ...stopped, since: at - 3 * DAY_MS };
    case 'digest':
      return { about: 'digest', digest: previewDigest(at) };
  }
}

const gone = {
  about: 'recipient_gone',
  tenantId: '4ba1vqnyqq0hp7ur',
  tenantName: "Jane's Bakery",
  email: 'jane@janes-bakery.example',
  role: 'owner',
} as const;

const stopped = {
  about: 'webhook_stopped',
  why: 'failing',
  endpointId: '7c0q2m8k5x1t9s4d',
  host: 'shop.example',
  tenantId: null,
  response: 'HTTP 503',
} as const;

const neverWorked = {
  tenantId: '4ba1vqnyqq0hp7ur',
  tenantName: "Jane's Bakery",
  failure: 'invalid_grant',
} as const;

function facebookHold(since: Instant): Hold {
  return {
    id: 'preview',
    cause: { kind: 'fleet', network: 'facebook', condition: 'token_invalid' },
    since,
    beganAt: since + 15 * MINUTE_MS,
    endedAt: null,
    endReason: null,
    tenants: 128,
    sample: [],
  };
}

function accessHold(since: Instant): ReportedHold {
  return { ...facebookHold(since), cause: { kind: 'access', failure: 'invalid_grant' }, beganAt: since, tenants: 214 };
}

function holdEnded(at: Instant): OperatorReport {
  const hold = { ...facebookHold(at - 3 * HOUR_MS), endedAt: at - MINUTE_MS };
  return { about: 'hold_ended', hold, reason: 'mostly_good_again', recovered: 121, remaining: 7 };
}
