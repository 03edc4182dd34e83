import type { LinkHolder } from '../../domain/model/link.ts';
import { type OwnerPage, ownerPageOf } from '../../domain/owner/owner-page.ts';
import type { Owner } from '../application.ts';
import { type CheckNowPorts, type Checks, createChecks } from './check-now.ts';
import { handleContactRequest } from './handle-contact-request.ts';

/** A contact's own page: what it shows, and what may be asked for there. */
export function createOwner(ports: CheckNowPorts): Owner & Pick<Checks, 'settled'> {
  const checks = createChecks(ports);
  return {
    page: async (viewer) => (viewer.kind === 'contact' ? await readOwnerPage(viewer, ports) : null),
    request: async (viewer, request) =>
      viewer.kind === 'contact' ? await handleContactRequest(viewer, request, ports) : null,
    checkNow: async (viewer, signal) => (viewer.kind === 'contact' ? await checks.checkNow(viewer, signal) : null),
    settled: checks.settled,
  };
}

async function readOwnerPage(
  { tenantId, contactId }: LinkHolder,
  { records, clock }: CheckNowPorts,
): Promise<OwnerPage | null> {
  const [record] = await records.read([tenantId]);
  return record === undefined ? null : ownerPageOf(record, contactId, clock.now());
}
