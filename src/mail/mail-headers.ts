import type { Mailbox } from '../domain/model/email-address.ts';
import type { MessageContent } from '../domain/model/message-content.ts';
import type { Speaker } from '../words/brand.ts';
import type { OwnerLinks } from './links.ts';
import { mailboxText, phraseText, type Sender } from './sender.ts';

type HeaderParts = Readonly<{ sender: Sender; speaker: Speaker; replyTo: Mailbox | null; links: OwnerLinks | null }>;

/** Header values, unfolded and unencoded, without `To` and `Subject`, which are fields of the mail itself. */
export function mailHeaders(
  content: MessageContent,
  { sender, speaker, replyTo, links }: HeaderParts,
): Readonly<Record<string, string>> {
  return {
    From: sender.header,
    ...(replyTo === null ? {} : { 'Reply-To': mailboxText(replyTo) }),
    Date: new Date(content.at).toUTCString().replace('GMT', '+0000'),
    ...conversationHeaders(content.conversationId, sender),
    'Auto-Submitted': 'auto-generated',
    'X-Auto-Response-Suppress': 'All',
    ...(links === null ? {} : listHeaders(links, { ...sender, ...speaker })),
  };
}

export function messageIdOf(notificationId: string, { domain }: Sender): string {
  return `<${notificationId}@${domain}>`;
}

/** All mails of a conversation refer to one root that is never sent, so any of them form one thread. */
function conversationHeaders(conversationId: string | null, { domain }: Sender): Record<string, string> {
  if (conversationId === null) return {};
  const root = `<${conversationId}.conversation@${domain}>`;
  return { 'In-Reply-To': root, References: root };
}

/**
 * RFC 8058: the URL alone must identify the contact and the tenant. Mail programs show the list's name; its identifier
 * stays the same whoever speaks, because readers sort mail by it.
 */
function listHeaders(
  { unsubscribe }: OwnerLinks,
  { name, domain }: Pick<Sender, 'domain'> & Pick<Speaker, 'name'>,
): Record<string, string> {
  return {
    'List-Id': `${phraseText(name)} <social-accounts.${domain}>`,
    'List-Unsubscribe': `<${unsubscribe}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  };
}
