import type { Control, SandboxTenant } from '../../src/sandbox/control.ts';
import type { ConnectionName } from '../../src/sandbox/fleet.ts';

/** The stand-in's tenant of that place in its list. */
export function tenantAt(control: Control, index: number): SandboxTenant {
  const tenant = control.tenants()[index];
  if (tenant === undefined) throw new Error(`The stand-in has no tenant ${index}.`);
  return tenant;
}

/** A tenant's connection to a network, by its name in the API. */
export function connectionOf({ id, connections }: SandboxTenant, network = 'facebook'): ConnectionName {
  const accountId = connections.find(({ account_info }) => account_info?.network === network)?.account_info
    ?.network_account_id;
  if (typeof accountId !== 'string') throw new Error(`Tenant ${id} has no ${network}.`);
  return { network, accountId };
}

/** The network withdraws its permission, as a changed password makes it do. */
export function breakConnection(control: Control, tenant: SandboxTenant, network = 'facebook'): void {
  control.patchStatus(tenant.id, connectionOf(tenant, network), { token_is_valid: false });
}

export function repairConnection(control: Control, tenant: SandboxTenant, network = 'facebook'): void {
  control.patchStatus(tenant.id, connectionOf(tenant, network), { token_is_valid: true });
}
