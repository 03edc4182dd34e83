import type { MessageContent } from '../domain/model/message-content.ts';
import type { Mailbox } from '../monitoring/tenants/email-address.ts';
import type { OwnerLinks } from './links.ts';
import { mailboxText, type Sender } from './sender.ts';

/** Header values, unfolded and unencoded, without `To` and `Subject`, which are fields of the mail itself. */
export function mailHeaders(
  content: MessageContent,
  { sender, replyTo, links }: Readonly<{ sender: Sender; replyTo: Mailbox | null; links: OwnerLinks | null }>,
): Readonly<Record<string, string>> {
  return {
    From: sender.header,
    ...(replyTo === null ? {} : { 'Reply-To': mailboxText(replyTo) }),
    Date: new Date(content.at).toUTCString().replace('GMT', '+0000'),
    ...conversationHeaders(content.conversationId, sender),
    'Auto-Submitted': 'auto-generated',
    'X-Auto-Response-Suppress': 'All',
    ...(links === null ? {} : listHeaders(links, sender)),
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

/** RFC 8058: the URL alone must identify the contact and the tenant. */
function listHeaders({ unsubscribe }: OwnerLinks, { domain }: Sender): Record<string, string> {
  return {
    'List-Id': `Linkwatch <linkwatch.${domain}>`,
    'List-Unsubscribe': `<${unsubscribe}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  };
}
