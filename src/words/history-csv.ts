import type { Tristate } from '../domain/model/connection-status.ts';
import type { TenantHistory } from '../monitoring/views.ts';
import type { CsvValue } from './csv.ts';

export const historyColumns = [
  'tenant_id',
  'tenant',
  'connection_id',
  'network',
  'account_id',
  'display_name',
  'from',
  'to',
  'health',
  'conditions',
  'polls',
  'has_token',
  'is_active_user',
  'rate_limited',
  'token_has_scopes',
  'token_is_valid',
  'error',
  'network_status',
];

/** One row per period; times in ISO 8601 UTC, unknown values empty. */
export function historyRows({ tenant, connections }: TenantHistory): readonly (readonly CsvValue[])[] {
  return connections.flatMap(({ id, network, accountId, displayName, periods }) =>
    periods.map(({ from, to, health, conditions, polls, status }): readonly CsvValue[] => [
      tenant.id,
      tenant.name,
      id,
      network,
      accountId,
      displayName,
      new Date(from).toISOString(),
      new Date(to).toISOString(),
      health,
      conditions.join(' '),
      polls,
      ...[status.hasToken, status.isActiveUser, status.rateLimited, status.tokenHasScopes, status.tokenIsValid].map(
        word,
      ),
      status.error,
      status.networkStatus,
    ]),
  );
}

function word(value: Tristate): string {
  return value === null ? '' : String(value);
}
