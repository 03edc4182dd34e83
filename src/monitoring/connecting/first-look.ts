import type { FirstLook, RoundTally } from '../application.ts';
import type { Log, Stores } from '../ports.ts';

type FirstLookPorts = Pick<Stores, 'records'> &
  Readonly<{ log: Log; pollTenant(tenantId: string, signal?: AbortSignal): Promise<RoundTally> }>;

/** Polls a tenant that has just been connected. Its grant is stored by then, so nothing here can lose it. */
export async function firstLook(tenantId: string, ports: FirstLookPorts): Promise<FirstLook> {
  try {
    const { failures, polled } = await ports.pollTenant(tenantId);
    const [failure] = failures;
    if (failure !== undefined) return { poll: 'failed', failure: { kind: failure.kind, detail: failure.detail } };
    return polled === 0 ? { poll: 'none' } : await look(tenantId, ports);
  } catch (error) {
    ports.log.error({ err: error, tenantId }, 'a tenant could not be polled right after it was connected');
    return { poll: 'none' };
  }
}

async function look(tenantId: string, { records }: FirstLookPorts): Promise<FirstLook> {
  const [record] = await records.read([tenantId]);
  const present = record?.connections.filter(({ removedAt }) => removedAt === null) ?? [];
  const broken = present.filter(({ period }) => period?.health === 'broken').length;
  return { poll: 'good', connections: present.length, broken };
}
