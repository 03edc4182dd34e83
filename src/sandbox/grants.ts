import type { TokenMint } from './opaque-tokens.ts';

export type GrantRules = Readonly<{
  /** `rotating`: each refresh token works once. `long_lived`: a refresh gives the same one again. */
  refreshTokens: 'rotating' | 'long_lived';
  accessTokenLifetimeS: number;
  /** As Okta may: a spent refresh token that comes again ends the whole grant, the newest tokens included. */
  reuseRevokes: boolean;
}>;

export type IssuedTokens = Readonly<{ accessToken: string; refreshToken: string; expiresInS: number }>;

export type RefreshOutcome =
  | Readonly<{ outcome: 'issued'; tenantId: string; tokens: IssuedTokens }>
  /** `isReuse`: the token was good once. */
  | Readonly<{ outcome: 'refused'; isReuse: boolean }>;

/** Who may ask for what: the tokens of all tenants. */
export type Grants = Readonly<{
  /** A new authorisation by the tenant's person; tokens of an earlier one stop working. */
  authorise(tenantId: string): IssuedTokens;
  refresh(refreshToken: string): RefreshOutcome;
  /** The tenant of a valid access token, or null. */
  tenantOf(accessToken: string): string | null;
  /** The tenant of any token that was ever issued, to script answers by tenant. */
  ownerOf(token: string): string | null;
  expireAccessTokens(tenantId: string): void;
  /** The person withdrew the permission: refresh and access tokens stop working. */
  revoke(tenantId: string): void;
}>;

type Holding = { refreshToken: string | null; accessTokens: Map<string, number>; issued: number };

type Setting = Readonly<{ mint: TokenMint; rules: () => GrantRules; now: () => number }>;

export function createGrants({ mint, rules, now }: Setting): Grants {
  const holdings = new Map<string, Holding>();
  const owners = new Map<string, string>();

  function issue(tenantId: string, holding: Holding, keepsRefreshToken: boolean): IssuedTokens {
    const nth = holding.issued++;
    const accessToken = mint.accessToken(tenantId, nth);
    const refreshToken =
      keepsRefreshToken && holding.refreshToken !== null ? holding.refreshToken : mint.refreshToken(tenantId, nth);
    dropExpired(holding);
    const expiresInS = rules().accessTokenLifetimeS;
    holding.accessTokens.set(accessToken, now() + expiresInS * 1000);
    holding.refreshToken = refreshToken;
    owners.set(accessToken, tenantId).set(refreshToken, tenantId);
    return { accessToken, refreshToken, expiresInS };
  }

  function dropExpired(holding: Holding): void {
    for (const [token, expiresAt] of holding.accessTokens) {
      if (expiresAt > now()) continue;
      holding.accessTokens.delete(token);
      owners.delete(token);
    }
  }

  function holdingOf(tenantId: string): Holding {
    const known = holdings.get(tenantId);
    if (known !== undefined) return known;
    const holding: Holding = { refreshToken: null, accessTokens: new Map(), issued: 0 };
    holdings.set(tenantId, holding);
    return holding;
  }

  function revoke(tenantId: string): void {
    const holding = holdingOf(tenantId);
    holding.refreshToken = null;
    holding.accessTokens.clear();
  }

  function refuse(tenantId: string | undefined): RefreshOutcome {
    if (tenantId !== undefined && rules().reuseRevokes) revoke(tenantId);
    return { outcome: 'refused', isReuse: tenantId !== undefined };
  }

  return {
    authorise(tenantId) {
      revoke(tenantId);
      return issue(tenantId, holdingOf(tenantId), false);
    },
    refresh(refreshToken) {
      const tenantId = owners.get(refreshToken);
      const holding = tenantId === undefined ? undefined : holdings.get(tenantId);
      if (tenantId === undefined || holding?.refreshToken !== refreshToken) return refuse(tenantId);
      const keepsRefreshToken = rules().refreshTokens === 'long_lived';
      return { outcome: 'issued', tenantId, tokens: issue(tenantId, holding, keepsRefreshToken) };
    },
    tenantOf(accessToken) {
      const tenantId = owners.get(accessToken);
      const expiresAt = tenantId === undefined ? undefined : holdings.get(tenantId)?.accessTokens.get(accessToken);
      return tenantId !== undefined && expiresAt !== undefined && expiresAt > now() ? tenantId : null;
    },
    ownerOf: (token) => owners.get(token) ?? null,
    expireAccessTokens: (tenantId) => holdingOf(tenantId).accessTokens.clear(),
    revoke,
  };
}
