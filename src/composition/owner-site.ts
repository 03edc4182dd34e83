import type { LinkHolder } from '../domain/model/link.ts';
import type { ContactRequest } from '../domain/owner/contact-request.ts';
import { ownerPageOf } from '../domain/owner/owner-page.ts';
import type { OwnerForm, OwnerRouteOptions } from '../http/owner/owner-routes.ts';
import { stepsFor, withBuiltInSteps } from '../mail/reconnect-steps.ts';
import { type CheckNowPorts, createChecks } from '../monitoring/polling/check-now.ts';
import { handleContactRequest } from '../monitoring/tenants/handle-contact-request.ts';
import type { Adapters } from './adapters.ts';

export type OwnerSite = Readonly<{
  routes: OwnerRouteOptions;
  /** When nothing that a contact asked for is in flight any more. */
  settled(): Promise<void>;
}>;

/** Wires the owner's page: its links and forms, what it shows, and what may be done there. */
export function ownerSite(adapters: Adapters, asked: Pick<CheckNowPorts, 'pollTenant' | 'signal'>): OwnerSite {
  const { store, links, forms, clock, log, newId, config, reconnectSteps } = adapters;
  const { replyTo, operatorEmail, reconnectUrl } = config.mail;
  const { recheckAfterMs } = config.alerts;
  const ports = { clock, log, newId, records: store.records, operatorEmail };
  const checks = createChecks({ ...ports, ...asked, recheckAfterMs });
  const routes: OwnerRouteOptions = {
    verifyLink: (token) => links.verify(token, clock.now()),
    readOwnerPage: (holder) => readOwnerPage(holder, adapters),
    handleContactRequest: (holder: LinkHolder, contactRequest: ContactRequest) =>
      handleContactRequest(holder, contactRequest, ports),
    checkNow: checks.checkNow,
    signForm: (form: OwnerForm) => forms.sign(form, clock.now()),
    verifyForm: (token, form) => forms.verify(token, form, clock.now()),
    repairSteps: ({ action, ...account }, say) => stepsFor(withBuiltInSteps(reconnectSteps, say), action, account),
    reconnectUrl,
    helpAddress: replyTo?.address ?? operatorEmail ?? '',
    recheckAfterMs,
  };
  return { routes, settled: checks.settled };
}

async function readOwnerPage({ tenantId, contactId }: LinkHolder, { store, clock }: Adapters) {
  const [record] = await store.records.read([tenantId]);
  return record === undefined ? null : ownerPageOf(record, contactId, clock.now());
}
