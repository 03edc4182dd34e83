import type { WireConnection } from '../../src/sandbox/wire-format.ts';
import type { Look, Looks } from './happenings.ts';

/** As Constant Contact sends it, with fields that nobody knows; an entry without an account makes it partial. */
export function wireOf(looks: Looks, isPartial: boolean): readonly WireConnection[] {
  const entries = Object.entries(looks).map(([name, look]): WireConnection => {
    const [network = name, accountId = '1'] = name.split(':');
    const account = { network, network_account_id: accountId, display_name: 'Jane', username: 'jane', beta_tier: 3 };
    return { account_info: account, connection_status: wireStatusOf(look) };
  });
  return isPartial ? [...entries, { account_info: null, connection_status: null }] : entries;
}

function wireStatusOf(look: Look): Readonly<Record<string, unknown>> {
  const { hasToken, isActiveUser, rateLimited, tokenHasScopes, tokenIsValid, error, networkStatus } = look;
  return {
    has_token: or(hasToken, true),
    is_active_user: or(isActiveUser, true),
    rate_limited: or(rateLimited, false),
    token_has_scopes: or(tokenHasScopes, true),
    token_is_valid: or(tokenIsValid, true),
    error: or(error, null),
    status: or(networkStatus, 200),
    probe_version: 'unheard-of',
  };
}

function or<T>(given: T | undefined, usual: T): T {
  return given === undefined ? usual : given;
}
