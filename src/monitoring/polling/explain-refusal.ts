import { knownRefusal, type RefusalKind, refusalKind } from '../../domain/detection/explain-refusal.ts';
import { LOOKING_SCOPE, type NewGrant } from '../../domain/model/grant.ts';
import type { PollFailure, PollResult } from '../../domain/model/poll.ts';
import type { ConstantContact, Log, PollStore } from '../ports.ts';
import { type SpareRequestPorts, sendSpareRequest } from './spare-request.ts';

export type ExplainRefusalPorts = SpareRequestPorts &
  Readonly<{
    log: Log;
    polls: Pick<PollStore, 'refusal'>;
    constantContact: Pick<ConstantContact, 'fetchPrivileges'>;
  }>;

/** A poll that was answered with 403; the signal ends the wait for a slot. */
export type ForbiddenPoll = Readonly<{
  tenantId: string;
  accessToken: string;
  scopes: NewGrant['scopes'];
  failure: PollFailure;
  signal?: AbortSignal | undefined;
}>;

type Failed = Extract<PollResult, { outcome: 'failed' }>;

const causeTexts: Readonly<Record<Exclude<RefusalKind, 'forbidden'>, string>> = {
  missing_scope: `the permission was given without the scope ${LOOKING_SCOPE}`,
  missing_privilege: 'the user who gave the permission lacks the privilege campaign:read',
  application_deactivated: 'neither a scope nor a privilege is missing',
};

/**
 * The cause of a 403, which Constant Contact does not name. The scopes are known from the token; the privileges are
 * asked for when the tenant begins to be refused, and once a day while that lasts. The poll counts as refused in any
 * case.
 */
export async function explainRefusal(refused: ForbiddenPoll, ports: ExplainRefusalPorts): Promise<Failed> {
  const { tenantId, failure, scopes, signal } = refused;
  try {
    const byScopes = refusalKind({ scopes, privileges: null });
    return byScopes === 'forbidden' ? await askWhereUnknown(refused, ports) : failedAs(byScopes, failure);
  } catch (error) {
    if (error !== signal?.reason) ports.log.warn({ err: error, tenantId }, 'the privileges could not be asked for');
    return failedAs('forbidden', failure);
  }
}

async function askWhereUnknown(refused: ForbiddenPoll, ports: ExplainRefusalPorts): Promise<Failed> {
  const { tenantId, accessToken, failure, scopes, signal } = refused;
  const { clock, polls, constantContact, log } = ports;
  const before = await polls.refusal(tenantId);
  const known = before === null ? 'forbidden' : knownRefusal(before, clock.now());
  if (known !== null) return failedAs(known, failure);
  const answer = await sendSpareRequest('doubt', () => constantContact.fetchPrivileges(accessToken, signal), ports);
  if (answer === null) return failedAs('forbidden', failure);
  if (answer.ok) {
    return { ...failedAs(refusalKind({ scopes, privileges: answer.value }), failure), arePrivilegesAsked: true };
  }
  const { kind, detail } = answer.failure;
  log.debug({ tenantId, kind, detail }, 'the privileges could not be asked for');
  return { ...failedAs('forbidden', failure), arePrivilegesAsked: true };
}

function failedAs(kind: RefusalKind, failure: PollFailure): Failed {
  const detail = kind === 'forbidden' ? failure.detail : `${failure.detail}; ${causeTexts[kind]}`;
  return { outcome: 'failed', failure: { ...failure, kind, detail } };
}
