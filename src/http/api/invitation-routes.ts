import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { InvitationRequest } from '../../monitoring/application.ts';
import type { KeyViewer } from '../../monitoring/keys/check-key.ts';
import { type InputRules, readTenantPatch } from '../../monitoring/tenants/tenant-input.ts';
import { assertMayChange } from '../../monitoring/viewer.ts';
import { type ApiProblem, badField, badRequest, conflict, found, notFound } from './api-problem.ts';
import { type ApiPorts, type ApiScope, viewerOf } from './api-scope.ts';
import { invitation, newInvitationBody, tenantInvitationBody } from './invitation-documents.ts';
import { idParams } from './schemas.ts';

const tags = ['Tenants'];
const description =
  'By a mail with a link to the page of Constant Contact where access is allowed. The link works once, and for 7 days.';

/** How the owner of an account is asked to connect it. */
export function addInvitationRoutes(api: ApiScope, { application, rules }: ApiPorts): void {
  const { connecting, tenants } = application;

  const invite = async (viewer: KeyViewer, request: InvitationRequest, reply: FastifyReply) => {
    const { email } = request;
    const outcome = await connecting.invite(viewer, request);
    switch (outcome.outcome) {
      case 'invited':
      case 'waits': {
        const isNew = outcome.outcome === 'invited';
        return reply.code(isNew ? 201 : 200).send({ tenant: outcome.tenant, email, mailId: outcome.mailId, isNew });
      }
      case 'no_contact':
        throw refused('it is no contact of this tenant: make it one first');
      case 'no_mail_wanted':
        throw refused(`nothing is mailed to it: ${outcome.state.replaceAll('_', ' ')}`);
      case 'gone':
        throw notFound('tenant');
      case 'unknown_application':
        throw badField('application', 'there is no application of this name');
      case 'of_another_application':
        throw conflict('application', 'the tenant that waits for this address is assigned to another one');
    }
  };

  api.post(
    '/tenants/:id/invitations',
    {
      config: { waits: true },
      schema: {
        tags,
        operationId: 'inviteOwner',
        summary: "Invite a tenant's owner to connect its account",
        description,
        params: idParams,
        body: tenantInvitationBody,
        response: { 200: invitation, 201: invitation },
      },
    },
    async (request, reply) => {
      const { id: tenantId } = request.params;
      const viewer = viewerOf(request);
      assertMayChange(viewer);
      const { owner } = found(await tenants.find(viewer, tenantId), 'tenant');
      const address = request.body.email ?? owner;
      if (address === null) throw refused('the tenant has no owner who can be reached');
      return await invite(viewer, { ...checkedWish({ email: address }, rules()), tenantId }, reply);
    },
  );

  api.post(
    '/invitations',
    {
      config: { waits: true },
      schema: {
        tags,
        operationId: 'inviteNewOwner',
        summary: 'Invite the owner of a new account',
        description: `${description} A tenant that waits for this address is what is connected; without one it is a new tenant, which waits in the state \`unconnected\`.`,
        body: newInvitationBody,
        response: { 200: invitation, 201: invitation },
      },
    },
    async (request, reply) => {
      return await invite(viewerOf(request), { ...checkedWish(request.body, rules()), tenantId: null }, reply);
    },
  );
}

type Wish = z.output<typeof newInvitationBody>;

/** The wish, checked as the command line checks it. */
function checkedWish(
  { email: owner, name, locale, application }: Wish,
  rules: InputRules,
): Omit<InvitationRequest, 'tenantId'> {
  const given = { owner, ...(name !== undefined && { name }), ...(locale !== undefined && { locale }) };
  const read = readTenantPatch(given, rules);
  if (!read.ok) {
    throw badRequest(
      read.problems.map(({ field, problem }) => ({ field: field === 'owner' ? 'email' : field, detail: problem })),
    );
  }
  const { owner: email, ...rest } = read.value;
  if (email === undefined) throw badField('email', 'it is empty');
  return { ...rest, email, application };
}

function refused(detail: string): ApiProblem {
  return conflict('email', detail);
}
