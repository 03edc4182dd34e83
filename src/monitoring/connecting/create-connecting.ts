import { isLinkGood } from '../../domain/model/tenant.ts';
import { givenNameOf } from '../../domain/model/tenant-record.ts';
import type { Connecting, ConnectOutcome, ConnectWish, InvitationView } from '../application.ts';
import type { Authorizer, DeviceRequest, ReturnedBrowser } from '../ports.ts';
import { assertMayChange, assertOfFleet, type Connector, forConnecting, forOperator, sees } from '../viewer.ts';
import { awaitDevice } from './await-device.ts';
import { inviteOwner } from './invite-owner.ts';
import { learnAccounts } from './learn-accounts.ts';
import { createOpenQuestions } from './open-questions.ts';
import { type SettlePorts, settleAnswered, settlePermission } from './settle-permission.ts';

export type ConnectingPorts = Omit<SettlePorts, 'questions'> & Readonly<{ authorizer: Authorizer }>;

/** Connects accounts: the person agrees on Constant Contact's pages, and the permission finds its tenant. */
export function createConnecting(given: ConnectingPorts): Connecting {
  const ports = { ...given, questions: createOpenQuestions(given) };
  const { authorizer } = ports;

  /** Why the holder of a link may not use it any more; null for the operator. */
  async function linkProblem(viewer: Connector): Promise<ConnectOutcome | null> {
    if (viewer.kind === 'operator') return null;
    const invitation = await invitationOf(viewer, ports);
    if (invitation === null) return { outcome: 'gone' };
    return invitation.isUsed ? { outcome: 'link_used' } : null;
  }

  return {
    invitation: forConnecting(async (viewer) =>
      viewer.kind === 'operator' ? null : await invitationOf(viewer, ports),
    ),
    begin: forConnecting(async (viewer, redirectUri: string, options: Readonly<{ prompt: boolean }>) => {
      // An owner is not kept waiting: who sent the invitation waited in their place.
      if (viewer.kind === 'operator') await learnAccounts(ports);
      return await authorizer.begin(redirectUri, options);
    }),
    finish: forConnecting(async (viewer, returned: ReturnedBrowser, wish: ConnectWish) => {
      const problem = await linkProblem(viewer);
      if (problem !== null) return problem;
      const answer = await authorizer.finish(returned);
      return answer.outcome === 'agreed' ? await settlePermission(answer.permission, { viewer, wish }, ports) : answer;
    }),
    answer: forConnecting(async (viewer, id: string, isRight: boolean) => {
      const question = ports.questions.take(id, viewer);
      if (question === null) return { outcome: 'expired' };
      return isRight ? await settleAnswered(question, ports) : { outcome: 'nothing_changed' };
    }),
    beginDevice: forOperator(async () => {
      await learnAccounts(ports);
      return await authorizer.beginDevice();
    }),
    awaitDevice: forOperator(
      async (device: DeviceRequest, wish: ConnectWish, signal: AbortSignal): Promise<ConnectOutcome> => {
        const answer = await awaitDevice(device, signal, ports);
        return 'outcome' in answer
          ? answer
          : await settlePermission(answer, { viewer: { kind: 'operator' }, wish }, ports);
      },
    ),
    invite: async (viewer, request) => {
      const { tenantId } = request;
      if (tenantId === null) assertOfFleet(viewer, 'operate');
      else assertMayChange(viewer);
      if (tenantId !== null && !sees(viewer, tenantId)) return { outcome: 'gone' };
      await learnAccounts(ports);
      return await inviteOwner(request, ports);
    },
  };
}

async function invitationOf(
  { tenantId, contactId, signedAt }: Extract<Connector, { kind: 'invited' }>,
  { records }: Pick<ConnectingPorts, 'records'>,
): Promise<InvitationView | null> {
  const [record] = await records.read([tenantId]);
  const contact = record?.contacts.find(({ id }) => id === contactId);
  if (record === undefined || contact === undefined) return null;
  const tenant = { ...record.tenant, name: givenNameOf(record) };
  return { isUsed: !isLinkGood(record.tenant, signedAt), tenant, contact };
}
