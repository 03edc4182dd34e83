import type { Hold } from '../../src/domain/model/hold.ts';
import type {
  ComposedMail,
  MessageContent,
  MessageProblem,
  MessageRecipient,
} from '../../src/domain/model/message-content.ts';
import { HOUR_MS } from '../../src/domain/model/time.ts';
import type { MailerOptions } from '../../src/mail/create-mailer.ts';
import { defaultReconnectSteps } from '../../src/mail/reconnect-steps.ts';
import { aBrand, aContact, aHold, aTenant, NOW } from './builders.ts';

/** An alert to the owner about one Facebook account that must be reconnected. */
export function aLetter(given: Partial<MessageContent> = {}): MessageContent {
  return {
    notificationId: 'notification-1',
    kind: 'alert',
    reason: 'first_alert',
    to: 'jane@bakery.example',
    at: NOW,
    recipient: aRecipient(),
    problems: [aProblem()],
    isLastReminder: false,
    conversationId: 'conversation-1',
    threadSubject: null,
    report: null,
    ...given,
  };
}

export function aRecipient(given: Partial<MessageRecipient> = {}): MessageRecipient {
  return { contact: aContact(), tenant: aTenant(), alsoTo: [], ...given };
}

type Named = Readonly<{ network: string; accountId: string; displayName: string | null }>;

/** The connection's own fields are given beside the others: `{ network: 'x', displayName: null }`. */
export function aProblem(given: Partial<MessageProblem> & Partial<Named> = {}): MessageProblem {
  const { network, accountId, displayName, ...problem } = given;
  return {
    incidentId: 'incident-1',
    connection: {
      network: network ?? 'facebook',
      accountId: accountId ?? '10223344556677889',
      displayName: displayName === undefined ? "Jane's Bakery" : displayName,
    },
    action: 'reconnect',
    conditions: ['token_invalid'],
    since: NOW - HOUR_MS,
    until: null,
    pages: null,
    ...problem,
  };
}

/** About our own access to the account. */
export function anAccessProblem(given: Partial<MessageProblem> = {}): MessageProblem {
  return aProblem({ connection: null, action: 'reauthorize', conditions: [], ...given });
}

export function anOperatorLetter(given: Partial<MessageContent> = {}): MessageContent {
  return aLetter({
    kind: 'operator',
    reason: 'outage_began',
    to: 'operator@linkwatch.example',
    recipient: null,
    problems: [],
    report: { about: 'outage_began', since: NOW - HOUR_MS, failing: 30, polled: 40, kind: 'timeout' },
    ...given,
  });
}

/** Of a quarter of the fleet, for Facebook, since an hour ago. */
export function aReportedHold(given: Partial<Hold> = {}): Hold {
  return aHold({ beganAt: NOW - HOUR_MS, tenants: 100, ...given });
}

export function aComposedMail(given: Partial<ComposedMail> = {}): ComposedMail {
  const to = given.to ?? 'jane@bakery.example';
  return {
    messageId: `<notification-to-${to}@linkwatch.example>`,
    envelopeFrom: 'alerts@linkwatch.example',
    to,
    subject: 'Reconnect Facebook',
    html: '<p>Reconnect Facebook</p>',
    text: 'Reconnect Facebook',
    headers: { From: 'alerts@linkwatch.example' },
    ...given,
  };
}

/** `smtpUrl` leads nowhere unless it is given. */
export function mailerOptions(given: Partial<MailerOptions> = {}): MailerOptions {
  return {
    smtpUrl: 'smtp://127.0.0.1:1',
    mailFrom: { name: '', address: 'alerts@linkwatch.example' },
    replyTo: null,
    brand: aBrand(),
    publicUrl: 'https://watch.example.com',
    linkKeys: [new Uint8Array(32).fill(7)],
    returnPath: null,
    returnPathKeys: [new Uint8Array(32).fill(8)],
    reconnectUrl: 'https://app.constantcontact.com',
    reconnectSteps: defaultReconnectSteps,
    ...given,
  };
}
