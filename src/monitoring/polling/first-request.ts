import { needsRecheck } from '../../domain/model/incident-table.ts';
import type { ConstantContact, RecordStore } from '../ports.ts';
import type { PollTenantPorts } from './poll-tenant.ts';
import type { RequestAllotment } from './request-allotment.ts';

/** A poll's requests: what was taken and never sent can be given back. A fetch that rejects has sent nothing. */
export function countRequests(
  take: PollTenantPorts['takeRequest'],
  { fetchConnections }: Pick<ConstantContact, 'fetchConnections'>,
) {
  let unsent = 1;
  return {
    takeRequest: async () => {
      const isTaken = await take();
      if (isTaken) unsent += 1;
      return isTaken;
    },
    constantContact: {
      fetchConnections: async (...request: Parameters<typeof fetchConnections>) => {
        const answer = await fetchConnections(...request);
        unsent -= 1;
        return answer;
      },
    },
    unsent: () => unsent,
  };
}

/** Takes a tenant's first request, and returns the function that takes further ones; null when no request is left. */
export async function firstRequest(
  tenantId: string,
  { requests, records }: Readonly<{ requests: RequestAllotment; records: Pick<RecordStore, 'read'> }>,
): Promise<PollTenantPorts['takeRequest'] | null> {
  if (await requests.take()) return requests.take;
  // The reserve is for tenants with an incident that another poll has to confirm, in one direction or the other.
  const [record] = await records.read([tenantId]);
  const mayUseReserve = record?.incidents.some(needsRecheck) ?? false;
  return mayUseReserve && (await requests.takeReserve()) ? requests.takeReserve : null;
}
