import { isUnnamed } from '../../domain/model/tenant.ts';
import type { ConnectOutcome, FirstLook, InviteOutcome } from '../../monitoring/application.ts';
import { failureText } from '../../words/operator-wording.ts';
import { CommandFailure, unknownApplication } from '../failure.ts';
import { plain, plural } from './plain-text.ts';

type Connected = Extract<ConnectOutcome, { outcome: 'connected' }>;
type Asked = Extract<ConnectOutcome, { outcome: 'asks' }>;

export function connectedText({ tenant, isNew, look }: Connected): string {
  const done = isNew ? 'is watched from now on' : 'is connected again, and its new permission is in use';
  return [
    `${plain(tenant.name)} ${done}. Its id is ${tenant.id}.`,
    lookText(look),
    `\`linkwatch status --tenant ${tenant.id}\` shows its social accounts.`,
    ...(isNew ? ['`linkwatch start` polls it from now on, and mails its owner when one breaks.'] : []),
  ].join('\n');
}

function lookText(look: FirstLook): string {
  switch (look.poll) {
    case 'good': {
      const broken = look.broken === 0 ? 'none of them broken' : `${look.broken} of them broken`;
      return `First poll: ${plural(look.connections, 'social account')}, ${broken}.`;
    }
    case 'failed':
      return `The first poll failed: ${failureText(look.failure.kind)} (${plain(look.failure.detail).slice(0, 200)}).`;
    case 'none':
      return 'It was not polled yet: it is paused, or the requests of the day are used up.';
  }
}

/** Beside a permission that lets us not read which account it is for. */
export const ACCOUNT_UNREAD =
  'account_read was not granted, or its user may not read the account: Linkwatch cannot tell which account this is, so it cannot notice when the same one is connected again.';

export function questionText({ found, expected, isAnotherTenants }: Asked): string {
  const name = plain(found.name ?? 'an account without a name');
  const account = found.contactEmail === null ? name : `${name} (${plain(found.contactEmail)})`;
  const consequence = isAnotherTenants ? 'That account is watched already, as another tenant. ' : '';
  return `You signed in as ${account}, but this is for ${plain(expected.name)} (${expected.id}). ${consequence}`.trim();
}

/** What the browser shows; the terminal says the rest. */
export function browserSentence(outcome: ConnectOutcome): string {
  switch (outcome.outcome) {
    case 'connected':
      return `${outcome.tenant.name} is connected. You may close this page.`;
    case 'asks':
      return 'linkwatch connect has a question in the terminal. You may close this page.';
    case 'denied':
      return 'You did not allow access, so nothing was changed. You may close this page.';
    default:
      return 'The account was not connected. The terminal says why; you may close this page.';
  }
}

type Invited = Extract<InviteOutcome, { outcome: 'invited' | 'waits' }>;

export function invitedText({ outcome, tenant, mailId }: Invited, email: string): string {
  const mail = outcome === 'waits' ? 'An invitation to' : 'A mail to';
  const name = isUnnamed(tenant.name, [email]) ? 'The account' : plain(tenant.name);
  return [
    `${mail} ${plain(email)} waits to be sent, with a link that works once and for 7 days: \`linkwatch mail show ${mailId}\`.`,
    `${name} is tenant ${tenant.id}, and waits to be connected.`,
  ].join('\n');
}

/** Why nobody was invited. */
export function notInvited(
  outcome: Exclude<InviteOutcome, Invited>,
  { email, application = '' }: Readonly<{ email: string; application?: string | undefined }>,
): CommandFailure {
  switch (outcome.outcome) {
    case 'unknown_application':
      return unknownApplication(application);
    case 'gone':
      return new CommandFailure('The tenant was removed meanwhile.', '`linkwatch tenant list` shows those there are.');
    case 'of_another_application':
      return new CommandFailure(
        'The tenant is assigned to another application; nobody was invited.',
        'Assign it first: `linkwatch tenant update ID --application NAME`. One that works already is connected anew here: `linkwatch connect --tenant ID --application NAME`.',
      );
    case 'no_contact':
      return new CommandFailure(
        `${plain(email)} is no contact of ${plain(outcome.tenant.name)}.`,
        `Name the owner first: linkwatch tenant update ${outcome.tenant.id} --owner ${plain(email)}`,
      );
    case 'no_mail_wanted':
      return new CommandFailure(
        `${plain(email)} gets no mail about ${plain(outcome.tenant.name)}: ${outcome.state.replaceAll('_', ' ')}.`,
        'Ask in another way, or invite somebody else.',
      );
  }
}

type NotConnected = Exclude<ConnectOutcome, Connected | Asked>;

/** Why a command that was to connect an account did not. */
export function notConnected(outcome: NotConnected): CommandFailure {
  const [message, hint] = wordsFor(outcome);
  return new CommandFailure(message, hint);
}

function wordsFor(outcome: NotConnected): readonly [string, string] {
  switch (outcome.outcome) {
    case 'denied':
      return [
        'Access was refused on Constant Contact’s page; nothing was changed.',
        'Run the command again to allow it.',
      ];
    case 'expired':
      return ['Nobody answered in time; nothing was changed.', 'Run the command again, and answer within minutes.'];
    case 'scopes_missing':
      return [
        `Constant Contact did not grant ${outcome.scopes.join(' and ')}, so nothing was stored.`,
        'Linkwatch needs campaign_data to look, and offline_access to go on looking. Check what the application may ask for in the developer portal, and allow everything.',
      ];
    case 'unnamed':
      return [
        'Constant Contact does not say which account this is, so nothing was stored.',
        'Give the new tenant --name and --owner, or name the tenant with --tenant.',
      ];
    case 'gone':
      return [
        'The tenant was removed meanwhile; nothing was changed.',
        '`linkwatch tenant list` shows those there are.',
      ];
    case 'stopped':
      return ['Stopped before anybody had answered; nothing was changed.', 'Run the command again.'];
    case 'forged':
    case 'link_used':
      return ['The answer does not belong to this command; nothing was changed.', 'Run the command again.'];
    case 'nothing_changed':
      return [
        'Nothing was changed.',
        'Sign out of Constant Contact in the browser, and run the command again to sign in to the other account.',
      ];
    case 'failed':
      return failureWords(outcome.failure);
  }
}

function failureWords({
  kind,
  detail,
}: Extract<ConnectOutcome, { outcome: 'failed' }>['failure']): readonly [string, string] {
  const message = `The account was not connected: ${failureText(kind)} (${plain(detail)}).`;
  if (detail.includes('unauthorized_client')) {
    return [
      message,
      'The application is not registered for this way in: `linkwatch connect --help` says what each needs.',
    ];
  }
  if (kind === 'invalid_client') {
    return [message, 'Check CONSTANT_CONTACT_CLIENT_ID and CONSTANT_CONTACT_CLIENT_SECRET.'];
  }
  return [message, 'Nothing was changed. Run the command again; `linkwatch doctor` tries each part.'];
}
