import type { PollFailureKind } from '../../domain/model/poll.ts';
import type { ConnectOutcome, InvitationView } from '../../monitoring/application.ts';
import { speakerOf } from '../../words/brand.ts';
import { tenantName } from '../../words/connection-words.ts';
import { shownName } from '../../words/plain-name.ts';
import { wordsFor } from '../../words/words.ts';
import type { BrandAndHelp, Voice } from '../voice.ts';

/** How a page speaks to a reader whose link names an account. */
export type ConnectVoice = Voice & Readonly<{ /** The account, as a sentence names it. */ tenant: string }>;

/** The reader's own language. */
export function voiceToInvited(
  { tenant, contact }: InvitationView,
  { brand, helpAddress }: BrandAndHelp,
): ConnectVoice {
  const speaker = speakerOf(tenant.senderName, brand);
  const { language, say } = wordsFor(contact.locale ?? tenant.locale, speaker.name);
  const help = tenant.replyTo ?? helpAddress;
  return { language, speaker, say, help, tenant: tenantName(tenant.name, say) };
}

export type ConnectPage = Readonly<{
  status: number;
  heading: string;
  lines: readonly string[];
  /** What the reader can do next. */
  ways: readonly ('begin' | 'again' | 'other_account' | 'take')[];
  /** The name of the account that may be taken. */
  found: string;
  linksToOwnPage: boolean;
}>;

type Said = Pick<ConnectPage, 'heading' | 'lines'> & Partial<ConnectPage>;

function pageOf(said: Said): ConnectPage {
  return { status: 200, ways: [], found: '', linksToOwnPage: false, ...said };
}

export function startPage({ say, tenant }: ConnectVoice): ConnectPage {
  const lines = [say('invitation.intro', { tenant }), say('connect.how'), say('invitation.scope')];
  return pageOf({ heading: say('connect.heading', { tenant }), lines, ways: ['begin'] });
}

/** Links that are none, or none any more, and answers that belong to nothing. */
export function refusalPage(kind: 'expired' | 'nowhere' | 'used' | 'stale', { say, help }: Voice): ConnectPage {
  switch (kind) {
    case 'expired':
      return pageOf({
        status: 410,
        heading: say('page.expired.heading'),
        lines: [say('connect.expired.line', { help })],
      });
    case 'used': {
      const lines = [say('connect.used.line'), say('page.help', { help })];
      return pageOf({ status: 410, heading: say('connect.used.heading'), lines });
    }
    case 'nowhere': {
      const lines = [say('page.nowhere.line'), say('page.help', { help })];
      return pageOf({ status: 404, heading: say('page.nowhere.heading'), lines });
    }
    case 'stale': {
      const lines = [say('connect.stale.line'), say('page.help', { help })];
      return pageOf({ status: 403, heading: say('connect.stale.heading'), lines });
    }
  }
}

/** What became of the browser's way to Constant Contact and back. */
export function outcomePage(outcome: ConnectOutcome, voice: ConnectVoice): ConnectPage {
  const { say, help } = voice;
  switch (outcome.outcome) {
    case 'connected':
      return connectedPage(outcome, voice);
    case 'asks':
      return questionPage(outcome, voice);
    case 'link_used':
      return refusalPage('used', voice);
    case 'gone':
      return refusalPage('nowhere', voice);
    case 'forged':
    case 'expired':
      return refusalPage('stale', voice);
    case 'denied':
    case 'nothing_changed':
    case 'stopped':
      return pageOf({ heading: say('connect.denied.heading'), lines: [say('connect.denied.line')], ways: ['again'] });
    case 'scopes_missing': {
      const lines = [say('connect.scopes.line', { scopes: outcome.scopes.join(', '), help })];
      return pageOf({ heading: say('connect.scopes.heading'), lines, ways: ['again'] });
    }
    case 'failed':
      return { ...failurePage(outcome.failure.kind, voice), ways: ['again'] };
    case 'unnamed':
      return { ...oursPage(voice), ways: ['again'] };
  }
}

/** Constant Contact is not blamed for what is our fault, nor for a code that was used or has run out. */
function failurePage(kind: PollFailureKind, voice: Voice): ConnectPage {
  if (kind === 'invalid_grant') return refusalPage('stale', voice);
  if (kind === 'invalid_client' || kind === 'quota_exceeded') return oursPage(voice);
  const { say, help } = voice;
  const lines = [say('connect.failed.line', { help })];
  return pageOf({ status: 502, heading: say('connect.failed.heading'), lines });
}

function oursPage({ say, help }: Voice): ConnectPage {
  const lines = [say('page.trouble.line'), say('page.help', { help })];
  return pageOf({ status: 500, heading: say('page.trouble.failed'), lines });
}

function connectedPage(
  { givenName, look }: Extract<ConnectOutcome, { outcome: 'connected' }>,
  { say }: ConnectVoice,
): ConnectPage {
  const tenant = tenantName(givenName, say);
  const seen = look.poll === 'good' ? say('connect.done.seen', { count: look.connections }) : say('connect.done.later');
  const isBroken = look.poll === 'good' && look.broken > 0;
  const lines = [say('connect.done.line', { tenant }), seen, ...(isBroken ? [say('connect.done.broken')] : [])];
  return pageOf({ heading: say('connect.done.heading'), lines, linksToOwnPage: true });
}

function questionPage(
  { found: { name, contactEmail }, isAnotherTenants }: Extract<ConnectOutcome, { outcome: 'asks' }>,
  { say, tenant }: ConnectVoice,
): ConnectPage {
  const found = shownName(name) ?? say('connect.nameless');
  const account = contactEmail === null ? found : `${found} (${contactEmail})`;
  const other = isAnotherTenants ? [say('connect.asks.other')] : [];
  const lines = [say('connect.asks.line', { found: account, tenant }), ...other];
  return pageOf({ heading: say('connect.asks.heading'), lines, ways: ['other_account', 'take'], found });
}
