import type { MessageContent, MessageProblem } from '../domain/model/message-content.ts';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../domain/model/time.ts';
import type { PreviewKind } from '../monitoring/mailing/preview-kinds.ts';
import { wordsFor } from '../words/words.ts';
import { previewReport } from './preview-reports.ts';

type PreviewOptions = Readonly<{ at: Instant; to?: string; locale?: string }>;

/** The content of an example mail to an invented bakery, as of `at`. */
export function previewContent(kind: PreviewKind, { at, to, locale = 'en-US' }: PreviewOptions): MessageContent {
  const content = { ...blankLetter(at, locale), ...contentOf(kind, at), notificationId: `preview-${kind}-${at}` };
  return { ...content, ...(isReply(kind) ? { threadSubject: alertSubject(locale) } : {}), ...(to ? { to } : {}) };
}

const bakery = {
  id: '4ba1vqnyqq0hp7ur',
  name: "Jane's Bakery",
  timezone: 'America/New_York',
  locale: 'en-US',
  senderName: null,
  replyTo: null,
  reconnectUrl: null,
};

const toNobody = { contact: null, tenant: bakery, alsoTo: [] };

const OPERATOR = 'operator@linkwatch.example';

const operatorLetter = { kind: 'operator', to: OPERATOR, recipient: null, conversationId: null } as const;

function isReply(kind: PreviewKind): boolean {
  return kind === 'reminder' || kind === 'last-reminder';
}

/** The subject of the alert that reminders reply to. */
function alertSubject(locale: string): string {
  return wordsFor(locale).say('subject.reconnect', { network: 'Facebook', account: "Jane's Bakery" });
}

function blankLetter(at: Instant, locale: string): MessageContent {
  return {
    notificationId: 'preview',
    kind: 'alert',
    reason: 'first_alert',
    to: 'jane@janes-bakery.example',
    at,
    recipient: {
      contact: { id: 'preview', role: 'owner', email: 'jane@janes-bakery.example', locale: null },
      tenant: { ...bakery, locale },
      alsoTo: ['marc@janes-bakery.example'],
    },
    problems: [],
    isLastReminder: false,
    conversationId: 'preview',
    threadSubject: null,
    report: null,
  };
}

function contentOf(kind: PreviewKind, at: Instant): Partial<MessageContent> {
  switch (kind) {
    case 'alert':
      return { problems: [facebook(at - 25 * MINUTE_MS)] };
    case 'alert-several':
      return { problems: [facebook(at - 3 * HOUR_MS), instagram(at - 40 * MINUTE_MS)] };
    case 'alert-wait':
      return { problems: [linkedinWaits(at - 2 * HOUR_MS)] };
    case 'alert-baseline':
      return { reason: 'found_at_baseline', problems: [facebook(at - 30 * MINUTE_MS)] };
    case 'alert-settled':
      return { reason: 'settled_broken', problems: [facebook(at - 6 * HOUR_MS - 20 * MINUTE_MS)] };
    case 'flapping':
      return { kind, reason: 'flapping', problems: [facebook(at - 35 * MINUTE_MS)] };
    case 'removed':
      return { kind, reason: 'removed', problems: [removed(at)] };
    case 'reminder':
    case 'last-reminder':
      return reminder(at, kind === 'last-reminder');
    case 'recovered':
      return {
        kind: 'recovered',
        reason: 'recovered',
        problems: [{ ...facebook(at - 2 * DAY_MS - 4 * HOUR_MS), until: at - 20 * MINUTE_MS }],
      };
    case 'reauthorize':
      return { kind, problems: [access(at - 45 * MINUTE_MS, 'reauthorize')] };
    case 'access_denied':
      return { kind, problems: [access(at - 45 * MINUTE_MS, 'privileges')] };
    case 'invitation':
      return { kind, reason: 'invited', problems: [], conversationId: null };
    case 'alert-to-operator':
      return { to: OPERATOR, recipient: toNobody, problems: [facebook(at - 25 * MINUTE_MS)] };
    default:
      return { ...operatorLetter, report: previewReport(kind, at) };
  }
}

function facebook(since: Instant): MessageProblem {
  return {
    incidentId: 'preview-facebook',
    connection: { network: 'facebook', accountId: '10223344556677889', displayName: "Jane's Bakery" },
    action: 'reconnect',
    conditions: ['token_invalid'],
    since,
    until: null,
    pages: null,
  };
}

function instagram(since: Instant): MessageProblem {
  return {
    ...facebook(since),
    incidentId: 'preview-instagram',
    connection: { network: 'instagram', accountId: '17841400008460056', displayName: '@janesbakery' },
    action: 'choose_profile',
    conditions: ['no_profile'],
  };
}

function linkedinWaits(since: Instant): MessageProblem {
  return {
    ...facebook(since),
    incidentId: 'preview-linkedin',
    connection: { network: 'linkedin', accountId: '87654321', displayName: "Jane's Bakery" },
    action: 'wait',
    conditions: ['rate_limited'],
  };
}

function removed(at: Instant): MessageProblem {
  return { ...facebook(at - HOUR_MS), action: 'none', conditions: ['removed'], until: at - 5 * MINUTE_MS };
}

function access(since: Instant, action: 'reauthorize' | 'privileges'): MessageProblem {
  return { incidentId: 'preview-access', connection: null, action, conditions: [], since, until: null, pages: null };
}

function reminder(at: Instant, isLastReminder: boolean): Partial<MessageContent> {
  return {
    kind: 'reminder',
    reason: isLastReminder ? 'last_reminder_due' : 'reminder_due',
    problems: [facebook(at - (isLastReminder ? 22 : 2) * DAY_MS - 4 * HOUR_MS)],
    isLastReminder,
  };
}
