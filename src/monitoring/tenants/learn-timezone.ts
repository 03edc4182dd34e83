import { noUpdate } from '../../domain/model/tenant-record.ts';
import type { Log, Stores } from '../ports.ts';
import { accountOf, type ReadAccountPorts, type TokenOfApplication } from './read-account.ts';

export type LearnTimezonePorts = ReadAccountPorts & Pick<Stores, 'records'> & Readonly<{ log: Log }>;

/**
 * The account's time zone, which the tenant has from now on; null when it cannot be read. After the tenant is stored with
 * its grant: nothing that fails here may lose that.
 */
export async function learnTimezone(
  tenantId: string,
  token: TokenOfApplication,
  ports: LearnTimezonePorts,
): Promise<string | null> {
  try {
    const account = await accountOf(token, ports);
    const timezone = account.ok ? account.value.timezone : null;
    if (timezone === null) return null;
    await ports.records.change([tenantId], (records) => ({
      updates: records.map(({ tenant }) => ({ ...noUpdate(tenant.id), tenant: { ...tenant, timezone } })),
      result: null,
    }));
    return timezone;
  } catch (error) {
    ports.log.warn({ err: error, tenantId }, 'the time zone of an account could not be read');
    return null;
  }
}
