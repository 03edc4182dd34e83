import type { ComposedMail, MessageContent, MessageRecipient } from '../domain/model/message-content.ts';
import type { Mailbox } from '../monitoring/tenants/email-address.ts';
import { plainName } from '../words/plain-name.ts';
import { plainSpaces } from '../words/plain-spaces.ts';
import { timeWords } from '../words/time-words.ts';
import { wordsFor } from '../words/words.ts';
import type { Links, OwnerLinks } from './links.ts';
import type { Templates } from './load-templates.ts';
import { mailHeaders, messageIdOf } from './mail-headers.ts';
import type { MailView, ShownMail } from './mail-view.ts';
import { operatorView } from './operator/operator-view.ts';
import { type ReconnectSteps, withBuiltInSteps } from './reconnect-steps.ts';
import type { ReturnPath } from './return-path.ts';
import { senderOf } from './sender.ts';
import { standInView } from './stand-in-view.ts';
import { accessRecoveredView, accessView } from './views/access-view.ts';
import { alertView } from './views/alert-view.ts';
import { flappingView } from './views/flapping-view.ts';
import { recoveredView } from './views/recovered-view.ts';
import { reminderView } from './views/reminder-view.ts';
import { removedView } from './views/removed-view.ts';
import type { ViewContext } from './views/view-context.ts';

export type ComposeOptions = Readonly<{
  templates: Templates;
  links: Links;
  from: Mailbox;
  returnPath: ReturnPath;
  replyTo: Mailbox | null;
  helpAddress: string;
  reconnectUrl: string;
  reconnectSteps: ReconnectSteps;
}>;

/** Renders the mail. Pure: the same content gives the same mail, byte for byte. */
export function composeMessage(content: MessageContent, shared: ComposeOptions): ComposedMail {
  const options = forTenant(content.recipient, shared);
  const sender = senderOf(options.from, 'Linkwatch');
  const links = ownerLinks(content, options.links);
  const context = contextOf(content, links, options);
  const isStandIn = content.recipient?.contact === null;
  const view = isStandIn ? standInView(viewOf(context), context) : viewOf(context);
  const subject = subjectOf(content, view);
  const { language, say } = context.words;
  const shown: ShownMail = { ...view, subject, language, colon: say('colon') };
  return {
    messageId: messageIdOf(content.notificationId, sender),
    envelopeFrom:
      content.recipient === null ? options.returnPath.plain : options.returnPath.addressOf(content.notificationId),
    to: plainName(content.to, 254) ?? '',
    subject,
    html: options.templates.html(shown),
    text: options.templates.text(shown),
    headers: mailHeaders(content, { sender, replyTo: options.replyTo, links }),
  };
}

/** The sender name, Reply-To and button address that a tenant may have of its own. */
function forTenant(recipient: MessageRecipient | null, options: ComposeOptions): ComposeOptions {
  if (recipient === null) return options;
  const { senderName, replyTo, reconnectUrl } = recipient.tenant;
  return {
    ...options,
    from: { ...options.from, name: plainName(senderName, 200) ?? options.from.name },
    replyTo: replyTo === null ? options.replyTo : { name: '', address: replyTo },
    helpAddress: replyTo ?? options.helpAddress,
    reconnectUrl: reconnectUrl ?? options.reconnectUrl,
  };
}

function ownerLinks({ recipient, at }: MessageContent, links: Links): OwnerLinks | null {
  if (recipient === null || recipient.contact === null) return null;
  return links.ownerLinks({ tenantId: recipient.tenant.id, contactId: recipient.contact.id }, at);
}

function contextOf(content: MessageContent, links: OwnerLinks | null, options: ComposeOptions): ViewContext {
  const { locale, timeZone } = placeOf(content.recipient);
  const words = wordsFor(locale);
  const time = timeWords({ locale: words.locale, timeZone, now: content.at });
  const reconnectSteps = withBuiltInSteps(options.reconnectSteps, words.say);
  return { ...options, reconnectSteps, content, words, time, links };
}

/** Mail to the operator uses no tenant's language or time zone. */
function placeOf(recipient: MessageRecipient | null): Readonly<{ locale: string; timeZone: string }> {
  if (recipient === null || recipient.contact === null) return { locale: 'en', timeZone: 'UTC' };
  const { contact, tenant } = recipient;
  return { locale: contact.locale ?? tenant.locale, timeZone: tenant.timezone };
}

function viewOf(context: ViewContext): MailView {
  const { kind, problems } = context.content;
  const isAccess = problems.length > 0 && problems.every(({ connection }) => connection === null);
  switch (kind) {
    case 'alert':
      return alertView(context);
    case 'reminder':
      return isAccess ? accessView(context) : reminderView(context);
    case 'recovered':
      return isAccess ? accessRecoveredView(context) : recoveredView(context);
    case 'reauthorize':
    case 'access_denied':
      return accessView(context);
    case 'flapping':
      return flappingView(context);
    case 'removed':
      return removedView(context);
    case 'operator':
    case 'digest':
      return operatorView(context.content, context.time);
  }
}

/**
 * Reminders repeat the alert's subject. A recovery never does: good news must not stand under the subject of the bad, so
 * that `References` alone keeps it in the thread.
 */
function subjectOf({ kind, threadSubject }: MessageContent, view: MailView): string {
  return plainSpaces(kind === 'reminder' && threadSubject !== null ? `Re: ${threadSubject}` : view.subject);
}
