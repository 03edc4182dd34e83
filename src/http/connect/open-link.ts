import type { FastifyRequest } from 'fastify';
import type { ConnectLinkCheck } from '../../domain/model/link.ts';
import type { Viewer } from '../../monitoring/viewer.ts';
import type { ConnectingByPage } from '../bounded-calls.ts';
import { type BrandAndHelp, type Voice, voiceToStranger } from '../voice.ts';
import { type ConnectPage, type ConnectVoice, refusalPage, voiceToInvited } from './connect-words.ts';

export type OpenLinkOptions = BrandAndHelp &
  Readonly<{
    connecting: ConnectingByPage;
    verifyConnectLink(token: string): Promise<ConnectLinkCheck>;
  }>;

/** Whoever holds a link that works. */
export type Invited = Readonly<{
  kind: 'invited';
  viewer: Extract<Viewer, { kind: 'invited' }>;
  token: string;
  voice: ConnectVoice;
}>;

/** Whoever comes without a link that works, with the page that says why it opens nothing. */
export type Refused = Readonly<{ kind: 'refused'; page: ConnectPage; voice: Voice }>;

export async function openLink(
  token: string,
  { headers }: FastifyRequest,
  options: OpenLinkOptions,
): Promise<Invited | Refused> {
  const stranger = voiceToStranger(headers['accept-language'], options);
  const check = await options.verifyConnectLink(token);
  if (check.kind !== 'valid') return refused(check.kind === 'expired' ? 'expired' : 'nowhere', stranger);
  const viewer = { ...check, kind: 'invited' } as const;
  const invitation = await options.connecting.invitation(viewer);
  if (invitation === null) return refused('nowhere', stranger);
  const voice = voiceToInvited(invitation, options);
  return invitation.isUsed ? refused('used', voice) : { kind: 'invited', viewer, token, voice };
}

export function refused(kind: Parameters<typeof refusalPage>[0], voice: Voice): Refused {
  return { kind: 'refused', page: refusalPage(kind, voice), voice };
}
