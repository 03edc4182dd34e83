import type { Mailbox } from '../domain/model/email-address.ts';
import { DEFAULT_LOCALE } from '../domain/model/language.ts';
import type { ComposedMail, MessageContent, MessageRecipient } from '../domain/model/message-content.ts';
import { type Brand, BUILT_IN_COLOR, productSpeaker, type Speaker, speakerOf } from '../words/brand.ts';
import { type BrandColors, brandColors } from '../words/brand-colors.ts';
import { plainSpaces } from '../words/plain-spaces.ts';
import { timeWords } from '../words/time-words.ts';
import { wordsFor } from '../words/words.ts';
import type { ConnectLinks } from './connect-links.ts';
import type { Links, OwnerLinks } from './links.ts';
import type { Templates } from './load-templates.ts';
import { mailHeaders, messageIdOf } from './mail-headers.ts';
import type { MailView, ShownMail } from './mail-view.ts';
import { operatorView } from './operator/operator-view.ts';
import type { ReconnectSteps } from './reconnect-steps.ts';
import type { ReturnPath } from './return-path.ts';
import { senderOf } from './sender.ts';
import { standInView } from './stand-in-view.ts';
import { accessRecoveredView, accessView } from './views/access-view.ts';
import { alertView } from './views/alert-view.ts';
import { flappingView } from './views/flapping-view.ts';
import { invitationView } from './views/invitation-view.ts';
import { recoveredView } from './views/recovered-view.ts';
import { reminderView } from './views/reminder-view.ts';
import { removedView } from './views/removed-view.ts';
import { type ViewContext, worstFirst } from './views/view-context.ts';

export type ComposeOptions = Readonly<{
  templates: Templates;
  links: Links;
  connectLinks: ConnectLinks;
  from: Mailbox;
  returnPath: ReturnPath;
  replyTo: Mailbox | null;
  brand: Brand;
  reconnectUrl: string;
  reconnectSteps: ReconnectSteps;
}>;

/** How many accounts, or lines of a report's section, a mail lists; fewer where their names are very long. */
const LIMITS = { owner: 10, operator: 40 } as const;
/** Gmail cuts mail off at 102 KB, and with it the way to unsubscribe. */
const LARGEST_BYTES = 88_000;

/** Renders the mail. Pure: the same content gives the same mail, byte for byte. */
export function composeMessage(content: MessageContent, shared: ComposeOptions): ComposedMail {
  const speaker = speakerIn(content, shared);
  const options = forTenant(content.recipient, speaker, shared);
  const sender = senderOf(options.from, speaker.name);
  const links = ownerLinks(content, options.links);
  const context = contextOf(content, { ...options, speaker, links });
  const { subject, html, text } = withinBounds(context, { ...options, colors: colorsOf(content, options) });
  return {
    messageId: messageIdOf(content.notificationId, sender),
    envelopeFrom:
      content.recipient === null ? options.returnPath.plain : options.returnPath.addressOf(content.notificationId),
    // Not a letter more or fewer, or it is somebody else's address; with a space for a line break it is nobody's.
    to: content.to.replaceAll(/\p{Cc}/gu, ' '),
    subject,
    html,
    text,
    headers: mailHeaders(content, { sender, speaker, replyTo: options.replyTo, links }),
  };
}

type Written = Pick<ComposedMail, 'subject' | 'html' | 'text'>;
type Look = Pick<ComposeOptions, 'templates'> & Readonly<{ colors: BrandColors }>;

function withinBounds(context: ViewContext, look: Look): Written {
  const written = write(context, look);
  const isTooLong = Buffer.byteLength(written.html) > LARGEST_BYTES || Buffer.byteLength(written.text) > LARGEST_BYTES;
  if (!isTooLong || context.limit === 1) return written;
  return withinBounds({ ...context, limit: Math.floor(context.limit / 2) }, look);
}

function write(context: ViewContext, { templates, colors }: Look): Written {
  const { content, words, speaker } = context;
  const isStandIn = content.recipient?.contact === null;
  const view = isStandIn ? standInView(viewOf(context), context) : viewOf(context);
  const subject = subjectOf(content, view);
  const shown: ShownMail = {
    ...view,
    subject,
    speaker,
    colors,
    language: words.language,
    colon: words.say('colon'),
  };
  return { subject, html: templates.html(shown), text: templates.text(shown) };
}

function colorsOf({ recipient }: MessageContent, { brand }: ComposeOptions): BrandColors {
  return brandColors(recipient === null ? BUILT_IN_COLOR : brand.color);
}

/** The operator knows the product by its name. */
function speakerIn({ recipient }: MessageContent, { brand }: ComposeOptions): Speaker {
  return recipient === null ? productSpeaker : speakerOf(recipient.tenant.senderName, brand);
}

/**
 * The Reply-To and button address that a tenant may have of its own. A speaker whom somebody has named goes before the
 * name in MAIL_FROM: owners see one name alone.
 */
function forTenant(
  recipient: MessageRecipient | null,
  { isNamed, name }: Speaker,
  options: ComposeOptions,
): ComposeOptions {
  if (recipient === null) return options;
  const { replyTo, reconnectUrl } = recipient.tenant;
  return {
    ...options,
    from: isNamed ? { ...options.from, name } : options.from,
    replyTo: replyTo === null ? options.replyTo : { name: '', address: replyTo },
    reconnectUrl: reconnectUrl ?? options.reconnectUrl,
  };
}

function ownerLinks({ recipient, at }: MessageContent, links: Links): OwnerLinks | null {
  if (recipient === null || recipient.contact === null) return null;
  return links.ownerLinks({ tenantId: recipient.tenant.id, contactId: recipient.contact.id }, at);
}

/** For whoever is asked to connect the account; a reminder of lost access asks for the same as its alert. */
function connectUrlOf({ kind, recipient, problems, at }: MessageContent, links: ConnectLinks): string | null {
  if (recipient === null || recipient.contact === null) return null;
  const holder = { tenantId: recipient.tenant.id, contactId: recipient.contact.id };
  if (kind === 'invitation') return links.linkFor(holder, 'invitation', at);
  return problems.some(({ action }) => action === 'reauthorize') ? links.linkFor(holder, 'reauthorize', at) : null;
}

type Speaking = Omit<ComposeOptions, 'links'> & Readonly<{ speaker: Speaker; links: OwnerLinks | null }>;

function contextOf(content: MessageContent, options: Speaking): ViewContext {
  const { locale, timeZone } = readerLocaleOf(content.recipient);
  const words = wordsFor(locale, options.speaker.name);
  return {
    content: { ...content, problems: worstFirst(content.problems) },
    limit: content.recipient === null ? LIMITS.operator : LIMITS.owner,
    words,
    time: timeWords({ locale: words.locale, timeZone, now: content.at }),
    // Never the operator's own address: where no other is given, answers go to the sender, whom the reader sees.
    helpAddress: options.replyTo?.address ?? options.from.address,
    speaker: options.speaker,
    links: options.links,
    connectUrl: connectUrlOf(content, options.connectLinks),
    reconnectUrl: options.reconnectUrl,
    reconnectSteps: options.reconnectSteps,
  };
}

/** Mail to the operator uses no tenant's language or time zone. */
function readerLocaleOf(recipient: MessageRecipient | null): Readonly<{ locale: string; timeZone: string }> {
  if (recipient === null || recipient.contact === null) return { locale: DEFAULT_LOCALE, timeZone: 'UTC' };
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
    case 'invitation':
      return invitationView(context);
    case 'operator':
    case 'digest':
      return operatorView(context);
  }
}

/**
 * Reminders repeat the alert's subject. A recovery never does: good news must not stand under the subject of the bad,
 * so that `References` alone keeps it in the thread.
 */
function subjectOf({ kind, threadSubject }: MessageContent, view: MailView): string {
  return plainSpaces(kind === 'reminder' && threadSubject !== null ? `Re: ${threadSubject}` : view.subject);
}
