import type { MessageContent } from '../domain/model/message-content.ts';
import type { OwnerLinks } from './links.ts';
import type { Sender } from './sender.ts';

/** Values as they stand in the mail, unfolded and unencoded; `To` and `Subject` are the mail's own fields. */
export function mailHeaders(
  content: MessageContent,
  { sender, replyTo, links }: Readonly<{ sender: Sender; replyTo: string | null; links: OwnerLinks | null }>,
): Readonly<Record<string, string>> {
  return {
    From: sender.header,
    ...(replyTo === null ? {} : { 'Reply-To': replyTo }),
    Date: new Date(content.at).toUTCString().replace('GMT', '+0000'),
    ...conversationHeaders(content.conversationId, sender),
    'Auto-Submitted': 'auto-generated',
    'X-Auto-Response-Suppress': 'All',
    ...(links === null ? {} : listHeaders(links, sender)),
  };
}

export function messageIdOf({ notificationId }: MessageContent, { domain }: Sender): string {
  return `<${notificationId}@${domain}>`;
}

/** All mails of a conversation answer one root that was never sent, so they stay together whichever arrive. */
function conversationHeaders(conversationId: string | null, { domain }: Sender): Record<string, string> {
  if (conversationId === null) return {};
  const root = `<${conversationId}.conversation@${domain}>`;
  return { 'In-Reply-To': root, References: root };
}

/** RFC 8058: the URL alone says who unsubscribes from what. */
function listHeaders({ unsubscribe }: OwnerLinks, { domain }: Sender): Record<string, string> {
  return {
    'List-Id': `Linkwatch <linkwatch.${domain}>`,
    'List-Unsubscribe': `<${unsubscribe}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  };
}
