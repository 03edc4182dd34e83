import type { ComposedMail, Letter } from '../domain/letter.ts';
import { plainName } from '../words/plain-name.ts';
import { plainSpaces } from '../words/plain-spaces.ts';
import { timeWords } from '../words/time-words.ts';
import { wordsFor } from '../words/words.ts';
import type { Links, OwnerLinks } from './links.ts';
import type { Templates } from './load-templates.ts';
import { mailHeaders, messageIdOf } from './mail-headers.ts';
import type { MailView, ShownMail } from './mail-view.ts';
import { type ReconnectSteps, withBuiltInSteps } from './reconnect-steps.ts';
import type { ReturnPath } from './return-path.ts';
import type { Sender } from './sender.ts';
import { accessRecoveredView, accessView } from './views/access-view.ts';
import { alertView } from './views/alert-view.ts';
import { operatorView } from './views/operator-view.ts';
import { recoveredView } from './views/recovered-view.ts';
import { reminderView } from './views/reminder-view.ts';
import type { ViewContext } from './views/view-context.ts';

export type ComposeOptions = Readonly<{
  templates: Templates;
  links: Links;
  sender: Sender;
  returnPath: ReturnPath;
  replyTo: string | null;
  helpAddress: string;
  reconnectUrl: string;
  reconnectSteps: ReconnectSteps;
}>;

/** Writes the mail. Pure: the same letter gives the same mail to the byte. */
export function composeLetter(letter: Letter, options: ComposeOptions): ComposedMail {
  const links = ownerLinks(letter, options.links);
  const context = contextOf(letter, links, options);
  const view = viewOf(context);
  const subject = subjectOf(letter, view);
  const { language, say } = context.words;
  const shown: ShownMail = { ...view, subject, language, colon: say('colon') };
  return {
    messageId: messageIdOf(letter, options.sender),
    envelopeFrom:
      letter.recipient === null ? options.returnPath.plain : options.returnPath.addressOf(letter.notificationId),
    to: plainName(letter.to, 254) ?? '',
    subject,
    html: options.templates.html(shown),
    text: options.templates.text(shown),
    headers: mailHeaders(letter, { ...options, links }),
  };
}

function ownerLinks({ recipient, at }: Letter, links: Links): OwnerLinks | null {
  if (recipient === null) return null;
  return links.ownerLinks({ tenantId: recipient.tenant.id, contactId: recipient.contact.id }, at);
}

function contextOf(letter: Letter, links: OwnerLinks | null, options: ComposeOptions): ViewContext {
  const tenant = letter.recipient?.tenant ?? { locale: 'en', timezone: 'UTC' };
  const words = wordsFor(tenant.locale);
  const time = timeWords({ locale: words.locale, timeZone: tenant.timezone, now: letter.at });
  const reconnectSteps = withBuiltInSteps(options.reconnectSteps, words.say);
  return { ...options, reconnectSteps, letter, words, time, links };
}

function viewOf(context: ViewContext): MailView {
  const { kind, problems } = context.letter;
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
    case 'operator':
      return operatorView(context);
    case 'flapping':
    case 'removed':
    case 'digest':
      throw new Error(`No mail of the kind ${kind} is written`);
  }
}

/** Replies keep the subject of the alert they follow, which keeps them in its thread. */
function subjectOf({ threadSubject }: Letter, view: MailView): string {
  return plainSpaces(threadSubject === null ? view.subject : `Re: ${threadSubject}`);
}
