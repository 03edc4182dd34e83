import type { Instant } from '../domain/model/time.ts';
import type { TenantDetail } from '../monitoring/views.ts';

type Invitation = NonNullable<TenantDetail['invitation']>;

/** What is known of an invitation to connect an account, in one sentence. */
export function invitationText(
  { to, state, sentAt, response, begunAt }: Invitation,
  moment: (at: Instant) => string,
): string {
  if (begunAt !== null) return `${to} pressed the button that leads to Constant Contact, ${moment(begunAt)}.`;
  switch (state) {
    case 'sent':
      return `A mail server took it for ${to}${sentAt === null ? '' : `, ${moment(sentAt)}`}. Nobody has pressed its page’s button yet.`;
    case 'failed':
      return `It could not be delivered to ${to}${response === null ? '' : `: ${response}`}`;
    case 'held':
    case 'pending':
      return `It waits to be sent to ${to}.`;
    case 'cancelled':
      return `It was not sent to ${to}.`;
  }
}

/** Why nothing is said of a link that was merely opened. */
export const OPENED_SAYS_NOTHING =
  'Whether the link was merely opened says nothing, as programs that check mail open links, too: it is not written down.';
