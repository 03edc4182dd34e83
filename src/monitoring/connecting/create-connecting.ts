import { isLinkGood } from '../../domain/model/tenant.ts';
import { givenNameOf } from '../../domain/model/tenant-record.ts';
import type {
  ApplicationWish,
  BeginOptions,
  Connecting,
  ConnectOutcome,
  ConnectWish,
  InvitationView,
} from '../application.ts';
import { applicationNamed } from '../find-application.ts';
import type { DeviceRequest, ReturnedBrowser, Upstream, Upstreams } from '../ports.ts';
import {
  assertMayChange,
  assertOfFleet,
  type Connector,
  forConnecting,
  forOperator,
  operator,
  sees,
} from '../viewer.ts';
import { awaitDevice } from './await-device.ts';
import { inviteOwner } from './invite-owner.ts';
import { learnAccounts } from './learn-accounts.ts';
import { createOpenQuestions } from './open-questions.ts';
import { type SettlePorts, settleAnswered, settlePermission } from './settle-permission.ts';

export type ConnectingPorts = Omit<SettlePorts, 'questions' | 'upstreams'> & Readonly<{ upstreams: Upstreams }>;

/** Connects accounts: the person agrees on Constant Contact's pages, and the permission finds its tenant. */
export function createConnecting(given: ConnectingPorts): Connecting {
  const ports = { ...given, questions: createOpenQuestions(given) };
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
    begin: forConnecting(async (viewer, redirectUri: string, { prompt, ...wish }: BeginOptions) => {
      const { authorizer } = await upstreamFor(viewer, wish, ports);
      // An owner is not kept waiting: who sent the invitation waited in their place.
      if (viewer.kind === 'operator') await learnAccounts(ports);
      return await authorizer.begin(redirectUri, { prompt });
    }),
    finish: forConnecting(async (viewer, returned: ReturnedBrowser, wish: ConnectWish) => {
      const problem = await linkProblem(viewer);
      if (problem !== null) return problem;
      const { authorizer, application } = await upstreamFor(viewer, wish, ports);
      const answer = await authorizer.finish(returned);
      if (answer.outcome !== 'agreed') return answer;
      return await settlePermission({ ...answer, applicationId: application.id, viewer, wish }, ports);
    }),
    answer: forConnecting(async (viewer, id: string, isRight: boolean) => {
      const question = ports.questions.take(id, viewer);
      if (question === null) return { outcome: 'expired' };
      return isRight ? await settleAnswered(question, ports) : { outcome: 'nothing_changed' };
    }),
    beginDevice: forOperator(async (asked: ApplicationWish = {}) => {
      const { authorizer } = await upstreamFor(operator, asked, ports);
      await learnAccounts(ports);
      return await authorizer.beginDevice();
    }),
    awaitDevice: forOperator(
      async (device: DeviceRequest, wish: ConnectWish, signal: AbortSignal): Promise<ConnectOutcome> => {
        const { authorizer, application } = await upstreamFor(operator, wish, ports);
        const answer = await awaitDevice(device, signal, { ...ports, authorizer });
        if ('outcome' in answer) return answer;
        const agreed = { permission: answer, applicationId: application.id, viewer: operator, wish };
        return await settlePermission(agreed, ports);
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

async function upstreamFor(
  viewer: Connector,
  { application, tenantId = null }: ApplicationWish,
  ports: ConnectingPorts,
): Promise<Upstream> {
  const { upstreams, records } = ports;
  if (viewer.kind === 'operator' && application !== undefined) {
    return await upstreams.of((await applicationNamed(application, ports)).id);
  }
  const id = viewer.kind === 'invited' ? viewer.tenantId : tenantId;
  const [record] = id === null ? [] : await records.read([id]);
  return await upstreams.of(record?.tenant.applicationId ?? null);
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
